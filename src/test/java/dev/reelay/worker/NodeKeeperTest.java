package dev.reelay.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.reelay.access.KeyId;
import dev.reelay.access.TenantId;
import dev.reelay.money.Money;
import dev.reelay.task.AdvanceTask;
import dev.reelay.task.Task;
import dev.reelay.task.TaskEvent;
import dev.reelay.task.TaskStore;
import dev.reelay.testkit.InMemoryTaskStore;
import dev.reelay.testkit.ManualClock;
import dev.reelay.testkit.TaskSamples;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class NodeKeeperTest {
  private static final TaskEvent FACT = new TaskEvent.Accepted(1, "their-1");

  private final ManualClock clock = new ManualClock();
  private final InMemoryTaskStore store = new InMemoryTaskStore(clock);
  private final TenantId tenant = store.addTenant(Money.parse("10000"));
  private final KeyId key = store.addKey(tenant, Optional.empty());
  private final Schedule schedule = new Schedule(clock, () -> {});
  private final NodeKeeper keeper = keeper("node-a", schedule);
  private final Schedule otherSchedule = new Schedule(clock, () -> {});
  private final NodeKeeper other = keeper("node-b", otherSchedule);

  @Test
  void a_node_works_from_its_registration_on() {
    assertThat(keeper.mayWork()).isFalse();

    keeper.begin();

    assertThat(keeper.mayWork()).isTrue();
    assertThat(keeper.custody().node()).isEqualTo("node-a");
  }

  @Test
  void a_node_that_cannot_renew_stops_before_its_tasks_are_given_away() {
    keeper.begin();
    other.begin();
    create(1, keeper.custody());
    other.runOnce();

    clock.move(NodeKeeper.LEASE.minus(NodeKeeper.SAFETY).minusMillis(1));
    assertThat(keeper.mayWork()).isTrue();
    clock.move(Duration.ofMillis(1));
    assertThat(keeper.mayWork()).isFalse();
    other.runOnce();

    assertThat(otherSchedule.size()).isZero();
  }

  @Test
  void a_renewed_lease_goes_on_under_the_same_fence() {
    keeper.begin();
    var before = keeper.custody();

    for (var i = 0; i < 20; i++) {
      clock.move(NodeKeeper.SWEEP_EVERY);
      keeper.runOnce();
    }

    assertThat(keeper.mayWork()).isTrue();
    assertThat(keeper.custody()).isEqualTo(before);
  }

  @Test
  void a_node_that_lost_its_lease_begins_anew_with_its_tasks_and_its_unsaved_facts() {
    keeper.begin();
    var before = keeper.custody();
    var idle = create(1, before);
    var withFact = create(2, before);
    schedule.takeDue(2);
    schedule.giveBack(idle.id(), Next.at(clock.instant().plusSeconds(600)));
    schedule.giveBack(withFact.id(), Next.unsaved(clock.instant(), FACT));

    clock.move(NodeKeeper.LEASE.plusSeconds(10));
    keeper.runOnce();

    assertThat(keeper.custody().fence()).isGreaterThan(before.fence());
    assertThat(keeper.mayWork()).isTrue();
    assertThat(schedule.takeDue(10))
        .extracting(work -> work.task().custody(), Schedule.Work::pendingFact)
        .containsExactlyInAnyOrder(
            tuple(keeper.custody(), Optional.empty()), tuple(keeper.custody(), Optional.of(FACT)));
  }

  @Test
  void the_orphans_of_a_dead_node_are_taken_once() {
    keeper.begin();
    create(1, keeper.custody());
    clock.move(Duration.ofSeconds(5));
    other.begin();
    assertThat(otherSchedule.size()).isZero();

    clock.move(NodeKeeper.LEASE);
    other.runOnce();
    var third = new Schedule(clock, () -> {});
    keeper("node-c", third).begin();

    assertThat(otherSchedule.size()).isEqualTo(1);
    assertThat(third.size()).isZero();
  }

  @Test
  void a_restarted_node_takes_its_own_tasks_back_at_once() {
    keeper.begin();
    create(1, keeper.custody());
    var reborn = new Schedule(clock, () -> {});

    keeper("node-a", reborn).begin();

    assertThat(reborn.size()).isEqualTo(1);
  }

  @Test
  void a_node_keeps_its_lease_while_it_takes_more_than_fits_into_one() {
    keeper.begin();
    var before = keeper.custody();
    for (var i = 0; i < 4 * NodeKeeper.ORPHANS_MAX; i++) {
      create(i, before);
    }
    var rebornSchedule = new Schedule(clock, () -> {});
    var reborn = keeper("node-a", rebornSchedule);
    reborn.begin();
    var fence = reborn.custody().fence();
    assertThat(rebornSchedule.size()).isEqualTo(NodeKeeper.ORPHANS_MAX);

    for (var i = 0; i < 3; i++) {
      clock.move(NodeKeeper.RENEW_EVERY);
      assertThat(reborn.runOnce()).isZero();
    }

    assertThat(rebornSchedule.size()).isEqualTo(4 * NodeKeeper.ORPHANS_MAX);
    assertThat(reborn.mayWork()).isTrue();
    assertThat(reborn.custody().fence()).isEqualTo(fence);
    assertThat(reborn.runOnce()).isEqualTo(NodeKeeper.SWEEP_EVERY);
  }

  @Test
  void a_task_whose_create_was_committed_but_never_answered_is_found() {
    keeper.begin();
    var lost = draft(1, keeper.custody());
    store.create(new TaskStore.NewTask(lost, OptionalInt.empty(), Optional.empty()));

    clock.move(NodeKeeper.AUDIT_EVERY);
    keeper.runOnce();

    assertThat(schedule.holds(lost.id())).isTrue();
  }

  @Test
  void what_another_process_changed_is_found() {
    keeper.begin();
    var held = create(1, keeper.custody());
    new AdvanceTask(store, otherSchedule, clock)
        .apply(held.id(), new TaskEvent.CancelRequested("the operator"));

    clock.move(NodeKeeper.AUDIT_EVERY);
    keeper.runOnce();

    assertThat(schedule.size()).isZero();
  }

  @Test
  void a_draining_node_begins_nothing_and_keeps_its_lease_until_it_ends() {
    keeper.begin();
    other.begin();
    create(1, keeper.custody());
    keeper.drain();

    assertThat(keeper.mayWork()).isFalse();
    for (var i = 0; i < 20; i++) {
      clock.move(NodeKeeper.SWEEP_EVERY);
      keeper.runOnce();
      other.runOnce();
    }
    assertThat(otherSchedule.size()).isZero();

    keeper.end();
    other.runOnce();
    assertThat(otherSchedule.size()).isEqualTo(1);
  }

  @Test
  void a_clock_set_back_renews_the_lease_at_once() {
    keeper.begin();
    clock.move(Duration.ofSeconds(1));
    var before = keeper.custody();
    var wallClock = new ManualClock();
    var jumping =
        new NodeKeeper("node-j", store, store, new Schedule(wallClock, () -> {}), wallClock);
    jumping.begin();
    wallClock.move(Duration.ofHours(-1));

    for (var i = 0; i < 12; i++) {
      clock.move(NodeKeeper.SWEEP_EVERY);
      wallClock.move(NodeKeeper.SWEEP_EVERY);
      jumping.runOnce();
    }

    assertThat(store.othersAlive(before.fence())).isEqualTo(1);
  }

  @Test
  void company_is_noticed() {
    keeper.begin();
    assertThat(keeper.hasCompany()).isFalse();
    other.begin();
    clock.move(NodeKeeper.RENEW_EVERY);

    keeper.runOnce();

    assertThat(keeper.hasCompany()).isTrue();
  }

  private NodeKeeper keeper(String name, Schedule own) {
    return new NodeKeeper(name, store, store, own, clock);
  }

  private Task draft(int n, Task.Custody custody) {
    var sample =
        TaskSamples.queued(
            TaskSamples.taskId(n), tenant, key, TaskSamples.holdPerVideo(Money.parse("0.50")));
    return Task.create(sample.id(), sample.accepted(), custody);
  }

  private Task create(int n, Task.Custody custody) {
    var task = draft(n, custody);
    store.create(new TaskStore.NewTask(task, OptionalInt.empty(), Optional.empty()));
    schedule.committed(task);
    return task;
  }
}
