package dev.reelay.worker;

import dev.reelay.task.SubmitOutcome;
import dev.reelay.task.Task;
import dev.reelay.task.TaskState.InDoubt;
import dev.reelay.task.Upstream;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Resolves doubts by what the adapter declares. Here: the idempotency token, whose create may be
 * sent again within the token's life, since the provider gives the same job. Without a recipe a
 * doubt waits, visible, for the operator or its deadline; it is never resent in silence.
 */
final class Rescuer {
  /** A doubt without a recipe costs nothing to look at; its deadline is looked at besides. */
  static final Duration LOOK_AGAIN = Duration.ofMinutes(1);

  private final Upstream upstream;
  private final Submitter submitter;
  private final InstantSource clock;

  Rescuer(Upstream upstream, Submitter submitter, InstantSource clock) {
    this.upstream = upstream;
    this.submitter = submitter;
    this.clock = clock;
  }

  Next resolve(Task task, InDoubt doubt, int misses) {
    var abilities = upstream.abilities(doubt.attempt().channel());
    var tokenDies = doubt.attempt().startedAt().plus(abilities.tokenLife());
    if (!abilities.idempotencyToken() || !clock.instant().isBefore(tokenDies)) {
      return Next.at(clock.instant().plus(LOOK_AGAIN));
    }
    return switch (upstream.submit(task, doubt.attempt())) {
      case SubmitOutcome.NotSent _, SubmitOutcome.Ambiguous _ ->
          Next.missed(clock.instant().plus(Pacing.backoff(misses)));
      // Our account may not send now; that says nothing about what it sent before.
      case SubmitOutcome.Rejected(_, boolean ourAccount) when ourAccount ->
          Next.missed(clock.instant().plus(Pacing.backoff(misses)));
      case SubmitOutcome.Accepted accepted -> submitter.sent(task, doubt.attempt(), accepted);
      case SubmitOutcome.Rejected rejected -> submitter.sent(task, doubt.attempt(), rejected);
    };
  }
}
