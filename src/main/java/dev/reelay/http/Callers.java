package dev.reelay.http;

import dev.reelay.access.ApiKey;
import dev.reelay.access.Caller;
import dev.reelay.access.KeyAnswer;
import dev.reelay.access.KeyDirectory;
import dev.reelay.task.ErrorCode;
import java.time.InstantSource;

/** Finds out who calls. A key without money is as good as any other here. */
public final class Callers {
  private final KeyDirectory keys;
  private final InstantSource clock;

  public Callers(KeyDirectory keys, InstantSource clock) {
    this.keys = keys;
    this.clock = clock;
  }

  /**
   * The caller of a request: {@code Authorization: Bearer <key>}, the key alone as some clients
   * send it, or X-Api-Key.
   *
   * @throws ApiRefusal 401, each cause with its own code
   */
  public Caller of(Request request) {
    var presented =
        request
            .header(FieldName.AUTHORIZATION)
            .or(() -> request.header(FieldName.X_API_KEY))
            .orElse("");
    return switch (keys.find(presented)) {
      case KeyAnswer.Known(Caller caller) -> usable(caller);
      case KeyAnswer.Refused(ApiKey.Refusal why) -> throw refused(why);
    };
  }

  /** What the directory remembers may have run out since. */
  private Caller usable(Caller caller) {
    var refusal = caller.key().refusal(clock.instant());
    if (refusal.isPresent()) {
      throw refused(refusal.get());
    }
    return caller;
  }

  private static ApiRefusal refused(ApiKey.Refusal why) {
    return ApiError.of(
            switch (why) {
              case MISSING -> ErrorCode.MISSING_API_KEY;
              case MALFORMED -> ErrorCode.MALFORMED_API_KEY;
              case UNKNOWN -> ErrorCode.INVALID_API_KEY;
              case EXPIRED -> ErrorCode.EXPIRED_API_KEY;
              case REVOKED -> ErrorCode.REVOKED_API_KEY;
            })
        .refusal();
  }
}
