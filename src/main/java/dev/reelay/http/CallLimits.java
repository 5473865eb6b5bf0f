package dev.reelay.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.reelay.access.Caller;
import dev.reelay.access.RequestRates;
import dev.reelay.limit.CallKind;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The rate limits of known callers, in the memory of this node: one pair of buckets a tenant, and
 * one for each declared key. Changed rates make new buckets.
 */
final class CallLimits {
  static final int OWNERS_MAX = 100_000;

  /** Twice the time in which every bucket fills up again, so that forgetting one gives nothing. */
  static final Duration UNUSED_MAX = Duration.ofMinutes(2);

  private final InstantSource clock;

  /** By TenantId or, for a declared key, KeyId. */
  private final Cache<Record, Pair> pairs;

  CallLimits(InstantSource clock) {
    this.clock = clock;
    this.pairs =
        Caffeine.newBuilder()
            .executor(Runnable::run)
            .maximumSize(OWNERS_MAX)
            .expireAfterAccess(UNUSED_MAX)
            .ticker(() -> Duration.ofMillis(clock.millis()).toNanos())
            .build();
  }

  private record Pair(
      RequestRates rates, Optional<CallBucket> create, Optional<CallBucket> query) {}

  /** What a call of this kind is counted in; empty if nothing limits it. */
  Optional<CallBucket> of(Caller caller, CallKind kind) {
    var rates = caller.rates();
    if (rates.equals(RequestRates.NONE)) {
      return Optional.empty();
    }
    var pair = pair(owner(caller), rates);
    return switch (kind) {
      case CREATE -> pair.create();
      case QUERY -> pair.query();
      case UNAUTHENTICATED -> throw new IllegalArgumentException("a known caller");
    };
  }

  private static Record owner(Caller caller) {
    return caller.key().declared() ? caller.key().id() : caller.tenant().id();
  }

  private Pair pair(Record owner, RequestRates rates) {
    var pair = pairs.getIfPresent(owner);
    return pair != null && pair.rates().equals(rates)
        ? pair
        : pairs
            .asMap()
            .compute(
                owner, (_, old) -> old != null && old.rates().equals(rates) ? old : fresh(rates));
  }

  private Pair fresh(RequestRates rates) {
    return new Pair(
        rates,
        bucket(CallKind.CREATE, rates.createPerMinute()),
        bucket(CallKind.QUERY, rates.queryPerMinute()));
  }

  private Optional<CallBucket> bucket(CallKind kind, OptionalInt perMinute) {
    return perMinute.isPresent()
        ? Optional.of(new CallBucket(kind, perMinute.getAsInt(), clock))
        : Optional.empty();
  }
}
