package dev.reelay.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.access.TenantId;
import dev.reelay.testkit.InMemoryWebhooks;
import dev.reelay.testkit.ManualClock;
import dev.reelay.testkit.ScriptedCourier;
import dev.reelay.testkit.TaskSamples;
import dev.reelay.testkit.WebhookSamples;
import dev.reelay.webhook.Courier;
import dev.reelay.webhook.Deliveries;
import dev.reelay.webhook.Delivery;
import dev.reelay.webhook.DeliveryAttempt.Outcome;
import dev.reelay.webhook.DeliveryId;
import dev.reelay.webhook.DeliveryState;
import dev.reelay.webhook.Endpoint;
import dev.reelay.webhook.Endpoints.Addition;
import dev.reelay.webhook.Endpoints.NewEndpoint;
import dev.reelay.webhook.EventType;
import dev.reelay.webhook.MessageBodies;
import dev.reelay.webhook.Schedule;
import dev.reelay.webhook.Signature;
import dev.reelay.webhook.SigningSecret;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Days of sending under a manual clock. */
class WebhookSenderTest {
  private static final long FENCE = 7;
  private static final TenantId TENANT = new TenantId(1);
  private static final String GOOD = "good.example";
  private static final String DEAD = "dead.example";
  private static final Outcome SILENCE = new Outcome.Silence("no answer came in time");

  private final ManualClock clock = new ManualClock();
  private final SplittableRandom random = new SplittableRandom(11);
  private final InMemoryWebhooks store = new InMemoryWebhooks(clock);
  private final ScriptedCourier courier = new ScriptedCourier();
  private final Deque<Runnable> running = new ArrayDeque<>();
  private final CountDownLatch never = new CountDownLatch(1);
  private boolean hangs;
  private WebhookSender sender = newSender();
  private int tasks;

  /** Work runs at once, or is begun and goes no further. */
  private WebhookSender newSender() {
    return newSender(this::execute, () -> {});
  }

  private WebhookSender newSender(Executor executor, Runnable wake) {
    store.live(FENCE);
    MessageBodies bodies =
        (delivery, _) ->
            isDeleted(delivery) ? Optional.empty() : Optional.of("{\"n\":" + delivery.id() + "}");
    var ports = new WebhookSender.Ports(store, bodies, courier, clock, random);
    return new WebhookSender(ports, () -> true, () -> FENCE, executor, wake);
  }

  private static boolean isDeleted(Delivery delivery) {
    return delivery
        .happening()
        .subject()
        .equals(new Delivery.Subject.OfTask(TaskSamples.taskId(666)));
  }

  private void execute(Runnable work) {
    if (hangs) {
      running.add(work);
    } else {
      work.run();
    }
  }

  private Endpoint endpoint(String host) {
    var url = URI.create("https://" + host + "/hook");
    var secret = SigningSecret.generate(random);
    var added = new NewEndpoint(TENANT, url, Endpoint.Wishes.USUAL, secret);
    return ((Addition.Added) store.add(added)).endpoint();
  }

  private void happen(int events) {
    for (var n = 0; n < events; n++) {
      tasks++;
      var task = TaskSamples.taskId(1_000 + tasks);
      store.happen(TENANT, task, EventType.TASK_SUCCEEDED, Optional.empty());
    }
    while (store.publish(100).events() > 0) {
      // Until all are deliveries.
    }
  }

  /** Works as the loop does, in steps, as long as that. */
  private void pass(Duration time, Duration step) {
    for (var gone = Duration.ZERO; gone.compareTo(time) < 0; gone = gone.plus(step)) {
      work();
      clock.move(step);
    }
    work();
  }

  private void work() {
    while (sender.runOnce().isZero()) {
      // More may be due.
    }
  }

  private List<Delivery> all() {
    var none = Optional.<DeliveryId>empty();
    return store.list(
        new Deliveries.Query(TENANT, Optional.empty(), Optional.empty(), none, 1_000));
  }

  private long count(DeliveryState.Name state) {
    return all().stream().filter(delivery -> delivery.state().name() == state).count();
  }

