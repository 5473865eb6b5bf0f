package dev.reelay.testkit;

class InMemoryEndpointsTest extends EndpointStoreContract {
  private final InMemoryWebhooksKit kit = new InMemoryWebhooksKit();

  @Override
  protected WebhookStoreKit kit() {
    return kit;
  }
}
