package dev.reelay.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.reelay.limit.CallKind;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;

/**
 * How often an address may call without a good key. An IPv6 caller counts by its /64, which is what
 * one customer of a network gets. The table is bounded; what falls out of it starts anew.
 */
final class StrangerLimits {
  static final int PER_MINUTE = 60;
  static final int ADDRESSES_MAX = 50_000;
  private static final int IPV6_BYTES = 16;

  private final InstantSource clock;
  private final Cache<Block, CallBucket> buckets;

  StrangerLimits(InstantSource clock) {
    this.clock = clock;
    this.buckets =
        Caffeine.newBuilder()
            .maximumSize(ADDRESSES_MAX)
            .expireAfterAccess(CallLimits.UNUSED_MAX)
            .ticker(() -> Duration.ofMillis(clock.millis()).toNanos())
            .build();
  }

  /** Where calls are counted together: an IPv4 address, or the first half of an IPv6 one. */
  private record Block(boolean isIpv6, long bits) {
    static Block of(InetAddress address) {
      var bytes = ByteBuffer.wrap(address.getAddress());
      return bytes.remaining() == IPV6_BYTES
          ? new Block(true, bytes.getLong())
          : new Block(false, bytes.getInt());
    }
  }

  CallBucket of(InetAddress address) {
    return buckets.get(
        Block.of(address), _ -> new CallBucket(CallKind.UNAUTHENTICATED, PER_MINUTE, clock));
  }

  /** How many addresses are remembered now. */
  long count() {
    buckets.cleanUp();
    return buckets.estimatedSize();
  }
}
