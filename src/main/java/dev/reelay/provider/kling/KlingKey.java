package dev.reelay.provider.kling;

import dev.reelay.access.Secret;
import dev.reelay.provider.Call;
import dev.reelay.provider.Context;
import dev.reelay.provider.Json;
import dev.reelay.provider.Jwt;
import dev.reelay.provider.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a channel's credential is here: an API key, which is sent as it is, or {@code access
 * key:secret key}, of which a token (RFC 7519, HS256) is made for each call.
 */
final class KlingKey {
  /** As the vendor's example has it: their clock may be this much behind ours. */
  static final Duration LEEWAY = Duration.ofSeconds(5);

  /** For a token that is made again because the first was refused for its times. */
  static final Duration LEEWAY_RENEWED = Duration.ofMinutes(2);

  static final Duration LIFE = Duration.ofMinutes(30);

  private KlingKey() {}

  static Call.SecretHeader header(Context context) {
    return header(context, context.now(), LEEWAY);
  }

  /**
   * A new token by the clock of the answer, where it refused ours as too early or too late (1003,
   * 1004). A key that is sent as it is has no times.
   */
  static Optional<Call.SecretHeader> renewed(Context context, Reply reply) {
    return isPair(context) && KlingErrors.isClock(reply)
        ? Optional.of(header(context, theirNow(context, reply), LEEWAY_RENEWED))
        : Optional.empty();
  }

  private static Call.SecretHeader header(Context context, Instant at, Duration leeway) {
    if (!isPair(context)) {
      return context.bearer();
    }
    var pair = context.credential().reveal().strip().split(":", 2);
    var claims =
        Json.body()
            .put("iss", pair[0])
            .put("exp", at.plus(LIFE).getEpochSecond())
            .put("nbf", at.minus(leeway).getEpochSecond());
    return new Call.SecretHeader(
        "Authorization", "Bearer ", Jwt.hs256(claims, new Secret(pair[1])));
  }

  private static boolean isPair(Context context) {
    return context.credential().reveal().strip().matches("[^:\\s]+:[^:\\s]+");
  }

  private static Instant theirNow(Context context, Reply reply) {
    return reply.date().orElseGet(context::now);
  }
}
