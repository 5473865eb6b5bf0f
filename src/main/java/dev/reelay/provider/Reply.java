package dev.reelay.provider;

import dev.reelay.access.Secret;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/**
 * An answer that arrived whole. Time-outs and broken connections never reach an adapter: the engine
 * turns them into {@code NotSent}, {@code Ambiguous} or {@code Unanswered} by itself.
 *
 * @param body decoded text, at most {@code Outbound}'s bound
 */
public record Reply(int status, List<Call.Header> headers, String body) {
  static final Duration RETRY_AFTER_MAX = Duration.ofHours(1);
  private static final int SECRET_CHARS_MIN = 12;

  public Reply {
    headers = List.copyOf(headers);
  }

  /** The first header of that name, whatever its case. */
  public Optional<String> header(String name) {
    return headers.stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(Call.Header::value)
        .findFirst();
  }

  /** How long the provider wants us to stay away, as seconds or a date; at most an hour. */
  public Optional<Duration> retryAfter(Instant now) {
    return header("Retry-After").flatMap(text -> readWait(text.strip(), now));
  }

  /** When it was answered by their clock, if they say. */
  public Optional<Instant> date() {
    try {
      return header("Date").map(text -> httpDate(text.strip()));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<Duration> readWait(String text, Instant now) {
    try {
      var wait =
          text.matches("[0-9]{1,9}")
              ? Duration.ofSeconds(Long.parseLong(text))
              : Duration.between(now, httpDate(text));
      return wait.isNegative()
          ? Optional.empty()
          : Optional.of(wait.compareTo(RETRY_AFTER_MAX) > 0 ? RETRY_AFTER_MAX : wait);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Instant httpDate(String text) {
    return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
  }

  /**
   * The same answer without our secret: some servers repeat a wrong key in their error text, and
   * that text is kept and shown. Very short secrets are left, since they may be ordinary words.
   */
  Reply without(Secret secret) {
    return secret.reveal().length() < SECRET_CHARS_MIN || !body.contains(secret.reveal())
        ? this
        : new Reply(status, headers, body.replace(secret.reveal(), "[hidden]"));
  }

  public boolean isSuccess() {
    return status >= 200 && status < 300;
  }
}
