package dev.reelay.worker;

import static dev.reelay.worker.DispatcherKit.catalogue;
import static dev.reelay.worker.DispatcherKit.channel;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.routing.Channel;
import dev.reelay.task.ErrorCode;
import dev.reelay.task.Failure;
import dev.reelay.task.PollOutcome;
import dev.reelay.task.Task;
import dev.reelay.task.TaskEvent;
import dev.reelay.task.TaskState.Name;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How tasks are asked for where one call may ask for several. */
class PollTogetherTest {
  private static final Duration AWHILE = Duration.ofMinutes(2);
  private static final PollOutcome WORKING = new PollOutcome.Pending(OptionalInt.empty());
  private static final PollOutcome SILENCE = new PollOutcome.Unanswered("504", Optional.empty());

  private final DispatcherKit kit = new DispatcherKit();
  private final Dispatcher dispatcher = kit.dispatcher(Runnable::run);

  private List<Task> createAll(int count) {
    kit.atOnceMax = 20;
    return IntStream.rangeClosed(1, count).mapToObj(kit::create).toList();
  }

  @Test
  void a_hundred_tasks_take_few_calls_and_none_is_forgotten() {
    var tasks = createAll(100);
    kit.pass(dispatcher, AWHILE);
    kit.polls.set(0);
    kit.together.clear();

    kit.pass(dispatcher, AWHILE);

    var asked = kit.together.stream().flatMap(Collection::stream).toList();
    assertThat(kit.together).allMatch(group -> group.size() <= 20);
    assertThat(asked.size()).as("each every two seconds or so").isGreaterThan(40 * tasks.size());
    assertThat(asked).containsAll(tasks.stream().map(Task::id).toList());
    assertThat(kit.polls.get() * 15).as("calls, by polls").isLessThan(asked.size());
  }

  @Test
  void a_call_for_many_takes_one_place_in_the_budget() {
    kit.catalogue = () -> catalogue(channel(1, new Channel.Limits(64, 30), 1));
    createAll(100);

    kit.pass(dispatcher, Duration.ofMinutes(10));

    assertThat(kit.polls.get()).isBetween(250, 305);
  }

  @Test
  void each_task_ends_by_what_is_said_of_it() {
    var tasks = createAll(4);
    kit.pass(dispatcher, AWHILE);

    kit.answers =
        task ->
            task.id().equals(tasks.getFirst().id())
                ? new PollOutcome.Failed(Failure.of(ErrorCode.CONTENT_REFUSED))
                : task.id().equals(tasks.getLast().id()) ? new PollOutcome.Canceled() : WORKING;
    kit.pass(dispatcher, AWHILE);

    assertThat(tasks)
        .extracting(kit::state)
        .containsExactly(Name.FAILED, Name.RUNNING, Name.RUNNING, Name.CANCELED);
  }

  @Test
  void who_is_not_spoken_of_is_asked_alone_until_there_is_an_answer() {
    var tasks = createAll(4);
    var silent = Set.of(tasks.get(1).id(), tasks.get(3).id());
    kit.answers = task -> silent.contains(task.id()) ? SILENCE : WORKING;
    kit.pass(dispatcher, AWHILE);
    kit.together.clear();
    kit.polls.set(0);

    kit.pass(dispatcher, AWHILE);

    assertThat(kit.together).noneMatch(group -> group.stream().anyMatch(silent::contains));
    assertThat(kit.polls.get()).as("alone as well").isGreaterThan(kit.together.size());

    kit.answers = _ -> WORKING;
    kit.pass(dispatcher, AWHILE);

    assertThat(kit.together).anyMatch(group -> group.containsAll(silent));
  }

  @Test
  void where_nobody_is_spoken_of_they_are_asked_together_again() {
    createAll(3);
    kit.answers = _ -> SILENCE;

    kit.pass(dispatcher, AWHILE);

    assertThat(kit.together).isNotEmpty();
    assertThat(kit.together.getLast()).hasSize(3);
    assertThat(kit.schedule.busy()).isZero();
  }

  @Test
  void a_task_to_be_canceled_is_asked_for_alone() {
    var tasks = createAll(3);
    kit.pass(dispatcher, AWHILE);
    kit.together.clear();

    kit.advance(tasks.getFirst().id(), new TaskEvent.CancelRequested("the caller"));
    kit.pass(dispatcher, AWHILE);

    assertThat(kit.together).isNotEmpty();
    assertThat(kit.together).noneMatch(group -> group.contains(tasks.getFirst().id()));
  }

  @Test
  void asking_that_breaks_leaves_all_of_them_as_they_were() {
    var tasks = createAll(3);
    kit.pass(dispatcher, AWHILE);
    kit.answers =
        _ -> {
          throw new IllegalStateException("broken");
        };
    kit.pass(dispatcher, AWHILE);
    kit.answers = _ -> new PollOutcome.Failed(Failure.of(ErrorCode.UPSTREAM_FAILED));
    kit.pass(dispatcher, AWHILE);

    assertThat(tasks).extracting(kit::state).containsOnly(Name.FAILED);
  }
}
