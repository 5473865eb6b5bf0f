package dev.reelay.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.access.TenantId;
import dev.reelay.testkit.InMemoryWebhooks;
import dev.reelay.testkit.ManualClock;
import dev.reelay.testkit.ScriptedCourier;
import dev.reelay.testkit.TaskSamples;
import dev.reelay.testkit.WebhookSamples;
import dev.reelay.webhook.Courier;
import dev.reelay.webhook.DeliveryAttempt.Outcome;
import dev.reelay.webhook.Endpoint;
import dev.reelay.webhook.Endpoints.NewEndpoint;
import dev.reelay.webhook.EventType;
import dev.reelay.webhook.MessageBodies;
import dev.reelay.webhook.SigningSecret;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Days of events for one receiver that is down for a day of them and one that never answers: what
 * is lost, and how much later the living receiver hears, in rounds of the sender.
 */
class WebhookLossTest {
  private static final long FENCE = 7;
  private static final TenantId TENANT = new TenantId(1);
  private static final String GOOD = "good.example";
  private static final String DOWN = "down.example";
  private static final String DEAD = "dead.example";
  private static final Duration STEP = Duration.ofHours(1);
  private static final int STEPS_A_DAY = (int) Duration.ofDays(1).dividedBy(STEP);
  private static final long PERCENT_MAX = 105;

  @Test
  void nothing_is_lost_and_a_dead_receiver_delays_no_other() {
    requirePromise(10_000);
  }

  @Test
  @Tag("proof")
  void nothing_of_a_hundred_thousand_events_is_lost() {
    requirePromise(100_000);
  }

  private static void requirePromise(int events) {
    var alone = new World(GOOD);
    alone.live(events);
    var among = new World(GOOD, DOWN, DEAD);
    among.live(events);

    assertThat(alone.heard(GOOD)).isEqualTo(events);
    assertThat(among.heard(GOOD)).isEqualTo(events);
    assertThat(among.heard(DOWN)).isEqualTo(events);
    assertThat(among.heard(DEAD)).isZero();
    assertThat(among.delayRounds()).isLessThan(alone.delayRounds() * PERCENT_MAX / 100);
  }

  /** A relay and its receivers under a clock of their own. */
  private static final class World {
    private final ManualClock clock = new ManualClock();
    private final SplittableRandom random = new SplittableRandom(17);
    private final InMemoryWebhooks store = new InMemoryWebhooks(clock);
    private final ScriptedCourier courier = new ScriptedCourier();
    private final WebhookSender sender;
    private final Map<String, Set<String>> heard = new HashMap<>();
    private boolean isDown;
    private long rounds;
    private long stepBegan;
    private long delay;
    private int told;

    World(String... hosts) {
      store.live(FENCE);
      MessageBodies bodies = (delivery, _) -> Optional.of("{\"n\":" + delivery.id() + "}");
      var ports = new WebhookSender.Ports(store, bodies, courier, clock, random);
      sender = new WebhookSender(ports, () -> true, () -> FENCE, Runnable::run, () -> {});
      for (var host : hosts) {
        heard.put(host, new HashSet<>());
        var url = URI.create("https://" + host + "/hook");
        var secret = SigningSecret.generate(random);
        store.add(new NewEndpoint(TENANT, url, Endpoint.Wishes.USUAL, secret));
        courier.let(host, letter -> answer(host, letter));
      }
    }

    /** A day with one receiver down, then as long as the schedule of repeats needs. */
    void live(int events) {
      isDown = true;
      for (int step = 0; step < STEPS_A_DAY; step++) {
        happen((step + 1L) * events / STEPS_A_DAY);
        work();
        clock.move(STEP);
      }
      isDown = false;
      for (int step = 0; step < 2 * STEPS_A_DAY; step++) {
        work();
        clock.move(STEP);
      }
    }

    private void happen(long until) {
      for (; told < until; told++) {
        var task = TaskSamples.taskId(1_000 + told);
        store.happen(TENANT, task, EventType.TASK_SUCCEEDED, Optional.empty());
      }
      while (store.publish(100).events() > 0) {
        // Until all are deliveries.
      }
      stepBegan = rounds;
    }

    private void work() {
      do {
        rounds++;
      } while (sender.runOnce().isZero());
    }

    private Outcome answer(String host, Courier.Letter letter) {
      boolean isSilent = host.equals(DEAD) || (host.equals(DOWN) && isDown);
      if (isSilent) {
        return new Outcome.Silence("no answer came in time");
      }
      if (ids(host).add(letter.id().toString()) && host.equals(GOOD)) {
        delay += rounds - stepBegan;
      }
      return WebhookSamples.answered(204);
    }

    private Set<String> ids(String host) {
      return heard.computeIfAbsent(host, _ -> new HashSet<>());
    }

    int heard(String host) {
      return ids(host).size();
    }

    /** How many rounds the living receiver's events waited for their first post, in all. */
    long delayRounds() {
      return delay;
    }
  }
}
