package dev.reelay.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookSigningException;
import dev.reelay.access.Secret;
import dev.reelay.task.Callback;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Signs callbacks with the library of Standard Webhooks itself. */
final class StandardSigner {
  static final String SECRET = "whsec_bGFiLXNpZ25pbmctc2VjcmV0LTAxMjM0NTY3ODk=";
  static final String OTHER_SECRET = "whsec_YW5vdGhlciBhY2NvdW50J3MgMzIgYnl0ZSBzZWNyZXQ=";

  private StandardSigner() {}

  static CallbackSigning.Means means(String secret) {
    return new CallbackSigning.Means(Optional.of(new Secret(secret)), Optional.empty());
  }

  static Callback signed(String path, Instant at, String body) {
    var id = "msg_1";
    var headers =
        Map.of(
            "webhook-id", id,
            "webhook-timestamp", String.valueOf(at.getEpochSecond()),
            "webhook-signature", signature(id, at, body));
    return new Callback("POST", path, "", headers, ByteBuffer.wrap(body.getBytes(UTF_8)));
  }

  private static String signature(String id, Instant at, String body) {
    try {
      return new Webhook(SECRET).sign(id, at.getEpochSecond(), body);
    } catch (WebhookSigningException e) {
      throw new IllegalStateException(e);
    }
  }
}
