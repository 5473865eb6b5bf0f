package dev.reelay.provider;

import dev.reelay.access.Secret;
import java.net.URI;
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

  public record Header(String name, String value) {}

  /** For example {@code Authorization}, {@code "Bearer "}, the secret. */
  public record SecretHeader(String name, String prefix, Secret secret) {}

  /** What is sent with it. */
  public sealed interface Body {
    record None() implements Body {}

    record Text(String contentType, String text) implements Body {}
  }

  public static Call get(URI uri, SecretHeader credential) {
    return new Call("GET", uri, List.of(), List.of(credential), new Body.None());
  }

  public static Call postJson(URI uri, SecretHeader credential, String json) {
    return new Call(
        "POST", uri, List.of(), List.of(credential), new Body.Text("application/json", json));
  }

  public Call with(String name, String value) {
    var more = new ArrayList<>(headers);
    more.add(new Header(name, value));
    return new Call(method, uri, more, secrets, body);
  }
}
