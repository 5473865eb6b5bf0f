package dev.reelay.worker;

import dev.reelay.routing.Budgets;
import dev.reelay.routing.RoutePlanner.Candidate;
import dev.reelay.task.Attempt;

/** Where work runs: each credential has lanes of its own. */
record LaneName(String name, int atOnceMax, int waitingMax) {
  private static final int LOCAL_AT_ONCE_MAX = 16;

  /** What waits in a lane is not looked at, not even for its deadline, so little may wait. */
  private static final int WAITING_PER_PLACE_MAX = 16;

  /** Steps that only need the store: quick, so any number may wait. */
  static final LaneName LOCAL = new LaneName("local", LOCAL_AT_ONCE_MAX, Integer.MAX_VALUE);

  /** Nobody waits here, since what waits is not looked at. */
  static LaneName creating(Candidate candidate) {
    var max = candidate.channel().limits().createsAtOnceMax();
    return new LaneName("submit-" + candidate.credential().value(), max, 0);
  }

  static LaneName fetching(Attempt attempt) {
    return of("fetch", attempt, Budgets.Budget.DOWNLOADS_AT_ONCE_MAX);
  }

  static LaneName of(String kind, Attempt attempt, int atOnceMax) {
    var name = kind + "-" + attempt.credential().value();
    return new LaneName(name, atOnceMax, atOnceMax * WAITING_PER_PLACE_MAX);
  }
}
