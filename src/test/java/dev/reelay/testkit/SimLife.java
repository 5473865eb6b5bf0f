package dev.reelay.testkit;

import java.util.function.Supplier;

/** One life of a process: every call it makes to the world goes through here and may go wrong. */
final class SimLife {
  /** What happens at one call. */
  enum Fault {
    NONE,
    CRASH_BEFORE,
    CRASH_AFTER,
    /** The call fails and did nothing; the process lives on. Only stores do this. */
    AWAY,
    /** The call did its work and its answer was lost. Only stores do this. */
    ANSWER_LOST,
    /** The process stands still before the call, while the world goes on. */
    STALL_BEFORE,
    STALL_AFTER
  }

  private final Supplier<Fault> faults;
  private final Runnable stall;
  private boolean dead;

  SimLife(Supplier<Fault> faults, Runnable stall) {
    this.faults = faults;
    this.stall = stall;
  }

  boolean isDead() {
    return dead;
  }

  void die() {
    dead = true;
  }

  <T> T callStore(Supplier<T> call) {
    return call(faults.get(), call);
  }

  <T> T callProvider(Supplier<T> call) {
    return switch (faults.get()) {
      case AWAY, ANSWER_LOST, NONE -> call(Fault.NONE, call);
      case CRASH_BEFORE -> call(Fault.CRASH_BEFORE, call);
      case CRASH_AFTER -> call(Fault.CRASH_AFTER, call);
      case STALL_BEFORE -> call(Fault.STALL_BEFORE, call);
      case STALL_AFTER -> call(Fault.STALL_AFTER, call);
    };
  }

  private <T> T call(Fault fault, Supplier<T> call) {
    requireAlive();
    switch (fault) {
      case CRASH_BEFORE -> {
        dead = true;
        throw new SimulatedCrash();
      }
      case AWAY -> throw new StoreAway();
      case STALL_BEFORE -> stall.run();
      case NONE, CRASH_AFTER, ANSWER_LOST, STALL_AFTER -> {}
    }
    requireAlive();
    var answer = call.get();
    switch (fault) {
      case CRASH_AFTER -> {
        dead = true;
        throw new SimulatedCrash();
      }
      case ANSWER_LOST -> throw new StoreAway();
      case STALL_AFTER -> stall.run();
      case NONE, CRASH_BEFORE, AWAY, STALL_BEFORE -> {}
    }
    return answer;
  }

  private void requireAlive() {
    if (dead) {
      throw new SimulatedCrash();
    }
  }
}
