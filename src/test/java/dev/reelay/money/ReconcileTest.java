package dev.reelay.money;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReconcileTest {
  private static final Balance BALANCE = new Balance(new Money(70), new Money(20), new Money(10));
  private static final Map<Book, Money> HOUSE =
      Map.of(Book.CASH, new Money(-100), Book.REVENUE, new Money(10));

  @Test
  void books_that_balance_have_no_faults() {
    assertThat(Reconcile.faults(facts(account(BALANCE, new Money(20), 1), HOUSE, 0))).isEmpty();
  }

  @Test
  void a_stored_balance_that_entries_do_not_give_is_a_fault() {
    var account =
        new Reconcile.Account(
            "acme",
            new Balance(new Money(71), new Money(20), new Money(10)),
            BALANCE,
            new Money(20),
            1,
            1);

    assertThat(Reconcile.faults(facts(account, HOUSE, 0)))
        .singleElement()
        .asString()
        .contains("acme", "entries give");
  }

  @Test
  void held_money_without_open_holds_is_a_fault() {
    assertThat(Reconcile.faults(facts(account(BALANCE, new Money(19), 1), HOUSE, 0)))
        .singleElement()
        .asString()
        .contains("open holds");
  }

  @Test
  void a_wrong_count_of_open_tasks_is_a_fault() {
    assertThat(Reconcile.faults(facts(account(BALANCE, new Money(20), 2), HOUSE, 0)))
        .singleElement()
        .asString()
        .contains("counts 1 open tasks, has 2");
  }

  @Test
  void entries_that_do_not_sum_to_zero_are_a_fault() {
    var house = Map.of(Book.CASH, new Money(-99), Book.REVENUE, new Money(10));

    assertThat(Reconcile.faults(facts(account(BALANCE, new Money(20), 1), house, 0)))
        .singleElement()
        .asString()
        .contains("sum to 0.000001");
  }

  @Test
  void negative_money_and_every_stray_hold_or_charge_is_a_fault() {
    var negative = new Balance(new Money(-1), Money.ZERO, Money.ZERO);
    var account = new Reconcile.Account("acme", negative, negative, Money.ZERO, 0, 0);
    var house = Map.of(Book.CASH, new Money(1));

    assertThat(Reconcile.faults(new Reconcile.Facts(List.of(account), house, 1, 2, 3))).hasSize(4);
  }

  @Test
  void a_balance_is_the_sum_of_its_entries() {
    var entries =
        Stream.of(
            LedgerEntry.topUp(new Money(100), "paid"),
            LedgerEntry.correction(new Money(5), "mistyped"),
            LedgerEntry.hold(new Money(40)),
            LedgerEntry.settle(new Money(30)),
            LedgerEntry.release(new Money(10), false, "unused"),
            LedgerEntry.refund(new Money(7), "sorry"));

    var balance = entries.reduce(Balance.EMPTY, Balance::with, (_, last) -> last);

    assertThat(balance).isEqualTo(new Balance(new Money(72), Money.ZERO, new Money(23)));
    assertThat(balance.granted()).isEqualTo(new Money(95));
  }

  private static Reconcile.Account account(Balance both, Money openHolds, int open) {
    return new Reconcile.Account("acme", both, both, openHolds, 1, open);
  }

  private static Reconcile.Facts facts(
      Reconcile.Account account, Map<Book, Money> house, long strays) {
    return new Reconcile.Facts(List.of(account), house, strays, strays, strays);
  }
}
