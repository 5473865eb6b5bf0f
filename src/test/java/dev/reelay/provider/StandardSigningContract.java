package dev.reelay.provider;

import dev.reelay.task.Callback;
import java.time.Instant;
import java.util.List;

/** What signatures by Standard Webhooks are held to, whoever makes them. */
abstract class StandardSigningContract extends CallbackSigningContract {
  private static final String ID = "a-job-1";

  /** The body of a callback about this job. */
  abstract String body(String id);

  @Override
  CallbackSigning.Means means() {
    return StandardSigner.means(StandardSigner.SECRET);
  }

  @Override
  CallbackSigning.Means othersMeans() {
    return StandardSigner.means(StandardSigner.OTHER_SECRET);
  }

  @Override
  Callback signed(Instant at) {
    return StandardSigner.signed(PATH, at, body(ID));
  }

  @Override
  List<String> headers() {
    return List.of("webhook-id", "webhook-timestamp");
  }

  @Override
  Callback tampered(Callback callback) {
    return withBody(callback, body("a-job-2"));
  }
}
