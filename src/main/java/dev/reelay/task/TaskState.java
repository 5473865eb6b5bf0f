package dev.reelay.task;

import dev.reelay.money.Money;
import dev.reelay.routing.ChannelId;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Where a task is. Each state has exactly its own data. The diagram: docs/task-lifecycle.md. */
public sealed interface TaskState {
  /** Waits for a channel; those already tried are left out. Left by {@code SubmitStarted}. */
  record Queued(Set<ChannelId> tried) implements TaskState {
    public Queued {
      tried = Set.copyOf(tried);
    }
  }

  /**
   * An attempt is being sent. Left by its answer, or by the owner's death.
   *
   * @param tried channels tried before this attempt
   */
  record Submitting(Attempt attempt, Set<ChannelId> tried) implements TaskState {
    public Submitting {
      tried = Set.copyOf(tried);
    }
  }

  /**
   * Sent, answer unknown: a job may exist upstream. Left by proof, the operator or the deadline.
   */
  record InDoubt(Attempt attempt, Instant since, String evidence) implements TaskState {}

  /** The provider accepted it and works. Left by its verdict or the deadline. */
  record Running(Job job) implements TaskState {}

  /** The provider says it is done; the file is being fetched. */
  record Storing(Job job, VideoResult result) implements TaskState {}

  /** Final: a playable file is stored and paid. */
  record Succeeded(Job job, Output output, Money charged, Instant at) implements TaskState {}

  /** Final: nothing is charged. */
  record Failed(Failure failure, Optional<Job> job, Instant at) implements TaskState {}

  /** Final: nothing is charged. */
  record Canceled(String by, Optional<Job> job, Instant at) implements TaskState {}

  /** The names of the states, as stored and shown to operators. */
  enum Name {
    QUEUED,
    SUBMITTING,
    IN_DOUBT,
    RUNNING,
    STORING,
    SUCCEEDED,
    FAILED,
    CANCELED;

    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }

    public boolean isFinal() {
      return switch (this) {
        case SUCCEEDED, FAILED, CANCELED -> true;
        case QUEUED, SUBMITTING, IN_DOUBT, RUNNING, STORING -> false;
      };
    }
  }

  default Name kind() {
    return switch (this) {
      case Queued _ -> Name.QUEUED;
      case Submitting _ -> Name.SUBMITTING;
      case InDoubt _ -> Name.IN_DOUBT;
      case Running _ -> Name.RUNNING;
      case Storing _ -> Name.STORING;
      case Succeeded _ -> Name.SUCCEEDED;
      case Failed _ -> Name.FAILED;
      case Canceled _ -> Name.CANCELED;
    };
  }

  default boolean isFinal() {
    return kind().isFinal();
  }

  /** When it became final; empty while open. */
  default Optional<Instant> finishedAt() {
    return switch (this) {
      case Succeeded done -> Optional.of(done.at());
      case Failed failed -> Optional.of(failed.at());
      case Canceled canceled -> Optional.of(canceled.at());
      case Queued _, Submitting _, InDoubt _, Running _, Storing _ -> Optional.empty();
    };
  }

  /** The attempt that the state stands on; empty while queued or if none was ever made. */
  default Optional<Attempt> attemptIfAny() {
    return switch (this) {
      case Queued _ -> Optional.empty();
      case Submitting submitting -> Optional.of(submitting.attempt());
      case InDoubt doubt -> Optional.of(doubt.attempt());
      case Running _, Storing _, Succeeded _, Failed _, Canceled _ -> jobIfAny().map(Job::attempt);
    };
  }

  /** The provider's job; empty before it accepted one. */
  default Optional<Job> jobIfAny() {
    return switch (this) {
      case Queued _, Submitting _, InDoubt _ -> Optional.empty();
      case Running running -> Optional.of(running.job());
      case Storing storing -> Optional.of(storing.job());
      case Succeeded done -> Optional.of(done.job());
      case Failed failed -> failed.job();
      case Canceled canceled -> canceled.job();
    };
  }
}
