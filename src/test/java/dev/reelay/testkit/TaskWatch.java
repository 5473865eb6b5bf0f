package dev.reelay.testkit;

import dev.reelay.access.TenantId;
import dev.reelay.money.Balance;
import dev.reelay.money.Closing;
import dev.reelay.money.EntryKind;
import dev.reelay.money.LedgerEntry;
import dev.reelay.money.Money;
import dev.reelay.routing.ChannelId;
import dev.reelay.task.Task;
import dev.reelay.task.TaskId;
import dev.reelay.task.TaskState;
import dev.reelay.task.TaskState.Name;
import dev.reelay.task.TaskStore.Creation;
import dev.reelay.task.Transition;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Sees every write and fails at once when one breaks what must hold after each. It keeps books of
 * its own, from entries alone, to compare the store's with.
 */
public final class TaskWatch {
  private static final Map<Name, Set<Name>> MOVES =
      Map.of(
          Name.QUEUED, EnumSet.of(Name.SUBMITTING, Name.CANCELED, Name.FAILED),
          Name.SUBMITTING,
              EnumSet.of(Name.RUNNING, Name.FAILED, Name.QUEUED, Name.IN_DOUBT, Name.CANCELED),
          Name.IN_DOUBT,
              EnumSet.of(Name.RUNNING, Name.STORING, Name.QUEUED, Name.FAILED, Name.CANCELED),
          Name.RUNNING, EnumSet.of(Name.STORING, Name.FAILED, Name.CANCELED),
          Name.STORING, EnumSet.of(Name.SUCCEEDED, Name.FAILED),
          Name.SUCCEEDED, EnumSet.noneOf(Name.class),
          Name.FAILED, EnumSet.noneOf(Name.class),
          Name.CANCELED, EnumSet.noneOf(Name.class));

  private final InMemoryTaskStore store;
  private final SimUpstream upstream;
  private final Map<TaskId, Task> last = new HashMap<>();
  private final Map<TenantId, Balance> books = new HashMap<>();
  private final TruthWatch truth;
  private final Map<TaskId, Integer> resends = new HashMap<>();
  private Optional<Throwable> fault = Optional.empty();
  private long writes;

  TaskWatch(InMemoryTaskStore store, SimUpstream upstream) {
    this.store = store;
    this.upstream = upstream;
    this.truth = new TruthWatch(store, upstream);
  }

  TruthWatch truth() {
    return truth;
  }

  void toppedUp(TenantId tenant, Money amount) {
    book(tenant, LedgerEntry.topUp(amount, "for a test"));
  }

  void created(Creation creation) {
    if (creation instanceof Creation.Created(Task task)) {
      writes++;
      require(last.put(task.id(), task) == null, task, "was created twice");
      Closing.open(task.hold()).forEach(entry -> book(task.tenant(), entry));
      compareBooks(task);
    }
  }

  void taken(List<Task> tasks) {
    for (var task : tasks) {
      var before = last(task);
      writes++;
      require(!before.isFinal(), task, "was taken after its end");
      require(task.version() == before.version() + 1, task, "was taken from an old version");
      require(task.custody().fence() != before.custody().fence(), task, "was taken by its owner");
      last.put(task.id(), task);
    }
  }

  /** Whether some attempt has the job. */
  public boolean isAdopted(ChannelId channel, String id) {
    return truth.isAdopted(channel, id);
  }

  void committed(Transition change) {
    writes++;
    var before = last(change.after());
    var after = change.after();
    require(before.equals(change.before()) || sameRow(before, change.before()), after, "lost");
    require(after.version() == before.version() + 1, after, "jumped in version");
    require(after.accepted().equals(before.accepted()), after, "changed what was accepted");
    checkState(before, after);
    checkMarks(before, after);
    checkMoney(change);
    checkAttempt(change);
    change.entries().forEach(entry -> book(after.tenant(), entry));
    last.put(after.id(), after);
    compareBooks(after);
  }

  /** The owner's copy may know more progress than the row. */
  private static boolean sameRow(Task row, Task copy) {
    return row.version() == copy.version()
        && row.state().equals(copy.state())
        && row.custody().equals(copy.custody());
  }

  private void checkState(Task before, Task after) {
    var from = before.state().kind();
    var to = after.state().kind();
    require(
        before.isFinal() ? before.state().equals(after.state()) : from == to || mayMove(from, to),
        after,
        "went from " + from + " to " + to);
    require(after.isFinal() == after.state().finishedAt().isPresent(), after, "has no end");
  }

