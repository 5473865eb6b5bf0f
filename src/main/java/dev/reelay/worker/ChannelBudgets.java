package dev.reelay.worker;

import dev.reelay.limit.RateLimit;
import dev.reelay.routing.Channel;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How many polls a minute each channel may be asked for, on this node. */
final class ChannelBudgets {
  /** The burst is this part of a minute's polls. */
  private static final int BURST_SHARE = 10;

  /** Those that find no budget come again after this, not all at the instant one is free. */
  private static final Duration WAIT_MIN = Duration.ofSeconds(1);

  private record Key(long channel, int pollsPerMinute) {}

  private final InstantSource clock;
  private final Map<Key, RateLimit> limits = new ConcurrentHashMap<>();

  ChannelBudgets(InstantSource clock) {
    this.clock = clock;
  }

  /** Takes one poll: zero if it may go now, else how long to wait. */
  Duration takePoll(Channel channel) {
    var perMinute = channel.limits().pollsPerMinute();
    var limit =
        limits.computeIfAbsent(
            new Key(channel.id().value(), perMinute),
            _ -> new RateLimit(clock, perMinute, Math.max(1, perMinute / BURST_SHARE)));
    var wait = Duration.ofNanos(limit.take());
    return wait.isZero() || wait.compareTo(WAIT_MIN) > 0 ? wait : WAIT_MIN;
  }
}
