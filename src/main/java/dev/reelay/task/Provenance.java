package dev.reelay.task;

/** Whether a callback comes from whom it should. Even a genuine one is only a hint. */
public sealed interface Provenance {
  /** Its signature is the provider's, and lately made. */
  record Genuine() implements Provenance {}

  /**
   * Its provider signs nothing, or nobody said by what to check it: that its address cannot be
   * guessed is all that speaks for it.
   */
  record NotSigned() implements Provenance {}

  /**
   * It should be signed, and is not, or wrongly, or long ago.
   *
   * @param why for the operator; nothing of it is told to whoever sent it
   */
  record Forged(String why) implements Provenance {}

  /** By what it is checked cannot be had just now; the provider may send it again. */
  record Unchecked(String why) implements Provenance {}
}
