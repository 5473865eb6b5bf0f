package dev.reelay.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reelay.access.Accounts.Correction;
import dev.reelay.access.Accounts.Line;
import dev.reelay.access.Accounts.Query;
import dev.reelay.access.TenantId;
import dev.reelay.money.Balance;
import dev.reelay.money.EntryKind;
import dev.reelay.money.Money;
import dev.reelay.task.Refunds.Refund;
import dev.reelay.task.TaskId;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JdbcAccountsTest {
  private static final TenantId NOBODY = new TenantId(999);
  private static final TaskId TASK = new TaskId("01k6x15vhrff09dkkqjrzwhm60");

  private final StoreKit kit = new StoreKit();
  private final TenantId tenant = kit.tenant("acme").id();
  private final JdbcRefunds refunds = new JdbcRefunds(kit.database.dataSource(), kit.clock);

  @AfterEach
  void close() {
    kit.close();
  }

  @Test
  void top_ups_and_corrections_add_up_in_account_and_ledger() {
    kit.accounts.topUp(tenant, usd("10"), "paid by transfer");
    kit.accounts.topUp(tenant, usd("2.50"), "paid by card");

    var corrected = kit.accounts.correct(tenant, usd("2.50"), "the card was charged back");

    var balance = new Balance(usd("10"), Money.ZERO, Money.ZERO);
    assertThat(corrected).isEqualTo(new Correction.Corrected(balance));
    assertThat(kit.accounts.statement(tenant).orElseThrow().balance()).isEqualTo(balance);
    assertThat(kit.accounts.entries(everything(10)))
        .extracting(line -> line.entry().kind())
        .containsExactly(EntryKind.CORRECTION, EntryKind.TOP_UP, EntryKind.TOP_UP);
    assertThat(booked("available")).isEqualTo(10_000_000);
    assertThat(booked("available") + booked("cash")).isZero();
  }

  @Test
  void a_correction_never_goes_below_zero() {
    kit.accounts.topUp(tenant, usd("1"), "paid");

    var refused = kit.accounts.correct(tenant, usd("1.000001"), "too much");

    assertThat(refused).isEqualTo(new Correction.MoreThanAvailable(usd("1")));
    assertThat(kit.accounts.entries(everything(10))).hasSize(1);
  }

  @Test
  void nobody_gets_no_money() {
    assertThat(kit.accounts.topUp(NOBODY, usd("1"), "paid")).isEmpty();
    assertThat(kit.accounts.correct(NOBODY, usd("1"), "oops"))
        .isEqualTo(new Correction.UnknownTenant());
    assertThat(kit.accounts.statement(NOBODY)).isEmpty();
    assertThat(kit.number("select count(*) from ledger_entry")).isZero();
  }

  @Test
  void a_top_up_of_nothing_is_refused_before_the_database() {
    assertThatThrownBy(() -> kit.accounts.topUp(tenant, Money.ZERO, "nothing"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void entries_come_in_pages_newest_first() {
    for (var i = 1; i <= 5; i++) {
      kit.accounts.topUp(tenant, Money.ofMicros(i), "paid " + i);
    }
    kit.accounts.topUp(kit.tenant("other").id(), usd("1"), "not ours");

    var first = kit.accounts.entries(page(OptionalLong.empty()));
    var second = kit.accounts.entries(page(OptionalLong.of(first.getLast().number())));

    assertThat(first).extracting(JdbcAccountsTest::micros).containsExactly(5L, 4L, 3L);
    assertThat(second).extracting(JdbcAccountsTest::micros).containsExactly(2L, 1L);
  }

  @Test
  void a_refund_gives_a_charge_back_and_never_more() {
    charge("0.40");

    var part = refunds.refund(TASK, Optional.of(usd("0.15")), "half of it was black");
    var tooMuch = refunds.refund(TASK, Optional.of(usd("0.26")), "and more");
    var rest = refunds.refund(TASK, Optional.empty(), "all of it");
    var again = refunds.refund(TASK, Optional.empty(), "twice");

    assertThat(part).isEqualTo(new Refund.Refunded(usd("0.15"), usd("0.25")));
    assertThat(tooMuch).isEqualTo(new Refund.MoreThanCharged(usd("0.25")));
    assertThat(rest).isEqualTo(new Refund.Refunded(usd("0.25"), Money.ZERO));
    assertThat(again).isEqualTo(new Refund.MoreThanCharged(Money.ZERO));
    assertThat(kit.accounts.statement(tenant).orElseThrow().balance())
        .isEqualTo(new Balance(usd("0.40"), Money.ZERO, Money.ZERO));
    assertThat(kit.number("select spent from api_key")).isZero();
    assertThat(kit.accounts.entries(ofTask())).hasSize(2);
  }

  @Test
  void refunds_at_once_give_the_charge_back_once() throws InterruptedException {
    charge("0.40");

    List<Refund> answers;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Refund> refund = () -> refunds.refund(TASK, Optional.of(usd("0.30")), "black");
      answers =
          threads.invokeAll(Collections.nCopies(8, refund)).stream()
              .map(Future::resultNow)
              .toList();
    }

    assertThat(answers).filteredOn(Refund.Refunded.class::isInstance).hasSize(1);
    assertThat(kit.number("select available from account")).isEqualTo(300_000);
  }

  @Test
  void a_task_without_a_charge_has_nothing_to_refund() {
    charge("0.40");
    kit.execute("update task set state = 'failed', charged = null where id = ?", TASK.value());

    assertThat(refunds.refund(TASK, Optional.empty(), "why")).isEqualTo(new Refund.NeverCharged());
    assertThat(refunds.refund(new TaskId("01k6x15vhrff09dkkqjrzwhm61"), Optional.empty(), "why"))
        .isEqualTo(new Refund.UnknownTask());
  }

  /** A succeeded task whose charge is all that the tenant ever had. */
  private void charge(String amount) {
    var key = kit.key(kit.tenants.find(tenant).orElseThrow()).key().id().value();
    var micros = usd(amount).micros();
    kit.execute(
        """
        insert into task (id, tenant_id, key_id, dialect, requested_model, served_model, request,
          hold, price_snapshot, charged, created_at, leave_queue_by, finish_by, version,
          owner_node, fence, state, state_body, attempts, progress, cancel_requested,
          updated_at, finished_at)
        values (?, ?, ?, 'unified', 'm', 'm', '{}', ?, '{}', ?, now(), now(), now(), 3, 'n', 1,
          'succeeded', '{}', 1, 100, false, now(), now())""",
        TASK.value(),
        tenant.value(),
        key,
        micros,
        micros);
    kit.execute("update account set charged = ? where tenant_id = ?", micros, tenant.value());
    kit.execute("update api_key set spent = ? where id = ?", micros, key);
  }

  private long booked(String book) {
    return kit.number(
        """
        select coalesce(sum(case when to_book = '%1$s' then amount else 0 end)
          - sum(case when from_book = '%1$s' then amount else 0 end), 0) from ledger_entry"""
            .formatted(book));
  }

  private Query everything(int limit) {
    return new Query(Optional.empty(), Optional.empty(), OptionalLong.empty(), limit);
  }

  private Query page(OptionalLong before) {
    return new Query(Optional.of(tenant), Optional.empty(), before, 3);
  }

  private static Query ofTask() {
    return new Query(Optional.empty(), Optional.of(TASK.value()), OptionalLong.empty(), 10);
  }

  private static long micros(Line line) {
    return line.entry().amount().micros();
  }

  private static Money usd(String amount) {
    return Money.parse(amount);
  }
}
