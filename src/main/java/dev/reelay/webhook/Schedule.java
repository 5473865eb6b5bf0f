package dev.reelay.webhook;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * When a failed delivery is attempted again: the example schedule of Standard Webhooks 1.0, three
 * days in all, each wait spread by a fifth so that receivers that come back are not met by
 * everybody at once.
 */
public final class Schedule {
  private static final List<Duration> WAITS =
      List.of(
          Duration.ofSeconds(5),
          Duration.ofMinutes(5),
          Duration.ofMinutes(30),
          Duration.ofHours(2),
          Duration.ofHours(5),
          Duration.ofHours(10),
          Duration.ofHours(14),
          Duration.ofHours(20),
          Duration.ofHours(24));

  /** The first at once, and one after each wait. */
  public static final int ATTEMPTS_MAX = WAITS.size() + 1;

  static final int JITTER_PERCENT = 20;
  private static final int PERCENT = 100;

  private Schedule() {}

  /**
   * @param failed attempts that failed since the delivery began or was replayed, 1 to {@link
   *     #ATTEMPTS_MAX} - 1
   */
  static Duration waitAfter(int failed, RandomGenerator random) {
    var wait = WAITS.get(failed - 1);
    var spread = wait.toMillis() * JITTER_PERCENT / PERCENT;
    return wait.plusMillis(random.nextLong(-spread, spread + 1));
  }
}
