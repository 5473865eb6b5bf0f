package dev.reelay.testkit;

import static dev.reelay.webhook.EventType.ENDPOINT_DISABLED;
import static dev.reelay.webhook.EventType.TASK_CANCELED;
import static dev.reelay.webhook.EventType.TASK_FAILED;
import static dev.reelay.webhook.EventType.TASK_SUCCEEDED;
import static dev.reelay.webhook.EventType.WEBHOOK_TEST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.webhook.Deliveries;
import dev.reelay.webhook.Deliveries.Lanes;
import dev.reelay.webhook.Deliveries.Parcel;
import dev.reelay.webhook.Deliveries.Published;
import dev.reelay.webhook.Deliveries.RangeReplay;
import dev.reelay.webhook.Delivery;
import dev.reelay.webhook.DeliveryAttempt.Outcome;
import dev.reelay.webhook.DeliveryRules;
import dev.reelay.webhook.DeliveryState;
import dev.reelay.webhook.Endpoint;
import dev.reelay.webhook.MessageId;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the stores promise of deliveries: from the outbox to the last attempt, and again. */
public abstract class WebhookStoreContract extends WebhookStoreSuite {
  private static final URI CALLBACK = URI.create("https://caller.example/x?job=7");

  // Publishing

  @Test
  void an_event_becomes_one_delivery_for_each_endpoint_that_takes_it_and_only_once() {
    var tenant = kit().tenant();
    var all = endpoint(tenant, Endpoint.Wishes.USUAL);
    endpoint(tenant, only(TASK_FAILED));
    endpoint(kit().tenant(), Endpoint.Wishes.USUAL);
    var task = end(tenant);

    assertThat(kit().deliveries().publish(MANY)).isEqualTo(new Published(1, 1));
    assertThat(kit().deliveries().publish(MANY)).isEqualTo(new Published(0, 0));

    var delivery = deliveries(tenant).getFirst();
    assertThat(delivery.endpoint()).isEqualTo(all.id());
    assertThat(delivery.happening().message()).isEqualTo(MessageId.of(task));
    assertThat(delivery.happening().at()).isEqualTo(kit().clock().instant());
    assertThat(delivery.url()).isEqualTo(WebhookSamples.HOOK);
    assertThat(delivery.sequence()).isEqualTo(1);
    assertThat(delivery.state()).isEqualTo(new DeliveryState.Pending(kit().clock().instant()));
  }

  @Test
  void batches_are_bounded_and_go_on_where_the_last_one_ended() {
    var tenant = kit().tenant();
    endpoint(tenant, Endpoint.Wishes.USUAL);
    IntStream.range(0, 5).forEach(_ -> end(tenant));

    assertThat(kit().deliveries().publish(3)).isEqualTo(new Published(3, 3));
    assertThat(kit().deliveries().publish(3)).isEqualTo(new Published(2, 2));
    assertThat(deliveries(tenant)).extracting(Delivery::sequence).containsOnly(1L, 2L, 3L, 4L, 5L);
  }

  @Test
  void an_endpoint_is_told_what_comes_after_it() {
    var tenant = kit().tenant();
    end(tenant);
    endpoint(tenant, Endpoint.Wishes.USUAL);

    kit().deliveries().publish(MANY);

    assertThat(deliveries(tenant)).isEmpty();
  }

  @Test
  void a_disabled_endpoint_is_told_nothing_and_later_what_comes_after_it_is_enabled() {
    var tenant = kit().tenant();
    var endpoint = endpoint(tenant, Endpoint.Wishes.USUAL);
    disable(endpoint);
    end(tenant);
    kit().deliveries().publish(MANY);
    kit().endpoints().update(tenant, endpoint.id(), Endpoint::enabled);
    var heard = end(tenant);

    kit().deliveries().publish(MANY);

    assertThat(deliveries(tenant))
        .extracting(d -> d.happening().message())
        .containsExactly(MessageId.of(heard));
  }

