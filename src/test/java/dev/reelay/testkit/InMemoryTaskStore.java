package dev.reelay.testkit;

import dev.reelay.access.KeyId;
import dev.reelay.access.TenantId;
import dev.reelay.asset.Asset;
import dev.reelay.asset.AssetId;
import dev.reelay.money.Balance;
import dev.reelay.money.Closing;
import dev.reelay.money.EntryKind;
import dev.reelay.money.LedgerEntry;
import dev.reelay.money.Money;
import dev.reelay.money.Reconcile;
import dev.reelay.task.Attempt;
import dev.reelay.task.NodeStore;
import dev.reelay.task.Task;
import dev.reelay.task.TaskId;
import dev.reelay.task.TaskState;
import dev.reelay.task.TaskStore;
import dev.reelay.task.Transition;
import dev.reelay.task.Transition.AttemptChange;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Both stores of tasks and nodes in memory, behind one lock, with everything open to assertions.
 * Leases run by the given clock. It passes the same suite as the real one, and like it refuses what
 * the schema refuses.
 */
public final class InMemoryTaskStore implements TaskStore, NodeStore {
  private final InstantSource clock;
  private final Map<TenantId, Account> accounts = new TreeMap<>(byNumber());
  private final Map<KeyId, Key> keys = new HashMap<>();
  private final TreeMap<String, Task> tasks = new TreeMap<>();
  private final Map<TaskId, List<TimelineRow>> timelines = new HashMap<>();
  private final Map<TaskId, List<AttemptRow>> attempts = new HashMap<>();
  private final Map<String, String> reasons = new HashMap<>();
  private final Map<List<Object>, Call> calls = new HashMap<>();
  private final Map<String, Asset> assets = new TreeMap<>();
  private final Map<String, TaskId> assetOwners = new HashMap<>();
  private final List<Posting> ledger = new ArrayList<>();
  private final List<Event> outbox = new ArrayList<>();
  private final Map<String, Lease> leases = new HashMap<>();
  private long lastNumber;
  private long lastFence;

  public InMemoryTaskStore(InstantSource clock) {
    this.clock = clock;
  }

  /** An entry in the books. */
  public record Posting(TenantId tenant, Optional<TaskId> task, LedgerEntry entry, Instant at) {}

  /** What webhooks would tell. */
  public record Event(TaskId task, String type) {}

  private record Account(Balance balance, int open) {}

  private record Key(TenantId tenant, Optional<Money> limit, Money spent) {}

  private record Call(String fingerprint, TaskId task, String answer) {}

  private record Lease(long fence, Instant until) {}

  private static Comparator<TenantId> byNumber() {
    return Comparator.comparingLong(TenantId::value);
  }

  // The world

  public synchronized TenantId addTenant(Money available) {
    var tenant = new TenantId(++lastNumber);
    accounts.put(tenant, new Account(Balance.EMPTY, 0));
    topUp(tenant, available);
    return tenant;
  }

  public synchronized void topUp(TenantId tenant, Money amount) {
    if (amount.isPositive()) {
      var before = account(tenant);
      var entry = LedgerEntry.topUp(amount, "for a test");
      ledger.add(new Posting(tenant, Optional.empty(), entry, clock.instant()));
      accounts.put(tenant, new Account(before.balance().with(entry), before.open()));
    }
  }

  /** Gives back a part of what a succeeded task was charged, once. */
  public synchronized void refund(Task task, Money amount) {
    post(task, LedgerEntry.refund(amount, "for a test"), clock.instant());
  }

  public synchronized KeyId addKey(TenantId tenant, Optional<Money> spendLimit) {
    var key = new KeyId(++lastNumber);
    keys.put(key, new Key(tenant, spendLimit, Money.ZERO));
    return key;
  }

  // TaskStore

