package dev.reelay.testkit;

import static dev.reelay.webhook.EventType.TASK_CANCELED;
import static dev.reelay.webhook.EventType.TASK_FAILED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.webhook.Deliveries;
import dev.reelay.webhook.Deliveries.Query;
import dev.reelay.webhook.Deliveries.RangeReplay;
import dev.reelay.webhook.DeliveryState;
import dev.reelay.webhook.Endpoint;
import dev.reelay.webhook.Endpoints.Addition;
import dev.reelay.webhook.MessageId;
import dev.reelay.webhook.SigningSecret;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the stores promise of endpoints and their secrets, of lists, and of the feed. */
public abstract class EndpointStoreContract extends WebhookStoreSuite {
  @Test
  void what_was_chosen_is_read_back_and_can_be_changed() {
    var tenant = kit().tenant();
    var wishes =
        new Endpoint.Wishes(Endpoint.Format.OPENAI, Set.of(TASK_FAILED, TASK_CANCELED), "给店铺");
    var made = endpoint(tenant, wishes);

    var moved = URI.create("https://elsewhere.example/");
    kit().endpoints().update(tenant, made.id(), found -> found.movedTo(moved));

    var found = kit().endpoints().find(tenant, made.id()).orElseThrow();
    assertThat(found).isEqualTo(made.movedTo(moved));
    assertThat(found.wishes()).isEqualTo(wishes);
  }

  @Test
  void what_waits_for_an_endpoint_that_moved_goes_where_it_is_now() {
    var tenant = kit().tenant();
    var endpoint = endpoint(tenant, Endpoint.Wishes.USUAL);
    end(tenant);
    kit().deliveries().publish(MANY);
    var moved = URI.create("https://elsewhere.example/");

    kit().endpoints().update(tenant, endpoint.id(), found -> found.movedTo(moved));

    assertThat(claim(kit().node()).getFirst().delivery().url()).isEqualTo(moved);
  }

  @Test
  void while_rotating_all_good_secrets_come_newest_first_and_old_ones_end() {
    var tenant = delivery();
    var endpoint = kit().endpoints().list(Optional.of(tenant)).getFirst();
    var node = kit().node();
    var first = claim(node).getFirst().secrets();
    var next = SigningSecret.generate(random);
    var overlapEnds = kit().clock().instant().plus(Duration.ofHours(24));

    assertThat(kit().endpoints().rotate(tenant, endpoint.id(), next, overlapEnds)).isTrue();

    assertThat(claim(node).getFirst().secrets()).containsExactly(next, first.getFirst());
    kit().clock().move(Duration.ofHours(24));
    assertThat(claim(node).getFirst().secrets()).containsExactly(next);
  }

  @Test
  void at_most_three_secrets_are_good_at_once() {
    var tenant = delivery();
    var endpoint = kit().endpoints().list(Optional.of(tenant)).getFirst();
    var ends = kit().clock().instant().plus(Duration.ofHours(24));
    var made = IntStream.range(0, 5).mapToObj(_ -> SigningSecret.generate(random)).toList();

    made.forEach(secret -> kit().endpoints().rotate(tenant, endpoint.id(), secret, ends));

    assertThat(claim(kit().node()).getFirst().secrets())
        .containsExactly(made.get(4), made.get(3), made.get(2));
  }

  @Test
  void a_tenant_has_so_many_endpoints_and_no_more() {
    var tenant = kit().tenant();
    IntStream.range(0, Endpoint.PER_TENANT_MAX)
        .forEach(_ -> endpoint(tenant, Endpoint.Wishes.USUAL));

    assertThat(kit().endpoints().add(newEndpoint(tenant, Endpoint.Wishes.USUAL)))
        .isEqualTo(new Addition.TooMany());
    assertThat(kit().endpoints().add(newEndpoint(kit().tenant(), Endpoint.Wishes.USUAL)))
        .isInstanceOf(Addition.Added.class);
  }

  @Test
  void an_endpoint_goes_with_its_deliveries() {
    var tenant = delivery();
    var endpoint = kit().endpoints().list(Optional.of(tenant)).getFirst();
    var node = kit().node();
    var parcel = claim(node).getFirst();

    assertThat(kit().endpoints().remove(tenant, endpoint.id())).isTrue();

    assertThat(deliveries(tenant)).isEmpty();
    assertThat(conclude(node, parcel, 200)).isFalse();
    assertThat(kit().endpoints().remove(tenant, endpoint.id())).isFalse();
  }