  @Test
  void a_message_is_signed_with_the_id_time_and_body_that_are_sent() {
    var endpoint = endpoint(GOOD);
    happen(1);

    work();

    var letter = courier.postedTo(GOOD).getFirst();
    assertThat(letter.at()).isEqualTo(clock.instant());
    assertThat(letter.id()).isEqualTo(all().getFirst().happening().message());
    var claim =
        new Deliveries.Claim(
            clock.instant(), FENCE, Set.of(), new Deliveries.Lanes.AllBut(Set.of()), 1, 1);
    store.replay(TENANT, all().getFirst().id());
    var secrets = store.claim(claim).getFirst().secrets();
    assertThat(letter.signature())
        .isEqualTo(Signature.of(letter.id(), letter.at(), letter.body(), secrets));
    assertThat(endpoint.health().failingDays()).isZero();
  }

  @Test
  void a_receiver_that_is_down_for_a_day_gets_everything_afterwards() {
    endpoint(GOOD);
    courier.let(GOOD, _ -> SILENCE);
    for (var hour = 0; hour < 24; hour++) {
      happen(20);
      pass(Duration.ofHours(1), Duration.ofMinutes(5));
    }
    assertThat(count(DeliveryState.Name.DELIVERED)).isZero();

    courier.let(GOOD, _ -> WebhookSamples.answered(204));
    pass(Duration.ofHours(24), Duration.ofMinutes(5));

    assertThat(all()).hasSize(480);
    assertThat(count(DeliveryState.Name.DELIVERED)).isEqualTo(480);
    assertThat(all()).extracting(Delivery::attempts).allMatch(n -> n <= Schedule.ATTEMPTS_MAX);
  }

