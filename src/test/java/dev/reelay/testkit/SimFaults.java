package dev.reelay.testkit;

import dev.reelay.testkit.SimLife.Fault;
import java.util.SplittableRandom;

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

  private Fault next() {
    if (awayForCalls > 0) {
      awayForCalls--;
      return Fault.AWAY;
    }
    if (random.nextInt(DRAWS) >= perThousand) {
      return Fault.NONE;
    }
    return switch (random.nextInt(9)) {
      case 0 -> Fault.CRASH_BEFORE;
      case 1, 2 -> Fault.CRASH_AFTER;
      case 3 -> Fault.AWAY;
      case 4, 5 -> Fault.ANSWER_LOST;
      case 6 -> Fault.STALL_BEFORE;
      default -> Fault.STALL_AFTER;
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
