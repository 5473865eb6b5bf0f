package dev.reelay.access;

import java.util.OptionalInt;

/**
 * How many calls a minute; empty for no limit.
 *
 * @param createPerMinute calls that create a task, 1 to {@link #PER_MINUTE_MAX}
 * @param queryPerMinute all other calls together, in the same range
 */
public record RequestRates(OptionalInt createPerMinute, OptionalInt queryPerMinute) {
  public static final int PER_MINUTE_MAX = 1_000_000;
  public static final RequestRates NONE =
      new RequestRates(OptionalInt.empty(), OptionalInt.empty());

  public RequestRates {
    if (!isRate(createPerMinute) || !isRate(queryPerMinute)) {
      throw new IllegalArgumentException("a rate is 1 to " + PER_MINUTE_MAX + " calls a minute");
    }
  }

  private static boolean isRate(OptionalInt perMinute) {
    var rate = perMinute.orElse(1);
    return rate >= 1 && rate <= PER_MINUTE_MAX;
  }
}