  @Test
  void nothing_of_another_tenant_is_found_changed_or_sent_again() {
    var owner = delivery();
    var endpoint = kit().endpoints().list(Optional.of(owner)).getFirst();
    var delivery = deliveries(owner).getFirst();
    var stranger = kit().tenant();
    var range = new Deliveries.Range(TaskSamples.NOON.minusSeconds(1_000_000), TaskSamples.NOON);
    var secret = SigningSecret.generate(random);

    assertThat(kit().endpoints().find(stranger, endpoint.id())).isEmpty();
    assertThat(kit().endpoints().update(stranger, endpoint.id(), Endpoint::enabled)).isEmpty();
    assertThat(kit().endpoints().remove(stranger, endpoint.id())).isFalse();
    assertThat(kit().endpoints().rotate(stranger, endpoint.id(), secret, TaskSamples.NOON))
        .isFalse();
    assertThat(kit().deliveries().find(stranger, delivery.id())).isEmpty();
    assertThat(kit().deliveries().replay(stranger, delivery.id()))
        .isEqualTo(new Deliveries.Replay.Missing());
    assertThat(kit().deliveries().replay(stranger, endpoint.id(), range))
        .isEqualTo(new RangeReplay.Missing());
    assertThat(kit().deliveries().test(stranger, endpoint.id()))
        .isEqualTo(new Deliveries.Testing.Missing());
    assertThat(deliveries(stranger)).isEmpty();
  }

  @Test
  void deliveries_that_ended_long_ago_are_forgotten_and_no_others() {
    var tenant = kit().tenant();
    endpoint(tenant, Endpoint.Wishes.USUAL);
    end(tenant);
    end(tenant);
    kit().deliveries().publish(MANY);
    var node = kit().node();
    conclude(node, claim(node).getFirst(), 200);
    kit().clock().move(Duration.ofDays(30));

    assertThat(kit().deliveries().forget(kit().clock().instant(), MANY)).isEqualTo(1);

    assertThat(deliveries(tenant)).hasSize(1);
    assertThat(deliveries(tenant).getFirst().state()).isInstanceOf(DeliveryState.Pending.class);
  }

  @Test
  void deliveries_are_listed_in_pages_and_by_what_is_asked_for() {
    var tenant = kit().tenant();
    var endpoint = endpoint(tenant, Endpoint.Wishes.USUAL);
    endpoint(tenant, Endpoint.Wishes.USUAL);
    IntStream.range(0, 3).forEach(_ -> end(tenant));
    kit().deliveries().publish(MANY);

    var first =
        kit()
            .deliveries()
            .list(
                new Query(
                    tenant, Optional.of(endpoint.id()), Optional.empty(), Optional.empty(), 2));
    var second =
        kit()
            .deliveries()
            .list(
                new Query(
                    tenant,
                    Optional.of(endpoint.id()),
                    Optional.of(DeliveryState.Name.PENDING),
                    Optional.of(first.getLast().id()),
                    2));

    assertThat(first).hasSize(2);
    assertThat(second).hasSize(1).doesNotContainAnyElementsOf(first);
    assertThat(
            kit()
                .deliveries()
                .list(
                    new Query(
                        tenant,
                        Optional.empty(),
                        Optional.of(DeliveryState.Name.FAILED),
                        Optional.empty(),
                        2)))
        .isEmpty();
  }

  // The feed

  @Test
  void the_feed_gives_a_tenant_its_events_in_order_from_any_of_them() {
    var tenant = kit().tenant();
    assertThat(kit().feed().latest(tenant)).isEmpty();
    var tasks = IntStream.range(0, 5).mapToObj(_ -> end(tenant)).toList();
    var foreign = end(kit().tenant());

    var firstPage = kit().feed().after(tenant, Optional.empty(), 3).orElseThrow();
    var rest =
        kit().feed().after(tenant, Optional.of(firstPage.getLast().message()), 3).orElseThrow();

    assertThat(firstPage)
        .extracting(h -> h.message())
        .containsExactlyElementsOf(tasks.subList(0, 3).stream().map(MessageId::of).toList());
    assertThat(rest)
        .extracting(h -> h.message())
        .containsExactlyElementsOf(tasks.subList(3, 5).stream().map(MessageId::of).toList());
    assertThat(kit().feed().latest(tenant)).contains(MessageId.of(tasks.getLast()));
    assertThat(kit().feed().after(tenant, Optional.of(MessageId.of(foreign)), 3)).isEmpty();
  }
}
