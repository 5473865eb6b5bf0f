package dev.reelay.money;

import java.util.ArrayList;
import java.util.List;

/**
 * The entries that open or end one hold. Zero amounts leave no entry: a free task moves no money.
 */
public record Closing(Money charged, Money released, List<LedgerEntry> entries) {
  public Closing {
    entries = List.copyOf(entries);
  }

  public static List<LedgerEntry> open(Hold hold) {
    return hold.max().isZero() ? List.of() : List.of(LedgerEntry.hold(hold.max()));
  }

  /** Turns the hold into a charge; what is not charged goes back. */
  public static Closing settle(Hold hold, Usage facts) {
    var charged = hold.chargeFor(facts);
    var released = hold.max().minus(charged);
    var entries = new ArrayList<LedgerEntry>();
    if (charged.isPositive()) {
      entries.add(LedgerEntry.settle(charged));
    }
    if (released.isPositive()) {
      entries.add(LedgerEntry.release(released, charged.isZero(), "unused part of the hold"));
    }
    return new Closing(charged, released, entries);
  }

  /** Gives the whole hold back. */
  public static Closing release(Hold hold, String reason) {
    var entries =
        hold.max().isZero()
            ? List.<LedgerEntry>of()
            : List.of(LedgerEntry.release(hold.max(), true, reason));
    return new Closing(Money.ZERO, hold.max(), entries);
  }
}
