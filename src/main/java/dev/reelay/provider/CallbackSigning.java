package dev.reelay.provider;

import dev.reelay.access.Secret;
import dev.reelay.task.Callback;
import dev.reelay.task.Provenance;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** How a provider signs its callbacks, as pure as the rest of an adapter: no socket, no clock. */
public interface CallbackSigning {
  /**
   * How far the time in a signature may lie from ours, to either side. Within it a callback can be
   * sent again by whoever saw it, and then it hurries a poll once more.
   */
  Duration CLOCK_GAP_MAX = Duration.ofMinutes(5);

  /** That of a provider that signs nothing. */
  CallbackSigning NONE = (_, _, _) -> new Provenance.NotSigned();

  /**
   * By what a signature is checked beside the channel's credential.
   *
   * @param secret the callback secret that the operator gave the credential
   * @param keys the answer of {@link #keysAt}
   */
  record Means(Optional<Secret> secret, Optional<String> keys) {}

  /** Whether a callback is the provider's. What cannot be read is forged. */
  Provenance check(Context context, Callback callback, Means means);

  /** Whether an operator has a secret of the provider's to give for it. */
  default boolean takesSecret() {
    return false;
  }

  /** Where the provider publishes its keys; empty where it signs without. */
  default Optional<URI> keysAt(Map<String, String> settings) {
    return Optional.empty();
  }

  /** Whether a signature of that time may still be taken. */
  static boolean isTimely(Instant signedAt, Instant now) {
    return Duration.between(signedAt, now).abs().compareTo(CLOCK_GAP_MAX) <= 0;
  }

  /** The same for a time in whole seconds since 1970; false for what is none. */
  static boolean isTimely(String seconds, Instant now) {
    return seconds.matches("[0-9]{1,12}")
        && isTimely(Instant.ofEpochSecond(Long.parseLong(seconds)), now);
  }
}
