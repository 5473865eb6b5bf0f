package dev.reelay.access;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Gives a key a new secret: a new key with the same name, tenant, limits and scope takes its place,
 * and the old one goes on for the overlap, in which clients change over.
 */
public final class RotateKey {
  public static final Duration OVERLAP_MAX = Duration.ofDays(90);

  private final Keys keys;
  private final KeyHasher hasher;
  private final SecureRandom random;
  private final InstantSource clock;

  public RotateKey(Keys keys, KeyHasher hasher, SecureRandom random, InstantSource clock) {
    this.keys = keys;
    this.hasher = hasher;
    this.random = random;
    this.clock = clock;
  }

  /** What became of it. */
  public sealed interface Outcome {
    /**
     * @param secret the text of the new key, which must be shown now or never
     * @param old the former key, with its end
     */
    record Rotated(ApiKey key, Secret secret, ApiKey old) implements Outcome {}

    /** There is no such key. */
    record Missing() implements Outcome {}

    /** It has ended already; issue a new key instead. */
    record Ended(ApiKey.Refusal why) implements Outcome {}

    /** Its text stands in the configuration; declare another one there. */
    record Declared() implements Outcome {}
  }

  /**
   * @param overlap how long the old key goes on, zero to {@link #OVERLAP_MAX}; never longer than it
   *     would have without this
   * @throws IllegalArgumentException for an overlap out of its range
   */
  public Outcome rotate(KeyId id, Duration overlap) {
    if (overlap.isNegative() || overlap.compareTo(OVERLAP_MAX) > 0) {
      throw new IllegalArgumentException("an overlap is zero to " + OVERLAP_MAX.toDays() + " days");
    }
    var secret = ApiKeyFormat.generate(random);
    var next = new Keys.Successor(hasher.hash(secret.reveal()), KeyHint.of(secret));
    return switch (keys.rotate(id, next, clock.instant().plus(overlap))) {
      case Keys.Rotation.Done(ApiKey key, ApiKey old) -> new Outcome.Rotated(key, secret, old);
      case Keys.Rotation.Missing _ -> new Outcome.Missing();
      case Keys.Rotation.Ended(ApiKey.Refusal why) -> new Outcome.Ended(why);
      case Keys.Rotation.Declared _ -> new Outcome.Declared();
    };
  }
}
