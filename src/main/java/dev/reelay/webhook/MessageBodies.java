package dev.reelay.webhook;

import java.util.Optional;

/** The port to what is written in messages. */
public interface MessageBodies {
  /** As Standard Webhooks 1.0 asks. */
  int BYTES_MAX = 20_000;

  /**
   * The body of a delivery, the same at each attempt, at most {@link #BYTES_MAX} bytes.
   *
   * @return empty if its task was deleted
   */
  Optional<String> of(Delivery delivery, Endpoint.Format format);
}
