package dev.reelay.provider;

import dev.reelay.routing.HealthBook;
import dev.reelay.routing.HealthPart.Sign;
import dev.reelay.task.Attempt;
import dev.reelay.task.ErrorCode;
import dev.reelay.task.PollOutcome;
import dev.reelay.task.SubmitOutcome;
import java.util.Optional;

/**
 * Reads from what calls came to how the provider is. What the caller did wrong, what never left for
 * want of a place here, and what an adapter stumbled over before it sent anything are no sign.
 */
final class HealthSigns {
  private final HealthBook health;

  HealthSigns(HealthBook health) {
    this.health = health;
  }

  /**
   * @param unreached some call of it got no answer
   */
  void submitted(Attempt attempt, SubmitOutcome outcome, boolean unreached) {
    of(outcome, unreached).ifPresent(sign -> note(attempt, sign, why(outcome)));
  }

  private static Optional<Sign> of(SubmitOutcome outcome, boolean unreached) {
    return switch (outcome) {
      case SubmitOutcome.Accepted _ -> Optional.of(Sign.WORKED);
      case SubmitOutcome.Rejected(var failure, boolean ourAccount) ->
          Optional.of(ourAccount ? ofAccount(failure.code()) : Sign.ANSWERED);
      case SubmitOutcome.NotSent _ -> unreached ? Optional.of(Sign.FAILED) : Optional.empty();
      case SubmitOutcome.Ambiguous _ -> Optional.of(Sign.FAILED);
    };
  }

  /** Many codes say why a task failed; of those for our own account two are told apart. */
  private static Sign ofAccount(ErrorCode code) {
    if (code == ErrorCode.UPSTREAM_BUSY) {
      return Sign.FAILED;
    }
    return code == ErrorCode.UPSTREAM_MODEL_GONE ? Sign.MODEL_GONE : Sign.ACCOUNT_REFUSED;
  }

  private static String why(SubmitOutcome outcome) {
    return switch (outcome) {
      case SubmitOutcome.Accepted _ -> "";
      case SubmitOutcome.Rejected(var failure, _) ->
          failure.code().wire() + ": " + failure.message();
      case SubmitOutcome.NotSent(String why) -> why;
      case SubmitOutcome.Ambiguous(String why) -> why;
    };
  }

  /**
   * An answer that says nothing of the job, such as an error of their server, says nothing of
   * creates either.
   */
  void polled(Attempt attempt, PollOutcome outcome, boolean unreached) {
    switch (outcome) {
      case PollOutcome.Unanswered(String why, _) -> {
        if (unreached) {
          note(attempt, Sign.POLL_LOST, why);
        }
      }
      case PollOutcome.Pending _,
          PollOutcome.Succeeded _,
          PollOutcome.Failed _,
          PollOutcome.Canceled _,
          PollOutcome.Unrecognized _ ->
          note(attempt, Sign.POLLED, "");
    }
  }

  private void note(Attempt attempt, Sign sign, String why) {
    health.note(attempt.channel(), attempt.credential(), attempt.upstreamModel(), sign, why);
  }
}
