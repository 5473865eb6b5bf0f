package dev.reelay.lab;

import java.time.Instant;

/**
 * A job as it stands at the moment of a look.
 *
 * @param percent 0 to 100
 */
public record LabJob(LabOrder order, Instant madeAt, Phase phase, int percent) {
  public String id() {
    return order.id();
  }

  /** Where a job is; a part has a word of its vendor for each. */
  public enum Phase {
    QUEUED,
    RUNNING,
    /** It runs, and its state is to be a word that the vendor's documentation does not have. */
    ODD,
    SUCCEEDED,
    /** Done, and there is no video in the answer. */
    EMPTY,
    FAILED,
    /** Failed for its content. */
    REFUSED,
    CANCELED
  }

  public boolean isFinal() {
    return switch (phase) {
      case QUEUED, RUNNING, ODD -> false;
      case SUCCEEDED, EMPTY, FAILED, REFUSED, CANCELED -> true;
    };
  }
}
