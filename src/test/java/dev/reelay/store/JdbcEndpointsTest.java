package dev.reelay.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.testkit.EndpointStoreContract;
import dev.reelay.testkit.WebhookSamples;
import dev.reelay.testkit.WebhookStoreKit;
import dev.reelay.webhook.Endpoint;
import dev.reelay.webhook.Endpoints.NewEndpoint;
import dev.reelay.webhook.SigningSecret;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class JdbcEndpointsTest extends EndpointStoreContract {
  private final JdbcWebhooksKit kit = new JdbcWebhooksKit();

  @Override
  protected WebhookStoreKit kit() {
    return kit;
  }

  @Test
  void secrets_are_sealed() {
    var tenant = kit.tenant();
    var secret = SigningSecret.generate(new SecureRandom());
    kit.endpoints()
        .add(new NewEndpoint(tenant, WebhookSamples.HOOK, Endpoint.Wishes.USUAL, secret));

    var stored =
        kit.tasks
            .sql()
            .run(
                session ->
                    session.list(
                        "select sealed from endpoint_secret", row -> row.getString("sealed")));

    assertThat(stored).hasSize(1);
    assertThat(stored.getFirst())
        .doesNotContain(secret.text().reveal())
        .doesNotContain(secret.text().reveal().substring(SigningSecret.PREFIX.length()));
  }
}
