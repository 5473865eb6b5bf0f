package dev.reelay.worker;

import static dev.reelay.worker.DispatcherKit.catalogue;
import static dev.reelay.worker.DispatcherKit.channel;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.routing.Channel;
import dev.reelay.routing.ModelName;
import dev.reelay.task.Admission;
import dev.reelay.task.Task;
import dev.reelay.task.TaskEvent;
import dev.reelay.testkit.ManualClock;
import dev.reelay.testkit.TaskSamples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Which tasks count as waiting, and when there is likely to be room again. */
class BacklogTest {
  private static final ModelName MODEL = TaskSamples.request().served();
  private static final ModelName OTHER = new ModelName("another-model");

  private final DispatcherKit kit = new DispatcherKit();

  @Test
  void a_full_backlog_is_full_for_its_model_first_and_then_for_all() {
    kit.dispatcher(Runnable::run);
    createAll(3);

    assertThat(kit.schedule.admission(100, 4).full(MODEL)).isEmpty();
    assertThat(kit.schedule.admission(100, 3).full(MODEL))
        .contains(new Admission.Full(3, true, Backlog.Drain.COME_BACK_MAX));
    assertThat(kit.schedule.admission(100, 3).full(OTHER)).isEmpty();
    assertThat(kit.schedule.admission(3, 3).full(OTHER))
        .contains(new Admission.Full(3, false, Backlog.Drain.COME_BACK_MAX));
  }

  @Test
  void a_task_that_is_sent_canceled_or_held_by_another_waits_no_longer() {
    var dispatcher = kit.dispatcher(Runnable::run);
    kit.catalogue = () -> catalogue(channel(1, creates(1), 1));
    var tasks = createAll(4);
    kit.round(dispatcher);
    assertThat(waiting()).isEqualTo(3);

    kit.advance(tasks.get(1).id(), new TaskEvent.CancelRequested("the caller"));
    kit.schedule.committed(tasks.get(2).takenBy(new Task.Custody("node-b", 99)));
    assertThat(waiting()).isEqualTo(1);

    kit.schedule.begin(1_000);
    assertThat(waiting()).isZero();
  }

  @Test
  void the_time_to_come_back_follows_from_how_fast_tasks_leave() {
    var dispatcher = kit.dispatcher(Runnable::run);
    kit.catalogue = () -> catalogue(channel(1, creates(60), 1));
    createAll(400);

    kit.pass(dispatcher, Duration.ofMinutes(2));

    var full = kit.schedule.admission(200, 200).full(MODEL).orElseThrow();
    assertThat(full.comeBack())
        .as("a twentieth of 200 at one a second")
        .isBetween(Duration.ofSeconds(9), Duration.ofSeconds(11));
  }

  @Test
  void nothing_that_left_long_ago_is_believed() {
    var clock = new ManualClock();
    var drain = new Backlog.Drain(clock);
    drain.left();
    assertThat(drain.untilRoom(20)).isLessThanOrEqualTo(Backlog.Drain.COME_BACK_MAX);

    clock.move(Backlog.Drain.WINDOW.multipliedBy(2));

    assertThat(drain.untilRoom(1)).isEqualTo(Backlog.Drain.COME_BACK_MAX);
  }

  /** The smallest limit that is not reached yet is one more than what waits. */
  private int waiting() {
    var limit = 1;
    while (kit.schedule.admission(limit, limit).full(MODEL).isPresent()) {
      limit++;
    }
    return limit - 1;
  }

  private List<Task> createAll(int count) {
    var tasks = new ArrayList<Task>();
    for (var n = 1; n <= count; n++) {
      tasks.add(kit.create(n));
    }
    return tasks;
  }

  private static Channel.Limits creates(int perMinute) {
    return new Channel.Limits(64, OptionalInt.of(perMinute), 6_000);
  }
}
