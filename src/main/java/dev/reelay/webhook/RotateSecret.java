package dev.reelay.webhook;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Gives an endpoint a new secret; messages are signed with the old ones too for a day. */
public final class RotateSecret {
  public static final Duration OVERLAP = Duration.ofHours(24);

  private final Endpoints endpoints;
  private final InstantSource clock;
  private final RandomGenerator random;

  /**
   * @param random makes secrets, so it must be a secure one
   */
  public RotateSecret(Endpoints endpoints, InstantSource clock, RandomGenerator random) {
    this.endpoints = endpoints;
    this.clock = clock;
    this.random = random;
  }

  /** The new secret, to be shown once; empty if the endpoint is gone. */
  public Optional<SigningSecret> rotate(Endpoint endpoint) {
    var next = SigningSecret.generate(random);
    var othersEnd = clock.instant().plus(OVERLAP);
    return endpoints.rotate(endpoint.tenant(), endpoint.id(), next, othersEnd)
        ? Optional.of(next)
        : Optional.empty();
  }
}
