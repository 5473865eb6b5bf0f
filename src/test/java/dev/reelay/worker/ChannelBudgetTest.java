package dev.reelay.worker;

import static dev.reelay.worker.DispatcherKit.catalogue;
import static dev.reelay.worker.DispatcherKit.channel;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.access.TenantId;
import dev.reelay.money.Money;
import dev.reelay.routing.Channel;
import dev.reelay.routing.ChannelId;
import dev.reelay.routing.CredentialId;
import dev.reelay.task.Parent;
import dev.reelay.task.TaskEvent;
import dev.reelay.task.TaskState.Name;
import dev.reelay.task.VideoRequest;
import dev.reelay.testkit.TaskSamples;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** How tasks wait for what their channels' credentials may be asked for. */
class ChannelBudgetTest {
  private static final Channel.Limits TEN_CREATES = creates(10);

  private final DispatcherKit kit = new DispatcherKit();

  @Test
  void tasks_go_past_a_channel_that_is_gone_but_for_one_a_second_that_tries_it() {
    var gone = channel(1, Channel.Limits.DEFAULT, 1);
    kit.catalogue = () -> catalogue(gone, channel(2, Channel.Limits.DEFAULT, 1));
    var creates = kit.budgets.of(gone, gone.credentials().getFirst()).creates();
    for (var call = 0; call < 3; call++) {
      creates.unanswered();
    }
    var dispatcher = kit.dispatcher(Runnable::run);
    for (var n = 1; n <= 20; n++) {
      kit.create(n);
    }

    kit.round(dispatcher);

    assertThat(kit.sent).hasSize(20);
    assertThat(kit.sent).filteredOn(sent -> sent.channel().equals(gone.id())).hasSize(1);
  }

  @Test
  void a_channel_is_polled_no_more_often_than_it_allows() {
    kit.catalogue = () -> catalogue(channel(1, new Channel.Limits(64, 30), 1));
    var dispatcher = kit.dispatcher(Runnable::run);
    createAll(1, 50, kit.tenant);

    kit.pass(dispatcher, Duration.ofMinutes(10));

    assertThat(kit.polls.get()).isBetween(290, 305);
  }

  @Test
  void a_task_without_create_budget_waits_and_that_is_no_attempt() {
    kit.catalogue = () -> catalogue(channel(1, TEN_CREATES, 1));
    var dispatcher = kit.dispatcher(Runnable::run);
    var first = kit.create(1);
    var second = kit.create(2);

    kit.pass(dispatcher, Duration.ofSeconds(4));
    assertThat(kit.state(first)).isEqualTo(Name.RUNNING);
    assertThat(kit.state(second)).isEqualTo(Name.QUEUED);
    assertThat(kit.store.attempts(second.id())).isEmpty();
    kit.pass(dispatcher, Duration.ofSeconds(2));

    assertThat(kit.state(second)).isEqualTo(Name.RUNNING);
    assertThat(kit.store.attempts(second.id())).hasSize(1);
  }

  @Test
  void many_waiting_tasks_make_no_busy_loop() {
    kit.catalogue = () -> catalogue(channel(1, TEN_CREATES, 1));
    var dispatcher = kit.dispatcher(Runnable::run);
    createAll(1, 2_000, kit.tenant);
    kit.round(dispatcher);
    kit.rounds = 0;

    kit.pass(dispatcher, Duration.ofMinutes(5));

    assertThat(kit.sent).hasSize(51);
    assertThat(kit.rounds).as("rounds in 301 seconds").isLessThan(400);
  }

  @Test
  void work_is_spread_over_all_credentials_that_have_room() {
    kit.catalogue = () -> catalogue(channel(1, TEN_CREATES, 3));
    var dispatcher = kit.dispatcher(Runnable::run);
    createAll(1, 200, kit.tenant);

    kit.pass(dispatcher, Duration.ofMinutes(2));

    for (var credential : List.of(10L, 11L, 12L)) {
      assertThat(sentBy(credential)).as("by credential " + credential).isBetween(20L, 21L);
    }
  }

  @Test
  void a_remix_waits_for_its_own_credential_and_keeps_nobody_else_waiting() {
    var channel = channel(1, creates(60), 2);
    kit.catalogue = () -> catalogue(channel);
    var dispatcher = kit.dispatcher(Runnable::run);
    kit.budgets.of(channel, new CredentialId(11)).creates().pause(Duration.ofSeconds(30));
    var remix = kit.create(1, kit.tenant, remixOf(new CredentialId(11)));
    createAll(2, 10, kit.tenant);

    kit.pass(dispatcher, Duration.ofSeconds(15));
    assertThat(kit.state(remix)).isEqualTo(Name.QUEUED);
    assertThat(sentBy(10)).isEqualTo(10);
    assertThat(kit.rounds).isLessThan(40);
    kit.pass(dispatcher, Duration.ofSeconds(20));

    assertThat(kit.state(remix)).isEqualTo(Name.RUNNING);
    assertThat(sentBy(11)).isEqualTo(1);
  }

