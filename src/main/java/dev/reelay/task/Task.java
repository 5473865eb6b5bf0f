package dev.reelay.task;

import dev.reelay.access.KeyId;
import dev.reelay.access.TenantId;
import dev.reelay.money.Cost;
import dev.reelay.money.Hold;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * One paid request for one generation, from accept to final state.
 *
 * @param version counts commits; every change is guarded by it
 */
public record Task(
    TaskId id, Accepted accepted, long version, Custody custody, TaskState state, Marks marks) {

  /** What was decided at accept and never changes. */
  public record Accepted(
      TenantId tenant,
      KeyId key,
      VideoRequest request,
      Hold hold,
      Instant createdAt,
      Deadlines deadlines) {}

  /** Last moments: to leave the queue, and to be final. */
  public record Deadlines(Instant leaveQueueBy, Instant finishBy) {
    public Deadlines {
      if (leaveQueueBy.isAfter(finishBy)) {
        throw new IllegalArgumentException("the queue deadline is not after the final one");
      }
    }
  }

  /** Who works on it: the node's fence as every write of that node carries it; 0 for nobody. */
  public record Custody(String node, long fence) {
    public static final Custody NOBODY = new Custody("", 0);
  }

  /**
   * What else changes.
   *
   * @param progress percent, 0 to 100, never going back
   * @param cost what its job cost us, once that is known; for operators only
   * @param updatedAt of the last commit
   */
  public record Marks(
      int progress,
      boolean cancelRequested,
      Optional<Instant> deletedAt,
      Optional<Instant> nextPollAt,
      int attempts,
      Optional<Cost> cost,
      Instant updatedAt) {
    public Marks {
      if (progress < 0 || progress > 100 || attempts < 0) {
        throw new IllegalArgumentException("progress is 0 to 100, attempts 0 or more");
      }
    }

    /** Marks of a task whose cost is not known. */
    public Marks(
        int progress,
        boolean cancelRequested,
        Optional<Instant> deletedAt,
        Optional<Instant> nextPollAt,
        int attempts,
        Instant updatedAt) {
      this(progress, cancelRequested, deletedAt, nextPollAt, attempts, Optional.empty(), updatedAt);
    }

    Marks at(Instant now) {
      return new Marks(progress, cancelRequested, deletedAt, nextPollAt, attempts, cost, now);
    }

    Marks progress(int percent) {
      var shown = Math.max(progress, percent);
      return new Marks(shown, cancelRequested, deletedAt, nextPollAt, attempts, cost, updatedAt);
    }

    Marks nextPoll(Optional<Instant> at) {
      return new Marks(progress, cancelRequested, deletedAt, at, attempts, cost, updatedAt);
    }

    Marks attempted(int number) {
      return new Marks(progress, cancelRequested, deletedAt, nextPollAt, number, cost, updatedAt);
    }

    /** With this cost; what is not known leaves what is. */
    Marks cost(Optional<Cost> known) {
      return new Marks(
          progress,
          cancelRequested,
          deletedAt,
          nextPollAt,
          attempts,
          known.or(() -> cost),
          updatedAt);
    }

    Marks cancelWanted() {
      return new Marks(progress, true, deletedAt, nextPollAt, attempts, cost, updatedAt);
    }

    Marks deleted(Instant now) {
      return new Marks(
          progress, cancelRequested, Optional.of(now), nextPollAt, attempts, cost, updatedAt);
    }
  }

  /** A task as it is accepted: queued, owned by the node that will submit it. */
  public static Task create(TaskId id, Accepted accepted, Custody custody) {
    var marks = new Marks(0, false, Optional.empty(), Optional.empty(), 0, accepted.createdAt());
    return new Task(id, accepted, 0, custody, new TaskState.Queued(Set.of()), marks);
  }

  public VideoRequest request() {
    return accepted.request();
  }

  public Hold hold() {
    return accepted.hold();
  }

  public TenantId tenant() {
    return accepted.tenant();
  }

  public boolean isFinal() {
    return state.isFinal();
  }

  /**
   * When {@code DeadlinePassed} ends the task; empty while it is being sent, since a submit has its
   * own time-out and its answer comes first, and at the end. A task that came back out of doubt has
   * long left the queue once: only its final deadline counts.
   */
  public Optional<Instant> deadline() {
    var deadlines = accepted.deadlines();
    return switch (state) {
      case TaskState.Queued(var tried) ->
          Optional.of(
              marks.attempts() > 0 && tried.isEmpty()
                  ? deadlines.finishBy()
                  : deadlines.leaveQueueBy());
      case TaskState.InDoubt _, TaskState.Running _, TaskState.Storing _ ->
          Optional.of(deadlines.finishBy());
      case TaskState.Submitting _,
          TaskState.Succeeded _,
          TaskState.Failed _,
          TaskState.Canceled _ ->
          Optional.empty();
    };
  }

  /** The same task with more progress, as known in memory between commits. */
  public Task withProgress(int percent) {
    return new Task(id, accepted, version, custody, state, marks.progress(percent));
  }

  /** The same task in another's hands; one version on. */
  public Task takenBy(Custody owner) {
    return new Task(id, accepted, version + 1, owner, state, marks);
  }

  Task moved(TaskState next, Marks marked) {
    return new Task(id, accepted, version + 1, custody, next, marked);
  }
}
