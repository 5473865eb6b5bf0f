package dev.reelay.money;

/**
 * An immutable, double fact about money: the amount leaves one book and enters another, so entries
 * sum to zero. A correction is a new entry.
 *
 * @param amount above zero
 * @param closes whether this entry ends the task's hold; at most one entry of a task does
 */
public record LedgerEntry(EntryKind kind, Money amount, boolean closes, String reason) {
  public LedgerEntry {
    if (!amount.isPositive()) {
      throw new IllegalArgumentException("an entry moves more than zero: " + kind + " " + amount);
    }
  }

  /** What this entry adds to a book; negative where it takes from it. */
  public Money flowInto(Book book) {
    if (kind.to() == book) {
      return amount;
    }
    return kind.from() == book ? Money.ZERO.minus(amount) : Money.ZERO;
  }

  public static LedgerEntry topUp(Money amount, String reason) {
    return new LedgerEntry(EntryKind.TOP_UP, amount, false, reason);
  }

  public static LedgerEntry correction(Money amount, String reason) {
    return new LedgerEntry(EntryKind.CORRECTION, amount, false, reason);
  }

  public static LedgerEntry refund(Money amount, String reason) {
    return new LedgerEntry(EntryKind.REFUND, amount, false, reason);
  }

  static LedgerEntry hold(Money amount) {
    return new LedgerEntry(EntryKind.HOLD, amount, false, "task created");
  }

  static LedgerEntry settle(Money amount) {
    return new LedgerEntry(EntryKind.SETTLE, amount, true, "task succeeded");
  }

  static LedgerEntry release(Money amount, boolean closes, String reason) {
    return new LedgerEntry(EntryKind.RELEASE, amount, closes, reason);
  }
}
