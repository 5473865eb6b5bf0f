package dev.reelay.testkit;

import dev.reelay.access.TenantId;
import dev.reelay.task.NodeStore;
import dev.reelay.task.Task;
import dev.reelay.task.TaskId;
import dev.reelay.task.TaskStore;
import dev.reelay.task.Transition;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The store as one life of a node sees it: each call may crash the node, fail or lose its answer.
 */
final class CrashingTaskStore implements TaskStore, NodeStore {
  private final InMemoryTaskStore store;
  private final SimLife life;
  private final TaskWatch watch;

  CrashingTaskStore(InMemoryTaskStore store, SimLife life, TaskWatch watch) {
    this.store = store;
    this.life = life;
    this.watch = watch;
  }

  /** What the schema would refuse is a fault of the code, not of the world. */
  private <T> T call(Supplier<T> work) {
    return life.callStore(
        () -> {
          try {
            return work.get();
          } catch (IllegalStateException e) {
            throw watch.failed(e);
          }
        });
  }

  @Override
  public Creation create(NewTask task) {
    return call(
        () -> {
          var creation = store.create(task);
          watch.created(creation);
          return creation;
        });
  }

  @Override
  public Optional<Creation> repeated(TenantId tenant, Idempotency idempotency) {
    return call(() -> store.repeated(tenant, idempotency));
  }

  @Override
  public Commit commit(Transition transition) {
    return call(
        () -> {
          var commit = store.commit(transition);
          if (commit == Commit.DONE) {
            watch.committed(transition);
          }
          return commit;
        });
  }

  @Override
  public List<Task> takeOrphans(Task.Custody owner, int max) {
    return call(
        () -> {
          var taken = store.takeOrphans(owner, max);
          watch.taken(taken);
          return taken;
        });
  }

  @Override
  public Optional<Task> find(TaskId id) {
    return call(() -> store.find(id));
  }

  @Override
  public List<Task> list(Query query) {
    return call(() -> store.list(query));
  }

  @Override
  public List<Versioned> openUnder(long fence) {
    return call(() -> store.openUnder(fence));
  }

  @Override
  public List<AttemptRow> attempts(TaskId id) {
    return call(() -> store.attempts(id));
  }

  @Override
  public List<TimelineRow> timeline(TaskId id) {
    return call(() -> store.timeline(id));
  }

  @Override
  public long register(String node, Duration lease) {
    return call(() -> store.register(node, lease));
  }

  @Override
  public boolean renew(String node, long fence, Duration lease) {
    return call(() -> store.renew(node, fence, lease));
  }

  @Override
  public void release(String node, long fence) {
    call(
        () -> {
          store.release(node, fence);
          return true;
        });
  }

  @Override
  public int othersAlive(long fence) {
    return call(() -> store.othersAlive(fence));
  }
}
