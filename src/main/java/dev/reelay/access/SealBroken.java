package dev.reelay.access;

/** A sealed secret did not open. The message names the place and never the contents. */
public final class SealBroken extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Why it did not open. */
  public enum Reason {
    /** It is no blob of ours, or of a later version of Reelay. */
    MALFORMED,
    /** It was sealed under another master key. */
    OTHER_KEY,
    /** It was changed, or belongs to another place. */
    TAMPERED_OR_MOVED
  }

  private final Reason reason;

  SealBroken(Reason reason, SealedPlace place) {
    super("cannot open " + place + ": " + reason);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
