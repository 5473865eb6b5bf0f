package dev.reelay.provider;

import dev.reelay.access.Secret;
import dev.reelay.task.Callback;
import dev.reelay.task.Provenance;
import dev.reelay.webhook.Signature;
import dev.reelay.webhook.SigningSecret;
import java.time.Instant;

/**
 * Callbacks signed by Standard Webhooks 1.0 with a secret of the account. Without the secret
 * nothing can be said of them; with it every one has to carry a signature.
 */
public final class StandardWebhooks implements CallbackSigning {
  static final String ID = "webhook-id";
  static final String TIMESTAMP = "webhook-timestamp";
  static final String SIGNATURE = "webhook-signature";

  @Override
  public boolean takesSecret() {
    return true;
  }

  @Override
  public Provenance check(Context context, Callback callback, Means means) {
    return means
        .secret()
        .map(secret -> check(callback, secret, context.now()))
        .orElseGet(Provenance.NotSigned::new);
  }

  /** Whether it carries a signature of this kind, right or wrong. */
  public static boolean isSigned(Callback callback) {
    return callback.header(SIGNATURE).isPresent();
  }

  private static Provenance check(Callback callback, Secret text, Instant now) {
    var secret = SigningSecret.read(text);
    if (secret.isEmpty()) {
      return new Provenance.Forged("the callback secret that is kept is none");
    }
    var id = callback.header(ID).orElse("");
    var timestamp = callback.header(TIMESTAMP).orElse("");
    var signatures = callback.header(SIGNATURE).orElse("");
    if (id.isBlank() || timestamp.isBlank() || signatures.isBlank()) {
      return new Provenance.Forged("it lacks a header of the signature");
    }
    if (!CallbackSigning.isTimely(timestamp, now)) {
      return new Provenance.Forged("its signature is not of now");
    }
    var message = new Signature.Message(id, timestamp, callback.bytes());
    return message.isSigned(signatures, secret.get())
        ? new Provenance.Genuine()
        : new Provenance.Forged("its signature is not by the callback secret");
  }
}