  @Override
  public synchronized Creation create(NewTask wanted) {
    var task = wanted.task();
    var callKey = wanted.idempotency().map(i -> callKey(task.tenant(), i));
    if (callKey.isPresent() && calls.containsKey(callKey.get())) {
      return repeated(known(calls, callKey.get()), wanted.idempotency().orElseThrow());
    }
    var refusal = refusal(wanted);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    require(!tasks.containsKey(task.id().value()), "the id is taken");
    var hold = task.hold().max();
    var account = account(task.tenant());
    accounts.put(task.tenant(), new Account(account.balance(), account.open() + 1));
    var key = known(keys, task.accepted().key());
    keys.put(task.accepted().key(), new Key(key.tenant(), key.limit(), key.spent().plus(hold)));
    Closing.open(task.hold()).forEach(e -> post(task, e, task.accepted().createdAt()));
    wanted
        .idempotency()
        .ifPresent(
            i ->
                calls.put(callKey.orElseThrow(), new Call(i.fingerprint(), task.id(), i.answer())));
    wanted.inputs().forEach(input -> keep(task.id(), input));
    tasks.put(task.id().value(), task);
    tell(task, 0, task.accepted().createdAt(), new Transition.Timeline("task.created", ""));
    return new Creation.Created(task);
  }

  @Override
  public synchronized Optional<Creation> repeated(TenantId tenant, Idempotency call) {
    var key = callKey(tenant, call);
    return calls.containsKey(key)
        ? Optional.of(repeated(known(calls, key), call))
        : Optional.empty();
  }

  private static List<Object> callKey(TenantId tenant, Idempotency call) {
    return List.of(tenant, call.route(), call.key());
  }

  private static Creation repeated(Call first, Idempotency repeat) {
    return first.fingerprint().equals(repeat.fingerprint())
        ? new Creation.Replayed(first.task(), first.answer())
        : new Creation.KeyReused();
  }

  private Optional<Creation> refusal(NewTask wanted) {
    var task = wanted.task();
    var hold = task.hold().max();
    var account = account(task.tenant());
    if (account.balance().available().compareTo(hold) < 0) {
      return Optional.of(new Creation.BalanceTooLow(hold, account.balance().available()));
    }
    var limit = wanted.openTasksMax().orElse(Integer.MAX_VALUE);
    if (account.open() >= limit) {
      return Optional.of(new Creation.TooManyOpen(limit));
    }
    var key = known(keys, task.accepted().key());
    require(key.tenant().equals(task.tenant()), "the key is another tenant's");
    return key.limit()
        .map(most -> most.minus(key.spent()).max(Money.ZERO))
        .filter(left -> left.compareTo(hold) < 0)
        .map(left -> new Creation.KeyLimitReached(hold, left));
  }

  @Override
  public synchronized Commit commit(Transition transition) {
    var before = transition.before();
    var after = transition.after();
    var stored = tasks.get(before.id().value());
    if (stored == null
        || stored.version() != before.version()
        || stored.custody().fence() != before.custody().fence()) {
      return Commit.MOVED;
    }
    if (transition.attempt().filter(this::isTaken).isPresent()) {
      return Commit.UPSTREAM_ID_TAKEN;
    }
    transition.attempt().ifPresent(change -> change(after.id(), change));
    transition.entries().forEach(entry -> post(after, entry, after.marks().updatedAt()));
    if (!before.isFinal() && after.isFinal()) {
      var account = account(after.tenant());
      accounts.put(after.tenant(), new Account(account.balance(), account.open() - 1));
    }
    if (!before.isFinal() && after.state() instanceof TaskState.Succeeded done) {
      keep(after.id(), done.output().video());
      done.output().poster().ifPresent(poster -> keep(after.id(), poster));
    }
    if (after.marks().deletedAt().isPresent()) {
      expireAssets(after);
    }
    tasks.put(after.id().value(), after);
    tell(after, after.version(), after.marks().updatedAt(), transition.timeline());
    transition.outbox().ifPresent(type -> outbox.add(new Event(after.id(), type)));
    return Commit.DONE;
  }

  private void keep(TaskId task, Asset asset) {
    assets.put(asset.id().value(), asset);
    assetOwners.put(asset.id().value(), task);
  }

  private void expireAssets(Task task) {
    for (var id : assets(task.id())) {
      assets.computeIfPresent(id.value(), (_, asset) -> expired(asset, task.marks().updatedAt()));
    }
  }

  private static Asset expired(Asset asset, Instant at) {
    return new Asset(
        asset.id(),
        asset.kind(),
        asset.contentType(),
        asset.bytes(),
        asset.sha256(),
        asset.width(),
        asset.height(),
        asset.millis(),
        at.isBefore(asset.expiresAt()) ? at : asset.expiresAt(),
        asset.removedAt());
  }

  private boolean isTaken(AttemptChange change) {
    return change instanceof AttemptChange.Got got
        && attempts.values().stream()
            .flatMap(List::stream)
            .filter(row -> row.attempt().channel().equals(got.attempt().channel()))
            .anyMatch(row -> row.upstreamId().equals(Optional.of(got.upstreamId())));
  }

