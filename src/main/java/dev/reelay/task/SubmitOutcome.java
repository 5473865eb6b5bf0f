package dev.reelay.task;

/** The four answers that a submit can have. */
public sealed interface SubmitOutcome {
  /** No byte of the creating call left us: pool, DNS, connect, TLS. */
  record NotSent(String why) implements SubmitOutcome {}

  /** The provider has the job. */
  record Accepted(String upstreamId) implements SubmitOutcome {}

  /**
   * The provider refused and made nothing.
   *
   * @param ourAccount our credential, balance or quota there is at fault, not the request
   */
  record Rejected(Failure failure, boolean ourAccount) implements SubmitOutcome {}

  /** Bytes left, and no usable answer came. */
  record Ambiguous(String why) implements SubmitOutcome {}
}