  private static boolean mayMove(Name from, Name to) {
    return MOVES.getOrDefault(from, Set.of()).contains(to);
  }

  private void checkMarks(Task before, Task after) {
    var was = before.marks();
    var is = after.marks();
    require(is.progress() >= was.progress(), after, "went back in progress");
    require(is.cancelRequested() || !was.cancelRequested(), after, "forgot a cancel");
    require(is.deletedAt().isPresent() || was.deletedAt().isEmpty(), after, "was undeleted");
    require(is.attempts() >= was.attempts(), after, "forgot an attempt");
  }

  private void checkMoney(Transition change) {
    var after = change.after();
    var ends = !change.before().isFinal() && after.isFinal();
    require(ends || change.entries().isEmpty(), after, "moved money without ending");
    require(ends == change.outbox().isPresent(), after, "told its end wrongly");
    if (!ends) {
      return;
    }
    var charged = after.state() instanceof TaskState.Succeeded done ? done.charged() : Money.ZERO;
    var hold = after.hold().max();
    require(!charged.isNegative() && charged.compareTo(hold) <= 0, after, "charged " + charged);
    require(sum(change, EntryKind.SETTLE).equals(charged), after, "settled another amount");
    require(
        sum(change, EntryKind.RELEASE).equals(hold.minus(charged)),
        after,
        "released another amount");
    var closings = change.entries().stream().filter(LedgerEntry::closes).count();
    require(closings == (hold.isZero() ? 0 : 1), after, "closed its hold " + closings + " times");
  }

  private static Money sum(Transition change, EntryKind kind) {
    return change.entries().stream()
        .filter(entry -> entry.kind() == kind)
        .map(LedgerEntry::amount)
        .reduce(Money.ZERO, Money::plus);
  }

  private void checkAttempt(Transition change) {
    var after = change.after();
    if (mayBeMadeAgain(change)) {
      resends.merge(after.id(), 1, Integer::sum);
    }
    truth.lie(change).ifPresent(lie -> require(false, after, lie));
    checkJobs(after);
  }

  /** By an operator's word, or because a twin has the first job: both tasks then have one each. */
  private boolean mayBeMadeAgain(Transition change) {
    return switch (change.timeline().word()) {
      case "doubt.resend_ordered" -> true;
      case "doubt.never_created" ->
          change.before().state().attemptIfAny().filter(truth::hasTwin).isPresent();
      default -> false;
    };
  }

  /** A second job needs an operator's word: nothing is ever sent again in silence. */
  private void checkJobs(Task task) {
    var allowed = 1 + resends.getOrDefault(task.id(), 0);
    require(upstream.jobsMadeFor(task.id()) <= allowed, task, "was made twice");
  }

  /** What must hold at the end of everything. */
  public void checkAll() {
    truth.forgotten().ifPresent(what -> failed(new AssertionError(what)));
    requireNoFault();
    last.values().forEach(this::checkJobs);
    for (var task : store.all()) {
      require(sameRow(task, last(task)), task, "was written past the watch");
    }
  }

  private void book(TenantId tenant, LedgerEntry entry) {
    books.put(tenant, books.getOrDefault(tenant, Balance.EMPTY).with(entry));
  }

  private void compareBooks(Task task) {
    var stored = store.balance(task.tenant());
    require(
        !stored.available().isNegative() && !stored.held().isNegative(),
        task,
        "negative " + stored);
    require(stored.equals(books.get(task.tenant())), task, "left wrong books: " + stored);
  }

  private Task last(Task task) {
    return Optional.ofNullable(last.get(task.id()))
        .orElseThrow(() -> new AssertionError("a write to a task nobody created: " + task));
  }

  public long writes() {
    return writes;
  }

  private void require(boolean holds, Task task, String otherwise) {
    if (!holds) {
      throw failed(new AssertionError(task.id() + " " + otherwise + ": " + task));
    }
  }

  /** Remembers what broke, since a worker that must survive everything will catch it. */
  <T extends Throwable> T failed(T what) {
    fault = fault.or(() -> Optional.of(what));
    return what;
  }

  /** Throws what broke since the world began. */
  public void requireNoFault() {
    if (fault.isPresent()) {
      throw new AssertionError(fault.get());
    }
  }
}
