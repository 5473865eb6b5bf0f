package dev.reelay.provider;

import dev.reelay.limit.Tempo;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * An operation as the engine asks it of a provider, and what it ends with where the adapter cannot
 * decide. {@link Logins#ask} asks it.
 *
 * @param tempo as of {@link Drive}
 * @param operation made anew for each line, whose context shows the secret or a token
 * @param ending where an answer is missing
 * @param shut where there is no token, so that nothing was sent
 * @param undone whether an end says for sure that the operation did nothing and may be run again
 */
record Question<O>(
    Optional<Tempo> tempo,
    Function<Lines.Line.Open, Operation<O>> operation,
    Drive.Ending<O> ending,
    Function<Logins.Entry.Shut, O> shut,
    Predicate<O> undone) {
  /** That there was no answer. */
  interface Unanswered<O> {
    O of(String why, Optional<Duration> retryAfter);
  }

  /** One that makes nothing, so that it may be asked again whatever it came to. */
  static <O> Question<O> harmless(
      Optional<Tempo> tempo,
      Function<Lines.Line.Open, Operation<O>> operation,
      Unanswered<O> unanswered) {
    return new Question<>(
        tempo,
        operation,
        (_, why) -> unanswered.of(why, Optional.empty()),
        shut -> unanswered.of(shut.why(), shut.retryAfter()),
        _ -> true);
  }
}