  private void change(TaskId task, AttemptChange change) {
    var rows = attempts.computeIfAbsent(task, _ -> new ArrayList<>());
    switch (change) {
      case AttemptChange.Opened(var attempt, String why) -> {
        require(attempt.number() == rows.size() + 1, "attempts are numbered without a gap");
        require(!reasons.containsKey(attempt.token()), "the token was used before");
        reasons.put(attempt.token(), why);
        rows.add(new AttemptRow(attempt, "sending", Optional.empty(), why));
      }
      case AttemptChange.Got(var attempt, String id) -> {
        requireOpen(rows, attempt.number());
        rows.set(
            attempt.number() - 1, new AttemptRow(attempt, "got", Optional.of(id), reason(attempt)));
      }
      case AttemptChange.Ended(var attempt, var fate, String why) -> {
        requireOpen(rows, attempt.number());
        var word = fate.name().toLowerCase(Locale.ROOT);
        var told = why.isEmpty() ? reason(attempt) : why;
        rows.set(attempt.number() - 1, new AttemptRow(attempt, word, Optional.empty(), told));
      }
    }
  }

  private static void requireOpen(List<AttemptRow> rows, int number) {
    var row = rows.get(number - 1);
    require(List.of("sending", "in_doubt").contains(row.fate()), "the attempt has ended: " + row);
  }

  private String reason(Attempt attempt) {
    return known(reasons, attempt.token());
  }

  /** Adds an entry, as the schema lets one be added: each kind once, closed once. */
  private void post(Task task, LedgerEntry entry, Instant at) {
    var same = ledger(task.id()).stream();
    require(same.noneMatch(e -> e.kind() == entry.kind()), "twice " + entry.kind());
    require(
        !entry.closes() || ledger(task.id()).stream().noneMatch(LedgerEntry::closes),
        "closed twice");
    var account = account(task.tenant());
    var balance = account.balance().with(entry);
    require(
        !balance.available().isNegative() && !balance.held().isNegative(), "negative " + balance);
    ledger.add(new Posting(task.tenant(), Optional.of(task.id()), entry, at));
    accounts.put(task.tenant(), new Account(balance, account.open()));
    if (entry.kind() == EntryKind.RELEASE) {
      var key = known(keys, task.accepted().key());
      keys.put(
          task.accepted().key(),
          new Key(key.tenant(), key.limit(), key.spent().minus(entry.amount())));
    }
  }

  private void tell(Task task, long number, Instant at, Transition.Timeline line) {
    var isStart = line.word().equals("submit.started");
    var when = isStart ? task.state().attemptIfAny().orElseThrow().startedAt() : at;
    timelines
        .computeIfAbsent(task.id(), _ -> new ArrayList<>())
        .add(
            new TimelineRow(
                Math.toIntExact(number),
                when,
                line.word(),
                task.state().kind().wire(),
                line.detail()));
  }

  @Override
  public synchronized Optional<Task> find(TaskId id) {
    return Optional.ofNullable(tasks.get(id.value()));
  }

  @Override
  public synchronized List<Task> list(Query query) {
    var newestFirst = query.order() == Query.Order.NEWEST_FIRST;
    return (newestFirst ? tasks.descendingMap() : tasks)
        .values().stream()
            .filter(task -> task.marks().deletedAt().isEmpty())
            .filter(task -> query.tenant().map(task.tenant()::equals).orElse(true))
            .filter(
                task -> query.states().isEmpty() || query.states().contains(task.state().kind()))
            .filter(task -> query.model().map(model -> isNamed(task, model)).orElse(true))
            .filter(task -> isReferred(task, query.clientReference()))
            .filter(
                task -> query.beyond().map(last -> isBeyond(task, last, newestFirst)).orElse(true))
            .limit(query.limit())
            .toList();
  }

  private static boolean isReferred(Task task, Optional<String> reference) {
    return reference.isEmpty() || reference.equals(task.request().extras().clientReference());
  }

  private static boolean isBeyond(Task task, TaskId last, boolean newestFirst) {
    var order = task.id().value().compareTo(last.value());
    return newestFirst ? order < 0 : order > 0;
  }

  private static boolean isNamed(Task task, String model) {
    return task.request().served().value().equals(model)
        || task.request().form().requested().value().equals(model);
  }

