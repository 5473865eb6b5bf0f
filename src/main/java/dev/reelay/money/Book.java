package dev.reelay.money;

/** Where money can be. Available and held belong to a tenant's account; the others to the house. */
public enum Book {
  /** A tenant's money that may be spent. */
  AVAILABLE,
  /** A tenant's money reserved by open holds. */
  HELD,
  /** Money that came in from outside; the sum of top-ups stands here as a negative. */
  CASH,
  /** Charges. */
  REVENUE
}
