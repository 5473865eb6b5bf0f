package dev.reelay.provider;

import dev.reelay.provider.unified.UnifiedProvider;
import dev.reelay.task.Callback;
import java.time.Instant;
import java.util.List;

/** Another Reelay signs by Standard Webhooks what it tells a {@code callback_url}. */
class UnifiedSigningTest extends CallbackSigningContract {
  private static final String BODY = "{\"type\":\"task.succeeded\",\"data\":{\"id\":\"task_1\"}}";

  @Override
  Provider provider() {
    return new UnifiedProvider();
  }

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
    return StandardSigner.signed(PATH, at, BODY);
  }

  @Override
  List<String> headers() {
    return List.of("webhook-id", "webhook-timestamp");
  }

  @Override
  Callback tampered(Callback callback) {
    return withBody(callback, BODY.replace("task_1", "task_2"));
  }
}
