package dev.reelay.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.access.KeyId;
import dev.reelay.access.TenantId;
import dev.reelay.money.Money;
import dev.reelay.routing.ChannelId;
import dev.reelay.store.DiskJournal;
import dev.reelay.task.AdvanceTask;
import dev.reelay.task.Journal;
import dev.reelay.task.ReplayJournal;
import dev.reelay.task.Task;
import dev.reelay.task.TaskListener;
import dev.reelay.task.TaskState;
import dev.reelay.task.TaskStore;
import dev.reelay.testkit.InMemoryTaskStore;
import dev.reelay.testkit.ManualClock;
import dev.reelay.testkit.TaskDriver;
import dev.reelay.testkit.TaskSamples;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Accepted while the database was away, then killed: the id comes back from the disk. */
class JournalReplayTest {
  private static final ChannelId CHANNEL = new ChannelId(1);

  private final ManualClock clock = new ManualClock(TaskSamples.NOON);
  private final InMemoryTaskStore store = new InMemoryTaskStore(clock);
  private final AdvanceTask advance = new AdvanceTask(store, new NobodyListens(), clock);
  @TempDir Path folder;

  private static final class NobodyListens implements TaskListener {
    @Override
    public void committed(Task task) {}

    @Override
    public void progressed(Task task) {}
  }

  @Test
  void an_accepted_id_that_the_database_never_heard_of_survives_a_kill() {
    var sending = submitting();
    var killed = DiskJournal.open(folder.resolve("journal"));
    killed.accepted(new Journal.Entry(sending.id(), 1, "their-1"));

    try (var journal = DiskJournal.open(folder.resolve("journal"))) {
      var told = new ReplayJournal(journal, advance).replay();

      assertThat(told).isEqualTo(1);
      assertThat(store.find(sending.id()).map(Task::state))
          .hasValueSatisfying(
              state ->
                  assertThat(state)
                      .isInstanceOfSatisfying(
                          TaskState.Running.class,
                          running -> assertThat(running.job().upstreamId()).isEqualTo("their-1")));
    }
  }

  @Test
  void replaying_what_was_committed_changes_nothing() {
    var running = new TaskDriver(store, clock.instant()).run(queued(), CHANNEL);
    var job = running.state().jobIfAny().orElseThrow();
    var killed = DiskJournal.open(folder.resolve("journal"));
    killed.accepted(new Journal.Entry(running.id(), job.attempt().number(), job.upstreamId()));

    try (var journal = DiskJournal.open(folder.resolve("journal"))) {
      new ReplayJournal(journal, advance).replay();

      assertThat(store.find(running.id())).contains(running);
    }
  }

  private Task submitting() {
    return new TaskDriver(store, clock.instant()).submit(queued(), CHANNEL);
  }

  private Task queued() {
    TenantId tenant = store.addTenant(Money.parse("5"));
    KeyId key = store.addKey(tenant, Optional.empty());
    var hold = TaskSamples.holdPerVideo(Money.parse("1"));
    var task = TaskSamples.queued(TaskSamples.taskId(1), tenant, key, hold);
    store.create(new TaskStore.NewTask(task, OptionalInt.empty(), Optional.empty()));
    return task;
  }
}
