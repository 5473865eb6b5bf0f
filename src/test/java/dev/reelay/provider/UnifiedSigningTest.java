package dev.reelay.provider;

import dev.reelay.provider.unified.UnifiedProvider;

/** Another Reelay signs by Standard Webhooks what it tells a {@code callback_url}. */
class UnifiedSigningTest extends StandardSigningContract {
  @Override
  Provider provider() {
    return new UnifiedProvider();
  }

  @Override
  String body(String id) {
    return "{\"type\":\"task.succeeded\",\"data\":{\"id\":\"" + id + "\"}}";
  }
}
