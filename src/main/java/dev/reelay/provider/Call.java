package dev.reelay.provider;

import dev.reelay.access.Secret;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One outgoing HTTP call, as an adapter wants it made.
 *
 * @param method GET, POST, DELETE …
 * @param headers plain headers, in order
 * @param secrets headers that carry a credential: sent to the channel's own host only
 * @param answer what of the answer is of use
 */
public record Call(
    String method,
    URI uri,
    List<Header> headers,
    List<SecretHeader> secrets,
    Body body,
    Answer answer) {
  public Call {
    headers = List.copyOf(headers);
    secrets = List.copyOf(secrets);
  }

  /** One whose answer is wanted as it comes. */
  public Call(String method, URI uri, List<Header> headers, List<SecretHeader> secrets, Body body) {
    this(method, uri, headers, secrets, body, new Answer.AsItIs());
  }

  /** A plain header; text that could begin another header is refused. */
  public record Header(String name, String value) {
    public Header {
      requireOneLine(name, value);
    }
  }

  /** What of an answer is of use. */
  public sealed interface Answer {
    /** All of it: text within {@code Outbound}'s bound, or where a file is fetched its bytes. */
    record AsItIs() implements Answer {}

    /**
     * JSON in which a whole video may stand: of a long text only its beginning, and of an answer
     * that is longer still only what comes before the end of that text is sure to be there.
     */
    record Skimmed() implements Answer {}

    /**
     * The file that stands in JSON as base64.
     *
     * @param pointer where (RFC 6901), such as {@code /videos/0/data}
     */
    record Inside(String pointer) implements Answer {}
  }

  /** For example {@code Authorization}, {@code "Bearer "}, the secret. */
  public record SecretHeader(String name, String prefix, Secret secret) {
    public SecretHeader {
      requireOneLine(name, prefix + secret.reveal());
    }
  }

  private static void requireOneLine(String name, String value) {
    if (name.isBlank()
        || (name + value).chars().anyMatch(c -> c != '\t' && (c < ' ' || c == 127))) {
      throw new IllegalArgumentException("a header is one line and has a name");
    }
  }

  /** What is sent with it. */
  public sealed interface Body {
    record None() implements Body {}

    record Text(String contentType, String text) implements Body {}

    /** A form, sent as {@code multipart/form-data} in this order. */
    record Multipart(List<Part> parts) implements Body {
      public Multipart {
        parts = List.copyOf(parts);
      }
    }
  }

  /** A part of a form. */
  public sealed interface Part {
    String name();
  }

  /**
   * A field of a form.
   *
   * @param name letters, digits and {@code _ . - [ ]}, so that it needs no quoting
   * @param value any text, sent as UTF-8
   */
  public record Field(String name, String value) implements Part {
    public Field {
      requirePlain(name);
    }
  }

  /**
   * A file in a form.
   *
   * @param name as that of a field
   * @param fileName as that of a field
   */
  public record FilePart(String name, String fileName, String contentType, ByteBuffer bytes)
      implements Part {
    public FilePart {
      requirePlain(name);
      requirePlain(fileName);
      requireOneLine(name, contentType);
      bytes = bytes.asReadOnlyBuffer();
    }
  }

  private static void requirePlain(String name) {
    if (!name.matches("[A-Za-z0-9_.\\-\\[\\]]{1,100}")) {
      throw new IllegalArgumentException("no name of a form field: " + name);
    }
  }

  /** One that carries no credential. */
  public static Call get(URI uri) {
    return new Call("GET", uri, List.of(), List.of(), new Body.None());
  }

  public static Call get(URI uri, SecretHeader credential) {
    return new Call("GET", uri, List.of(), List.of(credential), new Body.None());
  }

  public static Call postJson(URI uri, SecretHeader credential, String json) {
    return new Call(
        "POST", uri, List.of(), List.of(credential), new Body.Text("application/json", json));
  }

  public static Call postForm(URI uri, SecretHeader credential, List<Part> parts) {
    return new Call("POST", uri, List.of(), List.of(credential), new Body.Multipart(parts));
  }

  public Call with(String name, String value) {
    var more = new ArrayList<>(headers);
    more.add(new Header(name, value));
    return new Call(method, uri, more, secrets, body, answer);
  }

  /** The same for a question whose answer may have a whole video in it. */
  public Call skimmed() {
    return new Call(method, uri, headers, secrets, body, new Answer.Skimmed());
  }

  /** The same for fetching the file that stands there in the answer. */
  public Call inside(String pointer) {
    return new Call(method, uri, headers, secrets, body, new Answer.Inside(pointer));
  }

  /** A form as browsers send it, without files. */
  public static Body form(Map<String, String> fields) {
    var text =
        new TreeMap<>(fields)
            .entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
    return new Body.Text("application/x-www-form-urlencoded", text);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /**
   * The same call to where a redirect leads. On another origin none of our headers go along: a
   * plain one may be as telling as a secret.
   */
  Call movedTo(URI to) {
    var same = Origin.find(to).equals(Origin.find(uri));
    return new Call(
        method,
        to,
        same ? headers : List.of(),
        same ? secrets : List.of(),
        new Body.None(),
        answer);
  }
}
