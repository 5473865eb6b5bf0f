package dev.reelay.testkit;

import dev.reelay.money.CostRule;
import dev.reelay.money.Money;
import dev.reelay.money.Price;
import dev.reelay.money.Rates;
import dev.reelay.money.Ratio;
import dev.reelay.routing.ChannelId;
import dev.reelay.task.Attempt;
import dev.reelay.task.ErrorCode;
import dev.reelay.task.Failure;
import dev.reelay.task.Job;
import dev.reelay.task.Output;
import dev.reelay.task.Task;
import dev.reelay.task.TaskState;
import dev.reelay.task.TaskState.Canceled;
import dev.reelay.task.TaskState.Failed;
import dev.reelay.task.TaskState.InDoubt;
import dev.reelay.task.TaskState.Queued;
import dev.reelay.task.TaskState.Running;
import dev.reelay.task.TaskState.Storing;
import dev.reelay.task.TaskState.Submitting;
import dev.reelay.task.TaskState.Succeeded;
import dev.reelay.task.VideoResult;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/** The sample task in each of its states, its only attempt being the first, on channel 3. */
public final class StateSamples {
  public static final ChannelId CHANNEL = new ChannelId(3);
  public static final Attempt ATTEMPT = TaskSamples.attempt(TaskSamples.taskId(1), 1, CHANNEL);

  /** The same, of which somebody said what the provider asks. */
  public static final Attempt COSTED =
      new Attempt(
          ATTEMPT.number(),
          CHANNEL,
          ATTEMPT.credential(),
          ATTEMPT.upstreamModel(),
          ATTEMPT.token(),
          ATTEMPT.startedAt(),
          Optional.of(
              new CostRule(
                  5,
                  ATTEMPT.upstreamModel(),
                  2,
                  new Price.PerSecond(Rates.flat(Money.parse("0.02"))),
                  new Ratio(1, 2))));

  public static final Job JOB = new Job(ATTEMPT, "their-1");
  public static final VideoResult RESULT =
      VideoResult.of(URI.create("https://cdn.example/v.mp4?secret=1"));
  private static final Failure FAILURE = new Failure(ErrorCode.UPSTREAM_FAILED, "no luck");

  private StateSamples() {}

  /** One state of each name, in the order of the names. */
  public static List<TaskState> one() {
    return List.of(
        new Queued(Set.of()),
        new Submitting(ATTEMPT, Set.of()),
        new InDoubt(ATTEMPT, TaskSamples.NOON, "reset"),
        new Running(JOB),
        new Storing(JOB, RESULT),
        new Succeeded(
            JOB, TaskSamples.output(TaskSamples.taskId(1)), Money.parse("0.40"), TaskSamples.NOON),
        new Failed(FAILURE, Optional.of(JOB), TaskSamples.NOON),
        new Canceled("the caller", Optional.of(JOB), TaskSamples.NOON));
  }

  /** Every state with every part that may be missing once there and once not. */
  public static List<TaskState> everyShape() {
    var bare = TaskSamples.output(TaskSamples.taskId(1));
    var rich =
        new VideoResult(
            RESULT.video(),
            Optional.of(URI.create("https://cdn.example/p.jpg")),
            Optional.of("一只猫 🐈"),
            OptionalLong.of(12),
            Optional.of(new Money(34)));
    var more =
        List.of(
            new Queued(Set.of(CHANNEL, new ChannelId(Long.MAX_VALUE))),
            new Submitting(ATTEMPT, Set.of(new ChannelId(9))),
            new Running(new Job(COSTED, "their-2")),
            new Storing(JOB, rich),
            new Succeeded(
                JOB,
                new Output(bare.video(), Optional.empty(), Optional.empty()),
                Money.ZERO,
                TaskSamples.NOON.plusNanos(1)),
            new Failed(FAILURE, Optional.empty(), TaskSamples.NOON),
            new Canceled("an operator", Optional.empty(), TaskSamples.NOON));
    return Stream.concat(one().stream(), more.stream()).toList();
  }

  /** The sample task in that state; its first attempt was made if the state has one. */
  public static Task in(TaskState state) {
    var queued = TaskSamples.queued();
    var marks =
        new Task.Marks(
            0,
            false,
            Optional.empty(),
            Optional.empty(),
            state.attemptIfAny().isPresent() ? 1 : 0,
            TaskSamples.NOON);
    return new Task(
        queued.id(), queued.accepted(), queued.version(), queued.custody(), state, marks);
  }

  /** The same task, wanted canceled. */
  public static Task cancelWanted(Task task) {
    var marks =
        new Task.Marks(
            task.marks().progress(),
            true,
            task.marks().deletedAt(),
            task.marks().nextPollAt(),
            task.marks().attempts(),
            task.marks().updatedAt());
    return new Task(
        task.id(), task.accepted(), task.version(), task.custody(), task.state(), marks);
  }
}
