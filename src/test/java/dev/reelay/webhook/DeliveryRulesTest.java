package dev.reelay.webhook;

import static dev.reelay.testkit.TaskSamples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.testkit.WebhookSamples;
import dev.reelay.webhook.DeliveryAttempt.Outcome;
import dev.reelay.webhook.DeliveryRules.Conclusion;
import dev.reelay.webhook.DeliveryRules.ForEndpoint;
import dev.reelay.webhook.DeliveryState.Delivered;
import dev.reelay.webhook.DeliveryState.Failed;
import dev.reelay.webhook.DeliveryState.Pending;
import dev.reelay.webhook.DeliveryState.Why;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeliveryRulesTest {
  private final SplittableRandom random = new SplittableRandom(3);
  private final Endpoint endpoint = WebhookSamples.endpoint();
  private final Delivery fresh = WebhookSamples.delivery(endpoint);

  private Conclusion after(Delivery delivery, Instant at, Outcome outcome) {
    var attempt = WebhookSamples.attempt(delivery, at, outcome);
    return DeliveryRules.after(delivery, endpoint, attempt, random);
  }

  private static Instant dueAt(Delivery delivery) {
    return ((Pending) delivery.state()).dueAt();
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 202, 204, 299})
  void a_2xx_is_delivered(int status) {
    var conclusion = after(fresh, NOON, WebhookSamples.answered(status));

    assertThat(conclusion.after().state()).isEqualTo(new Delivered(NOON));
    assertThat(conclusion.endpoint()).isEqualTo(new ForEndpoint.Unchanged());
  }

  @ParameterizedTest
  @ValueSource(ints = {199, 301, 302, 307, 400, 404, 429, 500, 502, 503, 504})
  void anything_else_is_tried_again_a_redirect_too(int status) {
    var conclusion = after(fresh, NOON, WebhookSamples.answered(status));

    assertThat(dueAt(conclusion.after())).isBetween(NOON.plusSeconds(4), NOON.plusSeconds(6));
    assertThat(conclusion.after().attempts()).isEqualTo(1);
    assertThat(conclusion.endpoint())
        .isEqualTo(new ForEndpoint.Feels(new Health(1, Optional.of(NOON))));
  }

  @Test
  void ten_attempts_are_made_over_three_days_and_then_it_is_given_up() {
    var waits = new ArrayList<Duration>();
    var delivery = fresh;
    var at = NOON;
    while (delivery.state() instanceof Pending) {
      delivery = after(delivery, at, new Outcome.Silence("no answer")).after();
      if (delivery.state() instanceof Pending(Instant next)) {
        waits.add(Duration.between(at, next));
        at = next;
      }
    }

    assertThat(delivery.attempts()).isEqualTo(10);
    assertThat(delivery.state()).isEqualTo(new Failed(Why.EXHAUSTED, at));
    var planned = List.of(5L, 300L, 1_800L, 7_200L, 18_000L, 36_000L, 50_400L, 72_000L, 86_400L);
    for (var i = 0; i < planned.size(); i++) {
      var plan = Duration.ofSeconds(planned.get(i));
      var spread = plan.dividedBy(5);
      assertThat(waits.get(i)).isBetween(plan.minus(spread), plan.plus(spread));
    }
    var total = Duration.ofSeconds(planned.stream().mapToLong(wait -> wait).sum());
    assertThat(total).isEqualTo(Duration.ofHours(75).plusMinutes(35).plusSeconds(5));
  }

  @Test
  void two_waits_of_the_same_step_differ() {
    var first = dueAt(after(fresh, NOON, WebhookSamples.answered(500)).after());
    var second = dueAt(after(fresh, NOON, WebhookSamples.answered(500)).after());

    assertThat(first).isNotEqualTo(second);
  }

  @Test
  void a_410_ends_the_delivery_and_disables_the_endpoint_at_once() {
    var conclusion = after(fresh, NOON, WebhookSamples.answered(410));

    assertThat(conclusion.after().state()).isEqualTo(new Failed(Why.GONE, NOON));
    assertThat(conclusion.endpoint()).isEqualTo(new ForEndpoint.Disable(Endpoint.Reason.GONE));
  }

  @Test
  void an_address_that_a_request_named_says_nothing_of_the_others() {
    var perRequest = WebhookSamples.perRequest();
    var delivery = WebhookSamples.delivery(perRequest);
    var attempt = WebhookSamples.attempt(delivery, NOON, WebhookSamples.answered(410));

    var conclusion = DeliveryRules.after(delivery, perRequest, attempt, random);

    assertThat(conclusion.after().state()).isEqualTo(new Failed(Why.GONE, NOON));
    assertThat(conclusion.endpoint()).isEqualTo(new ForEndpoint.Unchanged());
  }

  @Test
  void a_longer_retry_after_is_honoured_and_a_shorter_one_is_not_needed() {
    var hour = new Outcome.Answered(503, "", Optional.of(Duration.ofHours(1)));
    var moment = new Outcome.Answered(503, "", Optional.of(Duration.ofSeconds(1)));

    assertThat(dueAt(after(fresh, NOON, hour).after())).isEqualTo(NOON.plusSeconds(3_600));
    assertThat(dueAt(after(fresh, NOON, moment).after())).isAfter(NOON.plusSeconds(3));
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 502, 503, 504})
  void a_receiver_that_has_too_much_is_left_alone_for_a_while(int status) {
    var wanted = new Outcome.Answered(status, "", Optional.of(Duration.ofMinutes(7)));

    assertThat(after(fresh, NOON, WebhookSamples.answered(status)).laneRest())
        .isEqualTo(DeliveryRules.THROTTLE);
    assertThat(after(fresh, NOON, wanted).laneRest()).hasMinutes(7);
    assertThat(after(fresh, NOON, WebhookSamples.answered(500)).laneRest()).isZero();
  }

  @Test
  void a_success_ends_the_failing_days() {
    var failing = endpoint.feeling(new Health(4, Optional.of(NOON)));
    var attempt = WebhookSamples.attempt(fresh, NOON, WebhookSamples.answered(200));

    var conclusion = DeliveryRules.after(fresh, failing, attempt, random);

    assertThat(conclusion.endpoint()).isEqualTo(new ForEndpoint.Feels(Health.GOOD));
  }

  @Test
  void five_failing_days_disable_with_the_failure_after_them() {
    var health = Health.GOOD;
    var at = NOON;
    var changes = 0;
    while (health.failed(at).isPresent()) {
      changes += health.failed(at).get().equals(health) ? 0 : 1;
      health = health.failed(at).get();
      at = at.plus(Duration.ofHours(1));
    }

    assertThat(changes).isEqualTo(5);
    assertThat(Duration.between(NOON, at)).hasDays(5);
  }

  @Test
  void days_on_which_nothing_was_sent_do_not_count_as_failing() {
    var once = Health.GOOD.failed(NOON).orElseThrow();

    var aMonthLater = once.failed(NOON.plus(Duration.ofDays(30)));

    assertThat(aMonthLater.map(Health::failingDays)).contains(2);
  }

  @Test
  void what_was_replayed_begins_its_schedule_anew_and_goes_on_counting() {
    var failed = after(fresh, NOON, WebhookSamples.answered(500)).after();

    var again = failed.again(NOON.plusSeconds(60));

    assertThat(again.step()).isZero();
    assertThat(again.attempts()).isEqualTo(1);
    assertThat(dueAt(again)).isEqualTo(NOON.plusSeconds(60));
    assertThat(again.happening().message()).isEqualTo(fresh.happening().message());
  }
}
