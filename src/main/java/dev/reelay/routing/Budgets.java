package dev.reelay.routing;

import dev.reelay.limit.Places;
import dev.reelay.limit.Tempo;
import java.time.InstantSource;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What each credential may still be asked for, on this node: the one place that counts. A provider
 * that hangs fills its own places and nobody else's.
 */
public final class Budgets {
  private final InstantSource clock;
  private final HealthBook health;
  private final ConcurrentHashMap<CredentialId, Budget> budgets = new ConcurrentHashMap<>();

  public Budgets(InstantSource clock) {
    this.clock = clock;
    this.health = new HealthBook(clock);
  }

  /** Whom it makes sense to ask at all. */
  public HealthBook health() {
    return health;
  }

  /**
   * The budget of one credential.
   *
   * @param downloads apart, since files are long and must not take the places of polls
   */
  public record Budget(
      Channel.Limits limits, Tempo creates, Tempo polls, Places calls, Places downloads) {
    public static final int DOWNLOADS_AT_ONCE_MAX = 16;

    private static Budget full(Channel.Limits limits, InstantSource clock) {
      return new Budget(
          limits,
          new Tempo(clock, limits.createsPerMinute()),
          new Tempo(clock, OptionalInt.of(limits.pollsPerMinute())),
          new Places(limits.callsAtOnceMax()),
          new Places(DOWNLOADS_AT_ONCE_MAX));
    }
  }

  /**
   * The budget of a credential of this channel. Changed limits make a new one; calls under way
   * leave the old one in peace.
   */
  public Budget of(Channel channel, CredentialId credential) {
    var limits = channel.limits();
    var known = budgets.get(credential);
    return known != null && known.limits().equals(limits)
        ? known
        : budgets.merge(
            credential,
            Budget.full(limits, clock),
            (old, fresh) -> old.limits().equals(limits) ? old : fresh);
  }
}
