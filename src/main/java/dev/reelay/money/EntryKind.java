package dev.reelay.money;

/** Why a ledger entry exists; each kind moves money between two fixed books. */
public enum EntryKind {
  TOP_UP(Book.CASH, Book.AVAILABLE),
  HOLD(Book.AVAILABLE, Book.HELD),
  SETTLE(Book.HELD, Book.REVENUE),
  RELEASE(Book.HELD, Book.AVAILABLE),
  REFUND(Book.REVENUE, Book.AVAILABLE),
  /** Takes a mistaken top-up back. */
  CORRECTION(Book.AVAILABLE, Book.CASH);

  private final Book from;
  private final Book to;

  EntryKind(Book from, Book to) {
    this.from = from;
    this.to = to;
  }

  public Book from() {
    return from;
  }

  public Book to() {
    return to;
  }
}
