package dev.reelay.money;

/**
 * A tenant's account as stored.
 *
 * @param available may be spent; never negative
 * @param held the sum of open holds; never negative
 * @param charged everything settled less refunds, over the account's life
 */
public record Balance(Money available, Money held, Money charged) {
  public static final Balance EMPTY = new Balance(Money.ZERO, Money.ZERO, Money.ZERO);

  /**
   * The account after an entry. Folded over {@link #EMPTY}, entries give a balance or, where they
   * are only some of an account's, its change, which may be negative.
   */
  public Balance with(LedgerEntry entry) {
    return new Balance(
        available.plus(entry.flowInto(Book.AVAILABLE)),
        held.plus(entry.flowInto(Book.HELD)),
        charged.plus(entry.flowInto(Book.REVENUE)));
  }

  /** Everything ever granted: what relays' clients are shown as their limit. */
  public Money granted() {
    return available.plus(held).plus(charged);
  }
}
