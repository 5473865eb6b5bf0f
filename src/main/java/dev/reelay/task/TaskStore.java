package dev.reelay.task;

import dev.reelay.access.TenantId;
import dev.reelay.asset.Asset;
import dev.reelay.money.Money;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** The port to the tasks' store. Every method is one transaction; a broken store throws. */
public interface TaskStore {
  /**
   * Accepts a task: idempotency record, hold, task, its pictures, ledger and timeline in one
   * transaction, by guarded statements in a fixed order.
   */
  Creation create(NewTask task);

  /**
   * What an accepted create with this idempotency key was answered, or {@link Creation.KeyReused};
   * empty if there was none. A repeat is answered so whatever has changed since.
   */
  Optional<Creation> repeated(TenantId tenant, Idempotency call);

  /** Writes all of a transition, or says why nothing was written. */
  Commit commit(Transition transition);

  Optional<Task> find(TaskId id);

  /** In the order of their making, as the query says; deleted ones are left out. */
  List<Task> list(Query query);

  /**
   * Takes up to {@code max} open tasks that no living node holds, in one statement with {@code skip
   * locked}. Each comes back as the owner's, one version on.
   */
  List<Task> takeOrphans(Task.Custody owner, int max);

  /**
   * The open tasks under a fence with their versions: what their node must know, and no more than
   * it holds in memory. Without it a commit whose answer was lost would leave a task that a living
   * node owns and nobody works on.
   */
  List<Versioned> openUnder(long fence);

  /** The attempts of a task in order. */
  List<AttemptRow> attempts(TaskId id);

  /** The timeline of a task in order. */
  List<TimelineRow> timeline(TaskId id);

  /**
   * A task to be accepted.
   *
   * @param openTasksMax the caller's limit; empty for none
   * @param inputs the stored pictures of its request; their bytes are kept already
   */
  record NewTask(
      Task task, OptionalInt openTasksMax, Optional<Idempotency> idempotency, List<Asset> inputs) {
    public NewTask {
      inputs = List.copyOf(inputs);
    }

    /** One without pictures of its own. */
    public NewTask(Task task, OptionalInt openTasksMax, Optional<Idempotency> idempotency) {
      this(task, openTasksMax, idempotency, List.of());
    }
  }

  /**
   * A caller's idempotency key for one accepted create.
   *
   * @param route distinguishes the same key on different routes
   * @param fingerprint 64 hex digits of what was sent
   * @param answer the bytes to replay
   */
  record Idempotency(String route, String key, String fingerprint, String answer) {}

  /** A task's version as stored. */
  record Versioned(TaskId id, long version) {}

  /** What became of a create. */
  sealed interface Creation {
    record Created(Task task) implements Creation {}

    /** The same call was accepted before; these are its bytes. */
    record Replayed(TaskId task, String answer) implements Creation {}

    record KeyReused() implements Creation {}

    /** The first call with this key has not ended within the wait. */
    record StillRunning() implements Creation {}

    record BalanceTooLow(Money needed, Money available) implements Creation {}

    record KeyLimitReached(Money needed, Money left) implements Creation {}

    record TooManyOpen(int limit) implements Creation {}
  }

  /** What became of a commit. */
  enum Commit {
    DONE,
    /** Another moved first: decide again on the fresh row. */
    MOVED,
    /** Another attempt on that channel already has this upstream id: nothing was written. */
    UPSTREAM_ID_TAKEN
  }

  /**
   * A page of tasks.
   *
   * @param tenant only this tenant's; empty for the operator
   * @param states only these; empty for all
   * @param model only tasks that asked for this public name, or are made by it
   * @param clientReference only those whose caller gave them this
   * @param beyond only tasks that come after this one in the order, the last of the page before
   */
  record Query(
      Optional<TenantId> tenant,
      Set<TaskState.Name> states,
      Optional<String> model,
      Optional<String> clientReference,
      Optional<TaskId> beyond,
      int limit,
      Order order) {
    public static final int LIMIT_MAX = 1_000;

    /** By the time of making. */
    public enum Order {
      NEWEST_FIRST,
      OLDEST_FIRST
    }

    /** The newest first, whatever reference their callers gave them. */
    public Query(
        Optional<TenantId> tenant,
        Set<TaskState.Name> states,
        Optional<String> model,
        Optional<TaskId> beyond,
        int limit) {
      this(tenant, states, model, beyond, limit, Order.NEWEST_FIRST);
    }

    /** Whatever reference their callers gave them. */
    public Query(
        Optional<TenantId> tenant,
        Set<TaskState.Name> states,
        Optional<String> model,
        Optional<TaskId> beyond,
        int limit,
        Order order) {
      this(tenant, states, model, Optional.empty(), beyond, limit, order);
    }

    public Query {
      states = Set.copyOf(states);
      if (limit < 1 || limit > LIMIT_MAX) {
        throw new IllegalArgumentException("a page has 1 to " + LIMIT_MAX + " tasks");
      }
    }
  }

  /**
   * An attempt as stored.
   *
   * @param why why it was made; once it ended without a job, why
   * @param fate {@code sending}, {@code got} or a {@link Transition.Fate}, in lower case
   */
  record AttemptRow(Attempt attempt, String fate, Optional<String> upstreamId, String why) {}

  /** A line of the timeline as stored. */
  record TimelineRow(int number, Instant at, String word, String state, String detail) {}
}
