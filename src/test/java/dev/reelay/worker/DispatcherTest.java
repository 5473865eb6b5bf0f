package dev.reelay.worker;

import static dev.reelay.worker.DispatcherKit.catalogue;
import static dev.reelay.worker.DispatcherKit.channel;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.routing.Channel;
import dev.reelay.task.ErrorCode;
import dev.reelay.task.TaskState;
import dev.reelay.task.TaskState.Name;
import dev.reelay.testkit.StoreAway;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What the dispatcher does when its own surroundings fail; how tasks go is in ScenarioTest. */
class DispatcherTest {
  private final DispatcherKit kit = new DispatcherKit();

  @Test
  void a_task_that_could_not_be_dispatched_comes_again() {
    var broken = new AtomicInteger(2);
    var whole = kit.catalogue;
    kit.catalogue =
        () -> {
          if (broken.getAndDecrement() > 0) {
            throw new StoreAway();
          }
          return whole.get();
        };
    var dispatcher = kit.dispatcher(Runnable::run);
    var first = kit.create(1);
    var second = kit.create(2);

    kit.pass(dispatcher, Duration.ofSeconds(10));

    assertThat(List.of(kit.state(first), kit.state(second))).containsOnly(Name.RUNNING);
    assertThat(kit.schedule.busy()).isZero();
  }

  @Test
  void a_fact_that_can_never_be_saved_keeps_no_task_from_its_deadline() {
    kit.givenId = " ";
    var dispatcher = kit.dispatcher(Runnable::run);
    var task = kit.create(1);

    kit.pass(dispatcher, Duration.ofMinutes(1));
    assertThat(kit.state(task)).isEqualTo(Name.IN_DOUBT);
    kit.pass(dispatcher, Duration.ofHours(7));

    assertThat(kit.store.find(task.id()).orElseThrow().state())
        .isInstanceOfSatisfying(
            TaskState.Failed.class,
            failed -> assertThat(failed.failure().code()).isEqualTo(ErrorCode.IN_DOUBT_GIVEN_UP));
    assertThat(kit.schedule.size()).isZero();
  }

  @Test
  void work_that_finds_its_lane_full_comes_again() {
    kit.catalogue = () -> catalogue(channel(1, new Channel.Limits(1, 6_000), 1));
    var hanging = new ArrayDeque<Runnable>();
    var dispatcher = kit.dispatcher(hanging::add);
    for (var n = 1; n <= 30; n++) {
      kit.create(n);
    }

    kit.pass(dispatcher, Duration.ofSeconds(5));
    assertThat(kit.schedule.busy()).as("the others are free for a cancel").isEqualTo(1);
    for (var second = 0; second < 60; second++) {
      while (!hanging.isEmpty()) {
        hanging.remove().run();
      }
      kit.pass(dispatcher, Duration.ofSeconds(1));
    }

    assertThat(kit.store.all()).allMatch(task -> task.state().kind() == Name.RUNNING);
  }
}
