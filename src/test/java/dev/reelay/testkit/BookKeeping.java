package dev.reelay.testkit;

import dev.reelay.access.TenantId;
import dev.reelay.money.Balance;
import dev.reelay.money.Book;
import dev.reelay.money.EntryKind;
import dev.reelay.money.LedgerEntry;
import dev.reelay.money.Money;
import dev.reelay.money.Reconcile;
import dev.reelay.task.Task;
import dev.reelay.task.TaskId;
import dev.reelay.task.TaskState;
import dev.reelay.testkit.InMemoryTaskStore.Posting;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Counts the books of the in-memory store anew, from entries and tasks alone. */
record BookKeeping(Map<TenantId, Stored> accounts, List<Posting> ledger, List<Task> tasks) {
  record Stored(Balance balance, int open) {}

  Reconcile.Facts facts() {
    var accountFacts =
        accounts.entrySet().stream().map(e -> account(e.getKey(), e.getValue())).toList();
    return new Reconcile.Facts(
        accountFacts,
        Map.of(Book.CASH, house(Book.CASH), Book.REVENUE, house(Book.REVENUE)),
        openHolds().filter(hold -> find(hold).filter(task -> !task.isFinal()).isEmpty()).count(),
        tasks.stream().filter(task -> !task.isFinal() && !isHeldRightly(task)).count(),
        of(EntryKind.SETTLE).filter(settle -> !isPaidRightly(settle)).count());
  }

  private Reconcile.Account account(TenantId tenant, Stored stored) {
    var fromEntries = Balance.EMPTY;
    for (var posting : ledger) {
      fromEntries =
          posting.tenant().equals(tenant) ? fromEntries.with(posting.entry()) : fromEntries;
    }
    var open = tasks.stream().filter(t -> t.tenant().equals(tenant) && !t.isFinal()).count();
    return new Reconcile.Account(
        "tenant " + tenant.value(),
        stored.balance(),
        fromEntries,
        sum(openHolds().filter(hold -> hold.tenant().equals(tenant))),
        stored.open(),
        Math.toIntExact(open));
  }

  private Money house(Book book) {
    return ledger.stream()
        .map(posting -> posting.entry().flowInto(book))
        .reduce(Money.ZERO, Money::plus);
  }

  private Stream<Posting> openHolds() {
    return of(EntryKind.HOLD).filter(hold -> !isClosed(hold.task().orElseThrow()));
  }

  private Stream<Posting> of(EntryKind kind) {
    return ledger.stream().filter(posting -> posting.entry().kind() == kind);
  }

  private boolean isClosed(TaskId task) {
    return entries(task).anyMatch(LedgerEntry::closes);
  }

  private Stream<LedgerEntry> entries(TaskId task) {
    Predicate<Posting> own = posting -> posting.task().equals(Optional.of(task));
    return ledger.stream().filter(own).map(Posting::entry);
  }

  private boolean isHeldRightly(Task task) {
    return task.hold().max().isZero()
        || (!isClosed(task.id())
            && entries(task.id())
                .anyMatch(e -> e.kind() == EntryKind.HOLD && e.amount().equals(task.hold().max())));
  }

  private boolean isPaidRightly(Posting settle) {
    return find(settle)
        .filter(task -> task.state() instanceof TaskState.Succeeded)
        .map(task -> ((TaskState.Succeeded) task.state()).charged())
        .filter(settle.entry().amount()::equals)
        .isPresent();
  }

  private Optional<Task> find(Posting posting) {
    return tasks.stream().filter(task -> Optional.of(task.id()).equals(posting.task())).findFirst();
  }

  private static Money sum(Stream<Posting> postings) {
    return postings.map(posting -> posting.entry().amount()).reduce(Money.ZERO, Money::plus);
  }
}
