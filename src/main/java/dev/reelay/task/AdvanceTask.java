package dev.reelay.task;

import java.time.InstantSource;
import java.util.Optional;

/**
 * Applies an event to a task: decides, commits, and decides again on the fresh row when another
 * moved first, so that a fact from outside is never dropped.
 */
public final class AdvanceTask {
  private static final int TRIES_MAX = 100;

  private final TaskStore store;
  private final TaskListener listener;
  private final InstantSource clock;

  public AdvanceTask(TaskStore store, TaskListener listener, InstantSource clock) {
    this.store = store;
    this.listener = listener;
    this.clock = clock;
  }

  /** What came of it. */
  public sealed interface Advance {
    /** The task as it is now; the event may have meant nothing. */
    record Now(Task task, boolean changed) implements Advance {}

    record Refused(Task task, ErrorCode code, String why) implements Advance {}

    /** There is no such task. */
    record Missing() implements Advance {}
  }

  /** A fact or wish from outside: decided on what is known, else on the fresh row. */
  public Advance apply(Task known, TaskEvent event) {
    Optional<Task> current = Optional.of(known);
    for (var tries = 0; tries < TRIES_MAX; tries++) {
      if (current.isEmpty()) {
        return new Advance.Missing();
      }
      switch (TaskRules.decide(current.get(), event, clock.instant())) {
        case Decision.Stay _ -> {
          return new Advance.Now(current.get(), false);
        }
        case Decision.Refuse(ErrorCode code, String why) -> {
          return new Advance.Refused(current.get(), code, why);
        }
        case Decision.Move(Transition transition) -> {
          switch (store.commit(transition)) {
            case DONE -> {
              listener.committed(transition.after());
              return new Advance.Now(transition.after(), true);
            }
            case UPSTREAM_ID_TAKEN -> {
              return new Advance.Refused(
                  current.get(), ErrorCode.CONFLICT, "another task owns this upstream id");
            }
            case MOVED -> {
              current = store.find(known.id());
              // Who held the old row would otherwise go on with it.
              current.ifPresent(listener::committed);
            }
          }
        }
      }
    }
    throw new IllegalStateException("moved " + TRIES_MAX + " times under one event: " + known.id());
  }

  public Advance apply(TaskId id, TaskEvent event) {
    return store.find(id).<Advance>map(task -> apply(task, event)).orElseGet(Advance.Missing::new);
  }

  /**
   * A step of the owner: decided once on the task as the owner holds it. If another moved first the
   * step is dropped, since the owner may no longer own it; the fresh row is given back.
   */
  public Advance step(Task owned, TaskEvent event) {
    return switch (TaskRules.decide(owned, event, clock.instant())) {
      case Decision.Stay _ -> new Advance.Now(owned, false);
      case Decision.Refuse(ErrorCode code, String why) -> new Advance.Refused(owned, code, why);
      case Decision.Move(Transition transition) -> stepped(transition);
    };
  }

  private Advance stepped(Transition transition) {
    if (store.commit(transition) != TaskStore.Commit.DONE) {
      var fresh = store.find(transition.before().id());
      fresh.ifPresent(listener::committed);
      return fresh.<Advance>map(t -> new Advance.Now(t, false)).orElseGet(Advance.Missing::new);
    }
    listener.committed(transition.after());
    return new Advance.Now(transition.after(), true);
  }
}
