package dev.reelay.http;

import dev.reelay.limit.CallKind;
import dev.reelay.limit.RateLimit;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * One rate limit of one caller, with the header fields that tell how full it is. A caller who stays
 * well below the limit sees the same few values again and again, so the last fields are kept.
 */
final class CallBucket {
  private static final int WINDOW_SECONDS = 60;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final CallKind kind;
  private final int perMinute;
  private final RateLimit rate;
  private final Field policy;
  private final Field limit;
  private volatile Shown shown;

  CallBucket(CallKind kind, int perMinute, InstantSource clock) {
    this.kind = kind;
    this.perMinute = perMinute;
    this.rate = new RateLimit(clock, perMinute, perMinute);
    this.policy =
        new Field(
            FieldName.RATELIMIT_POLICY,
            "\"" + kind.wire() + "\";q=" + perMinute + ";w=" + WINDOW_SECONDS);
    this.limit = new Field(FieldName.X_RATELIMIT_LIMIT_REQUESTS, String.valueOf(perMinute));
    this.shown = shown(perMinute, 0);
  }

  /** The fields of one level. */
  private record Shown(long remaining, long resetSeconds, List<Field> fields) {}

  CallKind kind() {
    return kind;
  }

  int perMinute() {
    return perMinute;
  }

  /** Takes so many calls; if they are not left, how long until they are. */
  Optional<Duration> take(int calls) {
    var early = rate.take(calls);
    return early == 0 ? Optional.empty() : Optional.of(Duration.ofNanos(early));
  }

  void giveBack() {
    rate.giveBack();
  }

  /** How full it is now, in the fields of the IETF draft and in those of OpenAI. */
  List<Field> fields() {
    var level = rate.level();
    var seconds = Math.ceilDiv(level.fullAfterNanos(), NANOS_PER_SECOND);
    var last = shown;
    if (last.remaining() != level.remaining() || last.resetSeconds() != seconds) {
      last = shown(level.remaining(), seconds);
      shown = last;
    }
    return last.fields();
  }

  private Shown shown(long remaining, long resetSeconds) {
    var now = "\"" + kind.wire() + "\";r=" + remaining + ";t=" + resetSeconds;
    return new Shown(
        remaining,
        resetSeconds,
        List.of(
            policy,
            new Field(FieldName.RATELIMIT, now),
            limit,
            new Field(FieldName.X_RATELIMIT_REMAINING_REQUESTS, String.valueOf(remaining)),
            new Field(FieldName.X_RATELIMIT_RESET_REQUESTS, resetSeconds + "s")));
  }
}
