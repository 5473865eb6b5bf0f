package dev.reelay.http;

import java.util.Locale;

/**
 * Every header field that this program reads or writes, by its lower-case name on the wire. One
 * catalogue, so that a server adapter can prepare its own form of each name once and a look-up
 * costs an array access.
 */
public enum FieldName {
  ACCEPT,
  ACCEPT_LANGUAGE,
  ACCEPT_RANGES,
  ACCESS_CONTROL_ALLOW_HEADERS,
  ACCESS_CONTROL_ALLOW_METHODS,
  ACCESS_CONTROL_ALLOW_ORIGIN,
  ACCESS_CONTROL_EXPOSE_HEADERS,
  ACCESS_CONTROL_MAX_AGE,
  ALLOW,
  AUTHORIZATION,
  CACHE_CONTROL,
  CONTENT_DISPOSITION,
  CONTENT_LENGTH,
  CONTENT_RANGE,
  CONTENT_SECURITY_POLICY,
  CONTENT_TYPE,
  COOKIE,
  CROSS_ORIGIN_RESOURCE_POLICY,
  ETAG,
  EXPECT,
  HOST,
  IDEMPOTENCY_KEY,
  IDEMPOTENT_REPLAYED,
  IF_MODIFIED_SINCE,
  IF_NONE_MATCH,
  IF_RANGE,
  LAST_EVENT_ID,
  LAST_MODIFIED,
  LOCATION,
  OPENAI_POLL_AFTER_MS,
  ORIGIN,
  RANGE,
  RATELIMIT,
  RATELIMIT_POLICY,
  REFERRER_POLICY,
  RETRY_AFTER,
  SEC_FETCH_SITE,
  SET_COOKIE,
  TRANSFER_ENCODING,
  USER_AGENT,
  VARY,
  WWW_AUTHENTICATE,
  X_ACCEL_BUFFERING,
  X_API_KEY,
  X_CONTENT_TYPE_OPTIONS,
  X_FORWARDED_FOR,
  X_FORWARDED_HOST,
  X_FORWARDED_PROTO,
  X_FRAME_OPTIONS,
  X_RATELIMIT_LIMIT_REQUESTS,
  X_RATELIMIT_REMAINING_REQUESTS,
  X_RATELIMIT_RESET_REQUESTS,
  X_REQUEST_ID,
  X_SHOULD_RETRY;

  private final String wire = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** The name as it stands on the wire, lower case. */
  public String wire() {
    return wire;
  }
}
