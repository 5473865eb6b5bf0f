package dev.reelay.provider;

import dev.reelay.access.Secret;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * One outgoing HTTP call, as an adapter wants it made.
 *
 * @param method GET, POST, DELETE …
 * @param headers plain headers, in order
 * @param secrets headers that carry a credential: sent to the channel's own host only
 */
public record Call(
    String method, URI uri, List<Header> headers, List<SecretHeader> secrets, Body body) {
  public Call {
    headers = List.copyOf(headers);
    secrets = List.copyOf(secrets);
  }

  /** A plain header; text that could begin another header is refused. */
  public record Header(String name, String value) {
    public Header {
      requireOneLine(name, value);
    }
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
    return new Call(method, uri, more, secrets, body);
  }

  /**
   * The same call to where a redirect leads. On another origin none of our headers go along: a
   * plain one may be as telling as a secret.
   */
  Call movedTo(URI to) {
    var same = Origin.find(to).equals(Origin.find(uri));
    return new Call(
        method, to, same ? headers : List.of(), same ? secrets : List.of(), new Body.None());
  }
}
