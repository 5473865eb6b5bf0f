package dev.reelay.provider;

/** What came of one outgoing call. */
public sealed interface Exchange {
  /** An answer of any status, whole. */
  record Answered(Reply reply) implements Exchange {}

  /** Certain that no byte of the request left: pool, look-up, connect, TLS. */
  record NotSent(String why) implements Exchange {}

  /** The guard does not let it go there; no byte left. */
  record Refused(String why) implements Exchange {}

  /** Bytes may have left, and no whole answer came. */
  record Lost(String why) implements Exchange {}
}
