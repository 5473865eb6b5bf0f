package dev.reelay.testkit;

class InMemoryWebhooksTest extends WebhookStoreContract {
  private final InMemoryWebhooksKit kit = new InMemoryWebhooksKit();

  @Override
  protected WebhookStoreKit kit() {
    return kit;
  }
}
