package dev.reelay.http;

import dev.reelay.http.dialect.unified.UnifiedView;
import dev.reelay.http.webhook.DeliveryRequests;
import dev.reelay.http.webhook.EndpointRequests;
import dev.reelay.http.webhook.FeedBell;
import dev.reelay.http.webhook.FeedRequests;
import dev.reelay.http.webhook.TaskMessages;
import dev.reelay.testkit.InMemoryTaskStore;
import dev.reelay.testkit.InMemoryWebhooks;
import dev.reelay.testkit.ManualClock;
import dev.reelay.testkit.ScriptedCourier;
import java.util.SplittableRandom;

/** The routes of webhooks where a test is about others: nothing happens of which they tell. */
final class QuietWebhooks {
  private QuietWebhooks() {}

  static ApiRoutes.Webhooks handlers(
      Callers callers, ManualClock clock, InMemoryTaskStore store, ResultAddresses addresses) {
    var hooks = new InMemoryWebhooks(clock);
    var ports = new EndpointRequests.Ports(hooks, hooks, new ScriptedCourier());
    var view = new UnifiedView(_ -> "user", addresses, "USD");
    var messages = new TaskMessages(store::find, view, () -> "https://relay.example");
    return new ApiRoutes.Webhooks(
        new EndpointRequests(callers, ports, clock, new SplittableRandom(3)),
        new DeliveryRequests(callers, hooks),
        new FeedRequests(callers, hooks, messages, new FeedBell(), clock));
  }
}
