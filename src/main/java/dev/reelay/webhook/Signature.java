package dev.reelay.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.reelay.access.HmacSha256;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The {@code webhook-signature} of Standard Webhooks 1.0: {@code v1,} and the base64 of an
 * HMAC-SHA256 over id, timestamp and body, divided by points; one for each secret that is good now,
 * divided by spaces, so that a receiver may change its secret when it likes.
 */
public final class Signature {
  private static final String VERSION = "v1,";

  private Signature() {}

  /**
   * @param at when this attempt is made, in whole seconds on the wire; receivers take five minutes
   * @param body exactly the text that is sent, in UTF-8
   */
  public static String of(MessageId id, Instant at, String body, List<SigningSecret> secrets) {
    if (secrets.isEmpty()) {
      throw new IllegalArgumentException("nothing goes out unsigned: " + id);
    }
    var message =
        new Message(id.toString(), String.valueOf(at.getEpochSecond()), body.getBytes(UTF_8));
    return secrets.stream().map(message::signature).collect(Collectors.joining(" "));
  }

  /**
   * A message by its three signed parts.
   *
   * @param timestamp in whole seconds, as text
   * @param body byte for byte
   */
  @SuppressWarnings("ArrayRecordComponent") // Made for one look and never compared.
  public record Message(String id, String timestamp, byte[] body) {
    /** Whether one of these signatures is by the secret, in a time that does not tell which. */
    public boolean isSigned(String signatures, SigningSecret secret) {
      var right = signature(secret).getBytes(UTF_8);
      var found = false;
      for (var one : signatures.split(" ")) {
        found |= MessageDigest.isEqual(right, one.getBytes(UTF_8));
      }
      return found;
    }

    private String signature(SigningSecret secret) {
      return VERSION + Base64.getEncoder().encodeToString(mac(secret, this));
    }
  }

  private static byte[] mac(SigningSecret secret, Message message) {
    var head = (message.id() + "." + message.timestamp() + ".").getBytes(UTF_8);
    return HmacSha256.of(secret.bytes(), head, message.body());
  }
}