  @Override
  public synchronized List<Task> takeOrphans(Task.Custody owner, int max) {
    if (!isAlive(owner.fence())) {
      return List.of();
    }
    var taken =
        tasks.values().stream()
            .filter(task -> !task.isFinal() && !isAlive(task.custody().fence()))
            .limit(max)
            .map(task -> task.takenBy(owner))
            .toList();
    taken.forEach(task -> tasks.put(task.id().value(), task));
    return taken;
  }

  @Override
  public synchronized List<Versioned> openUnder(long fence) {
    return tasks.values().stream()
        .filter(task -> !task.isFinal() && task.custody().fence() == fence)
        .map(task -> new Versioned(task.id(), task.version()))
        .toList();
  }

  @Override
  public synchronized List<AttemptRow> attempts(TaskId id) {
    return List.copyOf(attempts.getOrDefault(id, List.of()));
  }

  @Override
  public synchronized List<TimelineRow> timeline(TaskId id) {
    return List.copyOf(timelines.getOrDefault(id, List.of()));
  }

  // NodeStore

  @Override
  public synchronized long register(String node, Duration lease) {
    leases.put(node, new Lease(++lastFence, clock.instant().plus(lease)));
    return lastFence;
  }

  @Override
  public synchronized boolean renew(String node, long fence, Duration lease) {
    if (!isHeldBy(node, fence) || !isAlive(fence)) {
      return false;
    }
    leases.put(node, new Lease(fence, clock.instant().plus(lease)));
    return true;
  }

  @Override
  public synchronized void release(String node, long fence) {
    if (isHeldBy(node, fence)) {
      endLease(node);
    }
  }

  @Override
  public synchronized int othersAlive(long fence) {
    return (int)
        leases.values().stream().filter(l -> l.fence() != fence && isAlive(l.fence())).count();
  }

  /** Ends a node's lease now, as a crash does after a while. */
  public synchronized void endLease(String node) {
    leases.computeIfPresent(node, (_, lease) -> new Lease(lease.fence(), clock.instant()));
  }

  private boolean isHeldBy(String node, long fence) {
    return Optional.ofNullable(leases.get(node)).map(Lease::fence).orElse(0L) == fence;
  }

  private boolean isAlive(long fence) {
    return leases.values().stream()
        .anyMatch(lease -> lease.fence() == fence && clock.instant().isBefore(lease.until()));
  }

  // For assertions

  public synchronized Balance balance(TenantId tenant) {
    return account(tenant).balance();
  }

  public synchronized int openTasks(TenantId tenant) {
    return account(tenant).open();
  }

  public synchronized Money spent(KeyId key) {
    return known(keys, key).spent();
  }

  public synchronized List<Posting> ledger() {
    return List.copyOf(ledger);
  }

  public synchronized List<LedgerEntry> ledger(TaskId task) {
    return ledger.stream()
        .filter(posting -> posting.task().equals(Optional.of(task)))
        .map(Posting::entry)
        .toList();
  }

  public synchronized List<Event> outbox() {
    return List.copyOf(outbox);
  }

  /** A file that a task has, as its row says. */
  public synchronized Asset asset(AssetId id) {
    return known(assets, id.value());
  }

  public synchronized List<AssetId> assets(TaskId task) {
    return assets.values().stream()
        .map(Asset::id)
        .filter(id -> task.equals(assetOwners.get(id.value())))
        .toList();
  }

  /** Every task, deleted ones too, oldest first. */
  public synchronized List<Task> all() {
    return List.copyOf(tasks.values());
  }

  /** What {@link Reconcile} judges. */
  public synchronized Reconcile.Facts reconcileFacts() {
    return new BookKeeping(accountsByTenant(), ledger(), all()).facts();
  }

  private Map<TenantId, BookKeeping.Stored> accountsByTenant() {
    var stored = new TreeMap<TenantId, BookKeeping.Stored>(byNumber());
    accounts.forEach((t, a) -> stored.put(t, new BookKeeping.Stored(a.balance(), a.open())));
    return stored;
  }

  private Account account(TenantId tenant) {
    return known(accounts, tenant);
  }

  private static <K, V> V known(Map<K, V> map, K key) {
    return Optional.ofNullable(map.get(key))
        .orElseThrow(() -> new IllegalStateException("there is no " + key));
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalStateException(otherwise);
    }
  }
}
