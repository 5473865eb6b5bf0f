package dev.reelay.money;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Proves balances from entries, and entries from tasks. Repairs nothing. */
public final class Reconcile {
  private Reconcile() {}

  /**
   * What the store counted, in one snapshot.
   *
   * @param accounts every account
   * @param openHoldsWithoutLiveTask holds not closed whose task is final or missing; must be 0
   * @param liveTasksWithoutHold open tasks with a price above zero and no open hold; must be 0
   * @param chargesWithoutSuccess settle entries whose task did not succeed; must be 0
   * @param house the sums of the house's books
   */
  public record Facts(
      List<Account> accounts,
      Map<Book, Money> house,
      long openHoldsWithoutLiveTask,
      long liveTasksWithoutHold,
      long chargesWithoutSuccess) {
    public Facts {
      accounts = List.copyOf(accounts);
      house = Map.copyOf(house);
    }
  }

  /** One account: the stored balance beside the balance that its entries and open tasks give. */
  public record Account(
      String name,
      Balance stored,
      Balance fromEntries,
      Money openHolds,
      int openStored,
      int open) {}

  /** The faults found, in words; empty if the books balance. */
  public static List<String> faults(Facts facts) {
    var faults = new ArrayList<String>();
    var sum = Money.ZERO;
    for (var account : facts.accounts()) {
      check(account, faults);
      sum = sum.plus(account.fromEntries().available()).plus(account.fromEntries().held());
    }
    for (var amount : facts.house().values()) {
      sum = sum.plus(amount);
    }
    if (!sum.isZero()) {
      faults.add("entries sum to " + sum + " and not to zero");
    }
    count(faults, facts.openHoldsWithoutLiveTask(), "open holds without a live task");
    count(faults, facts.liveTasksWithoutHold(), "live tasks without an open hold");
    count(faults, facts.chargesWithoutSuccess(), "charges without a succeeded task");
    return List.copyOf(faults);
  }

  private static void check(Account account, List<String> faults) {
    var stored = account.stored();
    if (!stored.equals(account.fromEntries())) {
      faults.add(
          account.name() + ": stored " + stored + " but entries give " + account.fromEntries());
    }
    if (!stored.held().equals(account.openHolds())) {
      faults.add(
          account.name() + ": held " + stored.held() + " but open holds " + account.openHolds());
    }
    if (stored.available().isNegative() || stored.held().isNegative()) {
      faults.add(account.name() + ": negative balance " + stored);
    }
    if (account.openStored() != account.open()) {
      faults.add(
          account.name()
              + ": counts "
              + account.openStored()
              + " open tasks, has "
              + account.open());
    }
  }

  private static void count(List<String> faults, long count, String what) {
    if (count != 0) {
      faults.add(count + " " + what);
    }
  }
}