  /** The clock stands: whatever is sent was due, and the dead ones hold what they have. */
  @Test
  void receivers_that_hang_for_ever_delay_no_other() throws InterruptedException {
    for (var n = 0; n < 3; n++) {
      endpoint("dead" + n + ".example");
      courier.let("dead" + n + ".example", this::hang);
    }
    endpoint(GOOD);
    var arrived = new CountDownLatch(50);
    courier.let(
        GOOD,
        _ -> {
          arrived.countDown();
          return WebhookSamples.answered(200);
        });
    happen(50);
    var rounds = new Semaphore(1);

    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      sender = newSender(executor, rounds::release);
      while (arrived.getCount() > 0 && rounds.tryAcquire(10, TimeUnit.SECONDS)) {
        work();
      }

      assertThat(arrived.getCount()).isZero();
      assertThat(sender.inFlight()).isGreaterThanOrEqualTo(3 * WebhookSender.PER_LANE_MAX);
      for (var n = 0; n < 3; n++) {
        assertThat(courier.postedTo("dead" + n + ".example").size())
            .isLessThanOrEqualTo(WebhookSender.PER_LANE_MAX);
      }
      never.countDown();
    }
  }

  private Outcome hang(Courier.Letter letter) {
    try {
      never.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return SILENCE;
  }

  /** The process ends in the middle of a post. */
  private static final class Death extends Error {
    private static final long serialVersionUID = 1;
  }

  @Test
  void a_receiver_that_failed_is_tried_one_at_a_time_until_it_answers() {
    endpoint(DEAD);
    courier.let(DEAD, _ -> SILENCE);
    happen(WebhookSender.PER_LANE_MAX + 5);
    assertThat(sender.runOnce()).isZero();
    assertThat(courier.postedTo(DEAD)).hasSize(WebhookSender.PER_LANE_MAX + 1);

    sender.runOnce();
    assertThat(courier.postedTo(DEAD)).hasSize(WebhookSender.PER_LANE_MAX + 2);

    courier.let(DEAD, _ -> WebhookSamples.answered(200));
    sender.runOnce();
    sender.runOnce();
    assertThat(count(DeliveryState.Name.DELIVERED)).isGreaterThanOrEqualTo(3);
  }

  @Test
  void a_receiver_that_has_too_much_rests_as_long_as_it_asks() {
    endpoint(GOOD);
    courier.let(GOOD, _ -> new Outcome.Answered(429, "", Optional.of(Duration.ofMinutes(10))));
    happen(1);
    work();
    happen(3);

    pass(Duration.ofMinutes(9), Duration.ofMinutes(1));
    assertThat(courier.postedTo(GOOD)).hasSize(1);

    courier.let(GOOD, _ -> WebhookSamples.answered(200));
    pass(Duration.ofMinutes(2), Duration.ofMinutes(1));
    assertThat(count(DeliveryState.Name.DELIVERED)).isEqualTo(4);
  }

  @Test
  void a_410_ends_all_that_waits_and_nothing_more_is_sent() {
    var endpoint = endpoint(GOOD);
    courier.let(GOOD, _ -> WebhookSamples.answered(410));
    happen(1);
    work();

    happen(5);
    pass(Duration.ofDays(1), Duration.ofHours(1));

    assertThat(courier.postedTo(GOOD)).hasSize(1);
    assertThat(store.find(endpoint.id()).flatMap(Endpoint::disabled)).isPresent();
  }

  @Test
  void five_failing_days_disable_an_endpoint_and_replaying_them_brings_all() {
    var endpoint = endpoint(DEAD);
    var begin = clock.instant();
    courier.let(DEAD, _ -> WebhookSamples.answered(500));
    for (var day = 0; day < 6; day++) {
      happen(2);
      pass(Duration.ofDays(1), Duration.ofMinutes(30));
    }
    var disabled = store.find(endpoint.id()).flatMap(Endpoint::disabled).orElseThrow();
    assertThat(disabled.reason()).isEqualTo(Endpoint.Reason.FAILING);
    assertThat(Duration.between(begin, disabled.at())).isBetween(days(5), days(6));

    courier.let(DEAD, _ -> WebhookSamples.answered(200));
    store.update(TENANT, endpoint.id(), Endpoint::enabled);
    store.replay(TENANT, endpoint.id(), new Deliveries.Range(begin, clock.instant()));
    pass(Duration.ofHours(1), Duration.ofMinutes(1));

    assertThat(all()).hasSize(12);
    assertThat(count(DeliveryState.Name.DELIVERED)).isEqualTo(12);
  }

  private static Duration days(int days) {
    return Duration.ofDays(days);
  }

  @Test
  void a_message_of_a_deleted_task_is_not_sent() {
    endpoint(GOOD);
    var task = TaskSamples.taskId(666);
    store.happen(TENANT, task, EventType.TASK_FAILED, Optional.empty());
    store.publish(10);

    work();

    assertThat(courier.postedTo(GOOD)).isEmpty();
    assertThat(all().getFirst().state())
        .isEqualTo(new DeliveryState.Failed(DeliveryState.Why.TASK_DELETED, clock.instant()));
  }

  /** Between the claim, the answer of the receiver and the conclusion there are three deaths. */
  @Test
  void wherever_a_node_dies_the_message_arrives() {
    endpoint(GOOD);
    happen(3);
    hangs = true;
    sender.runOnce();
    assertThat(running).hasSize(3);

    // Died after the claim: the work is gone. The next life knows nothing of it.
    running.clear();
    hangs = false;
    courier.let(
        GOOD,
        _ -> {
          throw new Death();
        });
    sender = newSender();
    sender.runOnce();
    // Died after the message arrived and before that was written down.
    courier.let(GOOD, _ -> WebhookSamples.answered(200));
    sender = newSender();
    work();

    assertThat(count(DeliveryState.Name.DELIVERED)).isEqualTo(3);
    assertThat(courier.postedTo(GOOD))
        .extracting(Courier.Letter::id)
        .hasSize(6)
        .allMatch(id -> all().stream().anyMatch(d -> d.happening().message().equals(id)));
  }

  @Test
  void nothing_is_begun_while_the_lease_is_in_question() {
    endpoint(GOOD);
    happen(1);
    MessageBodies bodies = (_, _) -> Optional.of("{}");
    var ports = new WebhookSender.Ports(store, bodies, courier, clock, random);
    var idle = new WebhookSender(ports, () -> false, () -> FENCE, Runnable::run, () -> {});

    assertThat(idle.runOnce()).isEqualTo(WebhookSender.IDLE_WAIT);
    assertThat(courier.postedTo(GOOD)).isEmpty();
  }
}
