package dev.reelay.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.routing.ChannelId;
import dev.reelay.task.Decision;
import dev.reelay.task.Task;
import dev.reelay.task.TaskEvent;
import dev.reelay.task.TaskRules;
import dev.reelay.testkit.ManualClock;
import dev.reelay.testkit.TaskSamples;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final Task.Custody OURS = new Task.Custody("node-a", 7);
  private static final Task.Custody THEIRS = new Task.Custody("node-b", 8);
  private static final TaskEvent FACT = new TaskEvent.Accepted(1, "their-1");

  private final ManualClock clock = new ManualClock();
  private final List<Instant> wakes = new ArrayList<>();
  private final Schedule schedule = new Schedule(clock, () -> wakes.add(clock.instant()));

  @BeforeEach
  void a_life_begins() {
    schedule.begin(OURS.fence());
  }

  @Test
  void a_committed_task_of_ours_is_due_at_once_and_wakes_the_loop() {
    var task = task(1);

    schedule.committed(task);

    assertThat(schedule.takeDue(10)).extracting(Schedule.Work::task).containsExactly(task);
    assertThat(wakes).hasSize(1);
  }

  @Test
  void tasks_of_others_and_final_ones_are_not_held() {
    schedule.committed(task(1).takenBy(THEIRS));
    schedule.committed(canceled(task(2)));

    assertThat(schedule.size()).isZero();
  }

  @Test
  void a_task_is_given_out_once_until_it_is_given_back() {
    schedule.committed(task(1));

    assertThat(schedule.takeDue(10)).hasSize(1);
    assertThat(schedule.takeDue(10)).isEmpty();
    schedule.giveBack(task(1).id(), Next.at(in(5)));

    assertThat(schedule.takeDue(10)).isEmpty();
    clock.move(Duration.ofSeconds(5));
    assertThat(schedule.takeDue(10)).hasSize(1);
  }

  @Test
  void a_hurried_task_is_due_now_and_once() {
    schedule.committed(task(1));
    schedule.takeDue(1);
    schedule.giveBack(task(1).id(), Next.at(in(60)));
    clock.move(Schedule.SPIN_WAIT);

    schedule.hurry(task(1).id());
    schedule.hurry(task(1).id());
    schedule.hurry(task(2).id());

    assertThat(schedule.takeDue(10)).hasSize(1);
    assertThat(schedule.takeDue(10)).isEmpty();
  }

  @Test
  void a_task_that_is_hurried_again_and_again_is_looked_at_once_a_moment() {
    schedule.committed(task(1));
    var looks = 0;

    for (var tenth = 0; tenth < 100; tenth++) {
      schedule.hurry(task(1).id());
      for (var work : schedule.takeDue(10)) {
        looks++;
        schedule.giveBack(work.task().id(), Next.at(in(60)));
      }
      clock.move(Schedule.SPIN_WAIT.dividedBy(10));
    }

    assertThat(looks).isEqualTo(10);
  }

  @Test
  void a_hurry_never_makes_a_task_later_than_it_was() {
    schedule.committed(task(1));
    schedule.takeDue(1);
    var soon = Schedule.SPIN_WAIT.dividedBy(2);
    schedule.giveBack(task(1).id(), Next.at(clock.instant().plus(soon)));

    schedule.hurry(task(1).id());

    clock.move(soon);
    assertThat(schedule.takeDue(1)).hasSize(1);
  }

  @Test
  void a_task_whose_last_step_changed_something_is_hurried_at_once() {
    schedule.committed(task(1));
    schedule.takeDue(1);
    schedule.committed(submitting(task(1)));
    schedule.giveBack(task(1).id(), Next.at(in(60)));

    schedule.hurry(task(1).id());

    assertThat(schedule.takeDue(1)).hasSize(1);
  }

  @Test
  void a_task_that_is_hurried_while_it_is_worked_on_comes_again_a_moment_later() {
    schedule.committed(task(1));
    schedule.takeDue(1);

    schedule.hurry(task(1).id());
    schedule.giveBack(task(1).id(), Next.at(in(60)));

    assertThat(schedule.takeDue(1)).isEmpty();
    clock.move(Schedule.SPIN_WAIT);
    assertThat(schedule.takeDue(1)).hasSize(1);
    schedule.giveBack(task(1).id(), Next.at(in(60)));
    clock.move(Schedule.SPIN_WAIT);
    assertThat(schedule.takeDue(1)).isEmpty();
  }

  @Test
  void the_earliest_are_taken_first_and_no_more_than_asked_for() {
    for (var n = 1; n <= 3; n++) {
      schedule.committed(task(n));
    }
    schedule.takeDue(3);
    for (var n = 1; n <= 3; n++) {
      schedule.giveBack(task(n).id(), Next.at(in(10 - n)));
    }
    clock.move(Duration.ofSeconds(10));

    assertThat(schedule.takeDue(2))
        .extracting(work -> work.task().id())
        .containsExactly(task(3).id(), task(2).id());
  }

  @Test
  void a_commit_while_a_task_is_worked_on_is_what_the_next_step_sees() {
    schedule.committed(task(1));
    var taken = schedule.takeDue(1).getFirst();
    var newer = submitting(task(1));

    schedule.committed(newer);

    assertThat(schedule.takeDue(1)).isEmpty();
    assertThat(schedule.refreshed(taken).task()).isEqualTo(newer);
    schedule.giveBack(newer.id(), Next.at(clock.instant()));
    assertThat(schedule.takeDue(1)).extracting(Schedule.Work::task).containsExactly(newer);
  }

  @Test
  void an_older_version_never_replaces_a_newer_one() {
    var newer = submitting(task(1));
    schedule.committed(newer);

    schedule.committed(task(1));

    assertThat(schedule.takeDue(1)).extracting(Schedule.Work::task).containsExactly(newer);
  }

  @Test
  void progress_known_in_memory_outlives_a_commit_that_does_not_know_it() {
    schedule.committed(task(1));
    schedule.progressed(task(1).withProgress(40));

    schedule.committed(submitting(task(1)));

    assertThat(schedule.takeDue(1).getFirst().task().marks().progress()).isEqualTo(40);
  }

  @Test
  void a_task_that_another_took_is_given_up_but_not_in_the_middle_of_a_step() {
    schedule.committed(task(1));
    var taken = schedule.takeDue(1).getFirst();

    schedule.committed(task(1).takenBy(THEIRS));

    assertThat(schedule.refreshed(taken).ours()).isFalse();
    schedule.giveBack(task(1).id(), Next.at(clock.instant()));
    assertThat(schedule.size()).isZero();
  }

  @Test
  void a_fact_that_waits_for_the_store_outlives_a_new_fence_and_another_owner() {
    schedule.committed(task(1));
    schedule.takeDue(1);
    schedule.giveBack(task(1).id(), Next.unsaved(in(1), FACT));

    schedule.begin(9);
    schedule.committed(task(1).takenBy(THEIRS));

    clock.move(Duration.ofSeconds(1));
    var work = schedule.takeDue(1).getFirst();
    assertThat(work.pendingFact()).contains(FACT);
    assertThat(work.ours()).isFalse();
    schedule.giveBack(task(1).id(), Next.at(clock.instant()));
    assertThat(schedule.size()).isZero();
  }

  @Test
  void a_new_fence_forgets_what_is_idle_and_keeps_what_is_worked_on() {
    schedule.committed(task(1));
    schedule.takeDue(1);
    schedule.committed(task(2));

    schedule.begin(9);

    assertThat(schedule.holds(task(1).id())).isTrue();
    assertThat(schedule.holds(task(2).id())).isFalse();
  }

  @Test
  void a_forgotten_task_that_comes_back_is_not_due_by_its_old_time() {
    schedule.committed(task(1));
    schedule.takeDue(1);
    schedule.giveBack(task(1).id(), Next.at(in(5)));
    schedule.begin(9);
    var back = task(1).takenBy(new Task.Custody("node-a", 9));
    schedule.adopt(List.of(back));
    schedule.takeDue(1);
    schedule.giveBack(back.id(), Next.at(in(60)));

    clock.move(Duration.ofSeconds(10));

    assertThat(schedule.takeDue(1)).isEmpty();
  }

  @Test
  void waiting_facts_can_be_taken_before_they_are_due() {
    schedule.committed(task(1));
    schedule.committed(task(2));
    schedule.takeDue(1);
    schedule.giveBack(task(1).id(), Next.unsaved(in(60), FACT));

    assertThat(schedule.takeFacts(10))
        .extracting(Schedule.Work::pendingFact)
        .containsExactly(Optional.of(FACT));
    assertThat(schedule.takeFacts(10)).isEmpty();
  }

  @Test
  void a_step_that_changed_nothing_is_not_repeated_at_once() {
    schedule.committed(task(1));
    schedule.takeDue(1);

    schedule.giveBack(task(1).id(), Next.at(clock.instant()));

    assertThat(schedule.takeDue(1)).isEmpty();
    clock.move(Schedule.SPIN_WAIT);
    assertThat(schedule.takeDue(1)).hasSize(1);
  }

  @Test
  void misses_in_a_row_are_counted_and_a_postponement_is_none() {
    schedule.committed(task(1));
    for (var miss = 0; miss < 3; miss++) {
      schedule.takeDue(1);
      schedule.giveBack(task(1).id(), Next.missed(in(1)));
      clock.move(Duration.ofSeconds(1));
    }
    schedule.takeDue(1);
    schedule.postpone(task(1).id(), in(1), false);
    clock.move(Duration.ofSeconds(1));

    assertThat(schedule.takeDue(1).getFirst().misses()).isEqualTo(3);
  }

  @Test
  void a_booked_poll_is_told_so_until_it_was_done() {
    schedule.committed(task(1));
    schedule.takeDue(1);
    schedule.postpone(task(1).id(), in(1), true);
    clock.move(Duration.ofSeconds(1));
    var first = schedule.takeDue(1).getFirst();
    schedule.giveBack(task(1).id(), Next.missed(in(1)));
    clock.move(Duration.ofSeconds(1));

    assertThat(first.booked()).isTrue();
    assertThat(schedule.takeDue(1).getFirst().booked()).isFalse();
  }

  @Test
  void a_clock_that_is_set_back_makes_everything_due() {
    schedule.committed(task(1));
    schedule.takeDue(1);
    schedule.giveBack(task(1).id(), Next.at(in(30)));
    schedule.takeDue(1);

    clock.move(Duration.ofHours(-1));

    assertThat(schedule.takeDue(10)).hasSize(1);
    assertThat(schedule.takeDue(10)).isEmpty();
  }

  @Test
  void what_differs_from_the_rows_is_named() {
    schedule.committed(task(1));
    schedule.committed(task(2));
    schedule.committed(task(3));

    var unlike = schedule.unlike(Map.of(task(1).id(), 0L, task(2).id(), 5L, task(4).id(), 0L));

    assertThat(unlike).containsExactlyInAnyOrder(task(2).id(), task(3).id(), task(4).id());
  }

  @Test
  void a_task_that_is_nowhere_is_forgotten() {
    schedule.committed(task(1));

    schedule.forget(task(1).id());

    assertThat(schedule.size()).isZero();
    assertThat(schedule.takeDue(1)).isEmpty();
  }

  private Instant in(int seconds) {
    return clock.instant().plusSeconds(seconds);
  }

  private static Task task(int n) {
    var sample = TaskSamples.queued();
    return Task.create(TaskSamples.taskId(n), sample.accepted(), OURS);
  }

  private Task submitting(Task task) {
    var attempt = TaskSamples.attempt(task.id(), 1, new ChannelId(1));
    return moved(task, new TaskEvent.SubmitStarted(attempt, "first"));
  }

  private Task canceled(Task task) {
    return moved(task, new TaskEvent.CancelRequested("the caller"));
  }

  private Task moved(Task task, TaskEvent event) {
    return TaskRules.decide(task, event, clock.instant()) instanceof Decision.Move(var transition)
        ? transition.after()
        : task;
  }
}
