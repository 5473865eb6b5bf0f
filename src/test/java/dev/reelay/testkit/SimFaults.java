package dev.reelay.testkit;

import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** Draws from a seed what goes wrong at each call of the nodes. */
public final class SimFaults {
  private static final int DRAWS = 1_000;

  private final SplittableRandom random;
  private int perThousand;
  private int awayForCalls;
  private boolean stalling;
  private long stalls;

  public SimFaults(SplittableRandom random) {
    this.random = random;
  }

  /** Lets things go wrong at a node; while it stalls, the world goes on as given. */
  public void plague(SimNode node, Runnable world) {
    node.faults(this::next);
    node.whileStalled(() -> stall(world));
  }

  /** Lets exactly one call of a node go wrong: the n-th from now, counted from 1. */
  public static void oneAt(SimNode node, int call, SimFault fault) {
    var left = new AtomicInteger(call);
    node.faults(() -> left.decrementAndGet() == 0 ? fault : SimFault.NONE);
  }

  /** Lets the store be away from the n-th call of a node on, for so many calls. */
  public static void awayFrom(SimNode node, int call, int calls) {
    var count = new AtomicInteger();
    node.faults(
        () -> {
          var now = count.incrementAndGet();
          return now >= call && now < call + calls ? SimFault.AWAY : SimFault.NONE;
        });
  }

  /** From now on so many of a thousand calls go wrong; 0 ends the store's absence too. */
  public void rage(int perThousandCalls) {
    perThousand = perThousandCalls;
    awayForCalls = 0;
  }

  /** The next so many calls find the store away. */
  public void storeAway(int calls) {
    awayForCalls = calls;
  }

  public long stalls() {
    return stalls;
  }

  private SimFault next() {
    if (awayForCalls > 0) {
      awayForCalls--;
      return SimFault.AWAY;
    }
    if (random.nextInt(DRAWS) >= perThousand) {
      return SimFault.NONE;
    }
    return switch (random.nextInt(9)) {
      case 0 -> SimFault.CRASH_BEFORE;
      case 1, 2 -> SimFault.CRASH_AFTER;
      case 3 -> SimFault.AWAY;
      case 4, 5 -> SimFault.ANSWER_LOST;
      case 6 -> SimFault.STALL_BEFORE;
      default -> SimFault.STALL_AFTER;
    };
  }

  /** One stall at a time: the world that goes on meanwhile has no end otherwise. */
  private void stall(Runnable world) {
    if (!stalling) {
      stalling = true;
      stalls++;
      try {
        world.run();
      } finally {
        stalling = false;
      }
    }
  }
}
