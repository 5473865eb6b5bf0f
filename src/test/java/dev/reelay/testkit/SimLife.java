package dev.reelay.testkit;

import java.util.function.Supplier;

/** One life of a process: every call it makes to the world goes through here and may go wrong. */
final class SimLife {
  private final Supplier<SimFault> faults;
  private final Runnable stall;
  private boolean dead;

  SimLife(Supplier<SimFault> faults, Runnable stall) {
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
      case AWAY, ANSWER_LOST, NONE -> call(SimFault.NONE, call);
      case CRASH_BEFORE -> call(SimFault.CRASH_BEFORE, call);
      case CRASH_AFTER -> call(SimFault.CRASH_AFTER, call);
      case STALL_BEFORE -> call(SimFault.STALL_BEFORE, call);
      case STALL_AFTER -> call(SimFault.STALL_AFTER, call);
    };
  }

  private <T> T call(SimFault fault, Supplier<T> call) {
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
