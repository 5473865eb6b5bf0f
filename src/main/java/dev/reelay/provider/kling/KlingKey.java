package dev.reelay.provider.kling;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.reelay.access.Secret;
import dev.reelay.provider.Call;
import dev.reelay.provider.Context;
import dev.reelay.provider.Json;
import dev.reelay.provider.Reply;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

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
  private static final String ALGORITHM = "HmacSHA256";
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

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
    return new Call.SecretHeader(
        "Authorization", "Bearer ", new Secret(token(pair[0], pair[1], at, leeway)));
  }

  private static boolean isPair(Context context) {
    return context.credential().reveal().strip().matches("[^:\\s]+:[^:\\s]+");
  }

  private static String token(String accessKey, String secretKey, Instant at, Duration leeway) {
    var head = Json.write(Json.body().put("alg", "HS256").put("typ", "JWT"));
    var claims =
        Json.write(
            Json.body()
                .put("iss", accessKey)
                .put("exp", at.plus(LIFE).getEpochSecond())
                .put("nbf", at.minus(leeway).getEpochSecond()));
    var signed = part(head.getBytes(UTF_8)) + "." + part(claims.getBytes(UTF_8));
    return signed + "." + part(mac(secretKey, signed));
  }

  private static String part(byte[] bytes) {
    return BASE64.encodeToString(bytes);
  }

  private static byte[] mac(String secretKey, String text) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secretKey.getBytes(UTF_8), ALGORITHM));
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no HMAC-SHA256", e);
    }
  }

  private static Instant theirNow(Context context, Reply reply) {
    return reply.date().orElseGet(context::now);
  }
}
