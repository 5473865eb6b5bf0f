package dev.reelay.provider;

import dev.reelay.task.CancelOutcome;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Cancels a job where the same call throws away the record of one that has ended, and with it the
 * video: two calls, since the job is looked at first.
 *
 * @param look asks how the job stands
 * @param stop cancels it
 */
public record CancelAfterLook(Call look, Call stop, Reading reading)
    implements Operation<CancelOutcome> {
  /**
   * What the answers mean.
   *
   * @param status the word of an answer that tells one
   * @param stoppable words of jobs that can be canceled
   * @param why the sentence of an answer that refuses
   */
  public record Reading(
      Function<Reply, Optional<String>> status,
      Set<String> stoppable,
      Function<Reply, String> why) {
    public Reading {
      stoppable = Set.copyOf(stoppable);
    }
  }

  private enum Asked implements Step.State {
    HOW_IT_STANDS,
    TO_STOP
  }

  @Override
  public Step<CancelOutcome> begin() {
    return new Step.Send<>(look, Asked.HOW_IT_STANDS, false);
  }

  @Override
  public Step<CancelOutcome> next(Step.State state, Reply reply) {
    return switch ((Asked) state) {
      case HOW_IT_STANDS -> looked(reply);
      case TO_STOP -> new Step.Done<>(told(reply));
    };
  }

  private Step<CancelOutcome> looked(Reply reply) {
    var status = reading.status().apply(reply);
    if (status.isEmpty()) {
      return new Step.Done<>(new CancelOutcome.Unanswered(why(reply)));
    }
    return reading.stoppable().contains(status.get())
        ? new Step.Send<>(stop, Asked.TO_STOP, false)
        : new Step.Done<>(
            new CancelOutcome.NotSupported(
                "a job that stands at this is not stopped: " + status.get()));
  }

  private CancelOutcome told(Reply reply) {
    if (reply.isSuccess()) {
      return new CancelOutcome.Asked();
    }
    return switch (reply.status()) {
      case 400, 404, 405, 409 -> new CancelOutcome.NotSupported(why(reply));
      default -> new CancelOutcome.Unanswered(why(reply));
    };
  }

  private String why(Reply reply) {
    return reading.why().apply(reply);
  }
}
