package dev.reelay.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The {@code webhook-signature} of Standard Webhooks 1.0: {@code v1,} and the base64 of an
 * HMAC-SHA256 over id, timestamp and body, divided by points; one for each secret that is good now,
 * divided by spaces, so that a receiver may change its secret when it likes.
 */
public final class Signature {
  private static final String HMAC = "HmacSHA256";

  private Signature() {}

  /**
   * @param at when this attempt is made, in whole seconds on the wire; receivers take five minutes
   * @param body exactly the text that is sent, in UTF-8
   */
  public static String of(MessageId id, Instant at, String body, List<SigningSecret> secrets) {
    if (secrets.isEmpty()) {
      throw new IllegalArgumentException("nothing goes out unsigned: " + id);
    }
    var signed = (id + "." + at.getEpochSecond() + "." + body).getBytes(UTF_8);
    return secrets.stream()
        .map(secret -> "v1," + Base64.getEncoder().encodeToString(mac(secret, signed)))
        .collect(Collectors.joining(" "));
  }

  private static byte[] mac(SigningSecret secret, byte[] signed) {
    try {
      var mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(secret.bytes(), HMAC));
      return mac.doFinal(signed);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no " + HMAC, e);
    }
  }
}
