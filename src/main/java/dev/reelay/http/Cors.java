package dev.reelay.http;

import java.util.List;

/**
 * What scripts of other web pages may do: anything an API key allows, since the key is in a header
 * that only the script itself can set. Cookies never count, so credentials are never allowed.
 */
final class Cors {
  static final Field ANY_ORIGIN = new Field(FieldName.ACCESS_CONTROL_ALLOW_ORIGIN, "*");
  static final Field EXPOSED =
      new Field(
          FieldName.ACCESS_CONTROL_EXPOSE_HEADERS,
          "x-request-id, retry-after, etag, content-range, openai-poll-after-ms,"
              + " idempotent-replayed, ratelimit, ratelimit-policy, x-ratelimit-limit-requests,"
              + " x-ratelimit-remaining-requests, x-ratelimit-reset-requests");
  private static final String PREFLIGHT_SECONDS = "86400";
  private static final String METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";

  /** Asterisk does not cover Authorization, so the fields that clients send are named. */
  private static final String REQUEST_FIELDS =
      "authorization, content-type, accept, accept-language, idempotency-key, if-none-match,"
          + " if-range, range, last-event-id, x-api-key, x-request-id, x-forwarded-host,"
          + " x-requested-with, x-stainless-arch, x-stainless-async, x-stainless-lang,"
          + " x-stainless-os, x-stainless-package-version, x-stainless-retry-count,"
          + " x-stainless-runtime, x-stainless-runtime-version, x-stainless-timeout,"
          + " openai-organization, openai-project, openai-beta, user-agent";

  private static final List<String> OPEN_PREFIXES = List.of("/v1/", "/files/", "/api/");

  private static final Reply.Ready PREFLIGHT =
      Reply.empty(
          204,
          new Field(FieldName.ACCESS_CONTROL_ALLOW_METHODS, METHODS),
          new Field(FieldName.ACCESS_CONTROL_ALLOW_HEADERS, REQUEST_FIELDS),
          new Field(FieldName.ACCESS_CONTROL_MAX_AGE, PREFLIGHT_SECONDS));

  private Cors() {}

  static Reply preflight() {
    return PREFLIGHT;
  }

  /** Whether an address without a route is one of the clients', so that scripts see the 404. */
  static boolean isOpen(String path) {
    for (var prefix : OPEN_PREFIXES) {
      if (path.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }
}
