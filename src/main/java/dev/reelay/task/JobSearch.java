package dev.reelay.task;

import dev.reelay.routing.ChannelId;
import java.time.Instant;
import java.util.Optional;

/**
 * The port to what providers tell of jobs whose id nobody knows. Like {@link Upstream}: calls
 * block, have time-outs of their own, and answer with values.
 */
public interface JobSearch {
  /** Looks an attempt's job up by the token that its create carried. */
  FindOutcome find(Attempt attempt);

  /**
   * Lists the jobs of an attempt's account.
   *
   * @param since back to this moment, by the provider's clock
   */
  ListOutcome list(Attempt attempt, Instant since);

  /** The upstream id that a callback names, if the channel's adapter finds one in it. */
  Optional<String> named(ChannelId channel, Callback callback);

  /**
   * Whether a callback to an attempt's address is signed as its provider signs. It may ask for
   * public keys, and asks for nothing else.
   */
  default Provenance provenance(Attempt attempt, Callback callback) {
    return new Provenance.NotSigned();
  }

  /**
   * What has to be answered at once, as JSON, to a provider that asks an address of ours a question
   * before it uses it. Asks no database, since the provider waits few seconds.
   */
  default Optional<String> answer(Callback callback) {
    return Optional.empty();
  }
}