  private static VideoRequest remixOf(CredentialId credential) {
    var like = TaskSamples.request();
    var parent =
        new Parent(TaskSamples.taskId(999), like.served(), new ChannelId(1), credential, "up_1");
    return new VideoRequest(
        like.form(),
        like.served(),
        like.prompt(),
        like.shape(),
        like.images(),
        like.options(),
        new VideoRequest.Extras(
            Optional.empty(), Map.of(), Optional.empty(), Optional.of(parent), List.of()));
  }

  @Test
  void another_channel_takes_at_once_what_finds_no_room_at_the_first() {
    kit.catalogue = () -> catalogue(channel(1, TEN_CREATES, 1), channel(2, TEN_CREATES, 1));
    var dispatcher = kit.dispatcher(Runnable::run);
    var tasks = List.of(kit.create(1), kit.create(2));

    kit.round(dispatcher);

    assertThat(tasks).allMatch(task -> kit.state(task) == Name.RUNNING);
    assertThat(kit.sent)
        .extracting(attempt -> attempt.channel().value())
        .containsExactlyInAnyOrder(1L, 2L);
  }

  @Test
  void a_tenant_with_thousands_of_tasks_keeps_no_other_waiting() {
    kit.catalogue = () -> catalogue(channel(1, TEN_CREATES, 1));
    var dispatcher = kit.dispatcher(Runnable::run);
    createAll(1, 1_000, kit.tenant);
    kit.round(dispatcher);
    var small = kit.store.addTenant(Money.parse("100"));
    createAll(2_001, 3, small);

    kit.pass(dispatcher, Duration.ofSeconds(42));

    assertThat(Collections.frequency(kit.sentFor, small)).isEqualTo(3);
    assertThat(Collections.frequency(kit.sentFor, kit.tenant)).isBetween(4, 5);
  }

  @Test
  void a_tenants_own_tasks_keep_their_order() {
    kit.catalogue = () -> catalogue(channel(1, creates(60), 1));
    var dispatcher = kit.dispatcher(Runnable::run);
    createAll(1, 20, kit.tenant);

    kit.pass(dispatcher, Duration.ofSeconds(30));

    var begun =
        kit.store.all().stream()
            .sorted((a, b) -> a.id().value().compareTo(b.id().value()))
            .map(task -> kit.store.attempts(task.id()).getFirst().attempt().startedAt())
            .toList();
    assertThat(begun).hasSize(20).isSorted();
  }

  @Test
  void a_task_that_is_canceled_while_it_waits_takes_no_budget() {
    kit.catalogue = () -> catalogue(channel(1, TEN_CREATES, 1));
    var dispatcher = kit.dispatcher(Runnable::run);
    kit.create(1);
    var canceled = kit.create(2);
    var third = kit.create(3);
    kit.round(dispatcher);

    kit.advance(canceled.id(), new TaskEvent.CancelRequested("the caller"));
    kit.pass(dispatcher, Duration.ofSeconds(6));

    assertThat(kit.state(canceled)).isEqualTo(Name.CANCELED);
    assertThat(kit.state(third)).isEqualTo(Name.RUNNING);
  }

  @Test
  void a_waiting_task_ends_at_its_deadline() {
    kit.catalogue = () -> catalogue(channel(1, creates(1), 1));
    var dispatcher = kit.dispatcher(Runnable::run);
    createAll(1, 70, kit.tenant);

    kit.pass(dispatcher, Duration.ofMinutes(61));

    assertThat(kit.store.all()).noneMatch(task -> task.state().kind() == Name.QUEUED);
    assertThat(kit.sent).hasSizeBetween(60, 62);
  }

  @Test
  void a_credential_that_was_told_to_pause_gets_no_create_and_the_others_go_on() {
    var channel = channel(1, Channel.Limits.DEFAULT, 2);
    kit.catalogue = () -> catalogue(channel);
    var dispatcher = kit.dispatcher(Runnable::run);
    kit.budgets.of(channel, new CredentialId(10)).creates().pause(Duration.ofSeconds(30));
    createAll(1, 20, kit.tenant);

    kit.round(dispatcher);
    assertThat(sentBy(11)).isEqualTo(20);
    kit.pass(dispatcher, Duration.ofSeconds(30));
    createAll(101, 20, kit.tenant);
    kit.round(dispatcher);

    assertThat(sentBy(10)).isPositive();
  }

  @Test
  void limits_that_are_changed_count_at_once_for_tasks_that_wait() {
    kit.catalogue = () -> catalogue(channel(1, creates(1), 1));
    var dispatcher = kit.dispatcher(Runnable::run);
    createAll(1, 50, kit.tenant);
    kit.pass(dispatcher, Duration.ofSeconds(5));
    assertThat(kit.sent).hasSize(1);

    kit.catalogue = () -> catalogue(channel(1, Channel.Limits.DEFAULT, 1));
    kit.pass(dispatcher, Duration.ofSeconds(1));

    assertThat(kit.sent).hasSize(50);
  }

  private void createAll(int first, int count, TenantId owner) {
    for (var n = first; n < first + count; n++) {
      kit.create(n, owner);
    }
  }

  private long sentBy(long credential) {
    return kit.sent.stream().filter(a -> a.credential().value() == credential).count();
  }

  private static Channel.Limits creates(int perMinute) {
    return new Channel.Limits(64, OptionalInt.of(perMinute), 6_000);
  }
}