  @Test
  void the_address_of_a_request_is_told_whatever_endpoints_there_are() {
    var tenant = kit().tenant();
    kit().end(tenant, TASK_FAILED, Optional.of(CALLBACK));

    assertThat(kit().deliveries().publish(MANY)).isEqualTo(new Published(1, 1));

    var perRequest = kit().endpoints().perRequest(tenant);
    var parcel = claim(kit().node()).getFirst();
    assertThat(parcel.delivery().url()).isEqualTo(CALLBACK);
    assertThat(parcel.endpoint()).isEqualTo(perRequest);
    assertThat(parcel.secrets()).hasSize(1);
    assertThat(kit().endpoints().list(Optional.of(tenant))).containsExactly(perRequest);
  }

  @Test
  void many_publishers_at_once_make_each_delivery_once_and_number_them_without_a_gap() {
    var tenant = kit().tenant();
    endpoint(tenant, Endpoint.Wishes.USUAL);
    IntStream.range(0, MANY).forEach(_ -> end(tenant));

    Crowd.run(
        4,
        _ ->
            () ->
                IntStream.range(0, 30).map(_ -> kit().deliveries().publish(7).deliveries()).sum());
    while (kit().deliveries().publish(MANY).events() > 0) {
      // What nobody got to.
    }

    assertThat(deliveries(tenant))
        .extracting(Delivery::sequence)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.rangeClosed(1, MANY).mapToObj(Long::valueOf).toList());
    assertThat(deliveries(tenant)).extracting(d -> d.happening().message()).doesNotHaveDuplicates();
  }

  // Claiming and concluding

  @Test
  void what_a_living_node_holds_nobody_else_gets() {
    var tenant = delivery();
    var one = kit().node();
    var other = kit().node();

    var parcel = claim(one).getFirst();

    assertThat(claim(other)).isEmpty();
    assertThat(claim(one, Set.of(parcel.delivery().id()))).isEmpty();
    kit().die(one);
    assertThat(claim(other)).extracting(Parcel::delivery).containsExactly(parcel.delivery());
    assertThat(conclude(one, parcel, 200)).isFalse();
    assertThat(deliveries(tenant).getFirst().state()).isInstanceOf(DeliveryState.Pending.class);
  }

  @Test
  void what_a_node_was_given_and_does_not_know_of_it_is_given_again() {
    delivery();
    var node = kit().node();
    claim(node);

    assertThat(claim(node, Set.of())).hasSize(1);
  }

  @Test
  void many_claims_at_once_give_each_delivery_to_one() {
    var tenant = kit().tenant();
    endpoint(tenant, Endpoint.Wishes.USUAL);
    IntStream.range(0, MANY).forEach(_ -> end(tenant));
    kit().deliveries().publish(MANY);
    var nodes = IntStream.range(0, 4).mapToObj(_ -> kit().node()).toList();

    var taken = Crowd.run(4, n -> () -> claimAll(nodes.get(n)));

    assertThat(taken.stream().flatMap(List::stream)).hasSize(MANY).doesNotHaveDuplicates();
  }

  @Test
  void a_long_queue_hides_no_other_and_lanes_can_be_chosen() {
    var tenant = kit().tenant();
    endpoint(tenant, Endpoint.Wishes.USUAL);
    endpoint(tenant, only(TASK_CANCELED));
    IntStream.range(0, 20).forEach(_ -> end(tenant));
    kit().end(tenant, TASK_CANCELED, Optional.empty());
    kit().deliveries().publish(MANY);
    var node = kit().node();

    var few = kit().deliveries().claim(claimOf(node, Set.of(), allBut(), 3));

    var byLane = few.stream().map(parcel -> parcel.delivery().lane()).toList();
    assertThat(byLane).hasSize(4);
    assertThat(byLane.stream().distinct()).hasSize(2);
    var held = Set.copyOf(few.stream().map(parcel -> parcel.delivery().id()).toList());
    var long20 = byLane.stream().filter(l -> byLane.indexOf(l) != byLane.lastIndexOf(l)).findAny();
    var rest = kit().deliveries().claim(claimOf(node, held, new Lanes.Only(Set.copyOf(byLane)), 5));
    assertThat(rest).extracting(p -> p.delivery().lane()).containsOnly(long20.orElseThrow());
    assertThat(rest).hasSize(5);
    var none = new Lanes.AllBut(Set.copyOf(byLane));
    assertThat(kit().deliveries().claim(claimOf(node, Set.of(), none, 5))).isEmpty();
  }

  @Test
  void what_is_not_due_is_left_until_it_is() {
    var tenant = delivery();
    var node = kit().node();
    var parcel = claim(node).getFirst();

    assertThat(conclude(node, parcel, 500)).isTrue();

    assertThat(claim(node)).isEmpty();
    kit().clock().move(Duration.ofSeconds(7));
    var again = claim(node).getFirst();
    assertThat(again.delivery().attempts()).isEqualTo(1);
    assertThat(again.endpoint().health().failingDays()).isEqualTo(1);
    assertThat(conclude(node, again, 200)).isTrue();
    var delivered = deliveries(tenant).getFirst();
    assertThat(delivered.state()).isEqualTo(new DeliveryState.Delivered(kit().clock().instant()));
    assertThat(kit().endpoints().find(again.endpoint().id()).orElseThrow().health().failingDays())
        .isZero();
    assertThat(kit().deliveries().attempts(delivered.id()))
        .extracting(attempt -> attempt.number() + " " + attempt.outcome())
        .containsExactly("1 " + WebhookSamples.answered(500), "2 " + WebhookSamples.answered(200));
  }

  @Test
  void every_kind_of_outcome_is_read_back_as_it_was_written() {
    var tenant = delivery();
    var node = kit().node();
    var outcomes =
        List.of(
            new Outcome.Answered(503, "busy \0 忙", Optional.of(Duration.ofSeconds(9))),
            new Outcome.Silence("no answer came in time"),
            new Outcome.Refused("not on the public internet"));
    for (var outcome : outcomes) {
      var parcel = claim(node).getFirst();
      assertThat(conclude(node, parcel, outcome)).isTrue();
      kit().clock().move(Duration.ofHours(1));
    }

    var kept = kit().deliveries().attempts(deliveries(tenant).getFirst().id());

    assertThat(kept).extracting(a -> a.outcome()).element(1).isEqualTo(outcomes.get(1));
    assertThat(kept).extracting(a -> a.outcome()).element(2).isEqualTo(outcomes.get(2));
    assertThat(kept.getFirst().outcome())
        .isInstanceOfSatisfying(
            Outcome.Answered.class,
            answer -> {
              assertThat(answer.text()).startsWith("busy").endsWith("忙");
              assertThat(answer.retryAfter()).contains(Duration.ofSeconds(9));
            });
  }

  @Test
  void a_410_disables_the_endpoint_gives_up_what_waits_and_tells_the_others() {
    var tenant = kit().tenant();
    var gone = endpoint(tenant, only(TASK_SUCCEEDED));
    var other = endpoint(tenant, only(ENDPOINT_DISABLED));
    end(tenant);
    end(tenant);
    kit().deliveries().publish(MANY);
    var node = kit().node();
    var parcel = kit().deliveries().claim(claimOf(node, Set.of(), allBut(), 1)).getFirst();

    assertThat(conclude(node, parcel, 410)).isTrue();

    var disabled = kit().endpoints().find(gone.id()).flatMap(Endpoint::disabled).orElseThrow();
    assertThat(disabled.reason()).isEqualTo(Endpoint.Reason.GONE);
    assertThat(whys(tenant))
        .containsExactlyInAnyOrder(DeliveryState.Why.GONE, DeliveryState.Why.ENDPOINT_DISABLED);
    var told = claim(node).getFirst();
    assertThat(told.endpoint().id()).isEqualTo(other.id());
    assertThat(told.delivery().happening().type()).isEqualTo(ENDPOINT_DISABLED);
    assertThat(told.delivery().happening().subject())
        .isEqualTo(new Delivery.Subject.OfEndpoint(gone.id()));
  }

  @Test
  void a_task_that_was_deleted_ends_its_delivery_without_an_attempt() {
    var tenant = delivery();
    var node = kit().node();
    var parcel = claim(node).getFirst();
    var conclusion = DeliveryRules.taskDeleted(parcel.delivery(), kit().clock().instant());

    assertThat(kit().deliveries().conclude(node, parcel, conclusion)).isTrue();

    assertThat(whys(tenant)).containsExactly(DeliveryState.Why.TASK_DELETED);
    assertThat(kit().deliveries().attempts(parcel.delivery().id())).isEmpty();
  }

  // Replays and tests

  @Test
  void one_delivery_is_sent_again_even_if_it_was_delivered() {
    var tenant = delivery();
    var node = kit().node();
    var parcel = claim(node).getFirst();
    conclude(node, parcel, 200);

    var replay = kit().deliveries().replay(tenant, parcel.delivery().id());

    assertThat(replay).isInstanceOf(Deliveries.Replay.Again.class);
    var again = claim(node).getFirst().delivery();
    assertThat(again.happening()).isEqualTo(parcel.delivery().happening());
    assertThat(again.step()).isZero();
    assertThat(again.attempts()).isEqualTo(1);
    assertThat(again.sequence()).isEqualTo(parcel.delivery().sequence());
  }

  @Test
  void a_range_brings_back_what_was_given_up_and_what_was_never_made() {
    var tenant = kit().tenant();
    var endpoint = endpoint(tenant, Endpoint.Wishes.USUAL);
    var begin = kit().clock().instant();
    end(tenant);
    kit().deliveries().publish(MANY);
    disable(endpoint);
    kit().clock().move(Duration.ofHours(1));
    end(tenant);
    kit().deliveries().publish(MANY);
    var until = kit().clock().instant().plusSeconds(1);
    kit().clock().move(Duration.ofHours(1));
    var range = new Deliveries.Range(begin, until);
    assertThat(kit().deliveries().replay(tenant, endpoint.id(), range))
        .isEqualTo(new RangeReplay.Disabled());
    kit().endpoints().update(tenant, endpoint.id(), Endpoint::enabled);

    assertThat(kit().deliveries().replay(tenant, endpoint.id(), range))
        .isEqualTo(new RangeReplay.Done(1, 1));
    assertThat(kit().deliveries().replay(tenant, endpoint.id(), range))
        .isEqualTo(new RangeReplay.Done(0, 0));

    assertThat(claim(kit().node())).hasSize(2);
    assertThat(deliveries(tenant)).extracting(Delivery::sequence).containsOnly(1L, 2L);
  }

  @Test
  void what_is_too_much_for_one_call_is_taken_by_the_next() {
    var tenant = kit().tenant();
    var begin = kit().clock().instant();
    IntStream.rangeClosed(0, Deliveries.Range.MAX).forEach(_ -> end(tenant));
    var endpoint = endpoint(tenant, Endpoint.Wishes.USUAL);
    var range = new Deliveries.Range(begin, begin.plusSeconds(1));

    var first = new RangeReplay.Done(0, Deliveries.Range.MAX);
    assertThat(kit().deliveries().replay(tenant, endpoint.id(), range)).isEqualTo(first);
    var second = new RangeReplay.Done(0, 1);
    assertThat(kit().deliveries().replay(tenant, endpoint.id(), range)).isEqualTo(second);

    assertThat(first.mayHaveMore()).isTrue();
    assertThat(second.mayHaveMore()).isFalse();
    assertThat(Deliveries.Range.MAX).as("an endpoint is held meanwhile").isLessThanOrEqualTo(500);
  }

  @Test
  void a_test_goes_to_the_endpoint_that_was_asked_for() {
    var tenant = kit().tenant();
    var endpoint = endpoint(tenant, only(TASK_FAILED));

    var made = kit().deliveries().test(tenant, endpoint.id());

    assertThat(made).isInstanceOf(Deliveries.Testing.Made.class);
    var parcel = claim(kit().node()).getFirst();
    assertThat(parcel.delivery().happening().type()).isEqualTo(WEBHOOK_TEST);
    assertThat(parcel.endpoint().id()).isEqualTo(endpoint.id());
    disable(endpoint);
    assertThat(kit().deliveries().test(tenant, endpoint.id()))
        .isEqualTo(new Deliveries.Testing.Disabled());
  }
}
