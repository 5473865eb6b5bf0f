package dev.reelay.webhook;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/** The port through which messages leave. Blocks, for {@link DeliveryAttempt#TIMEOUT} at most. */
public interface Courier {
  DeliveryAttempt.Outcome post(Letter letter);

  /** Why no message would ever be sent to this address, from its text alone. */
  Optional<String> refusal(URI url);

  /**
   * A message ready to go.
   *
   * @param at when it is sent, and what its signature covers
   * @param body JSON
   */
  record Letter(URI url, MessageId id, Instant at, String signature, String body) {}
}
