package dev.reelay.testkit;

import dev.reelay.access.KeyId;
import dev.reelay.access.TenantId;
import dev.reelay.asset.AssetId;
import dev.reelay.money.Balance;
import dev.reelay.money.LedgerEntry;
import dev.reelay.money.Money;
import dev.reelay.money.Reconcile;
import dev.reelay.routing.ChannelId;
import dev.reelay.task.Margins;
import dev.reelay.task.NodeStore;
import dev.reelay.task.Task;
import dev.reelay.task.TaskId;
import dev.reelay.task.TaskStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The in-memory store as the suite sees it. */
public final class InMemoryTaskStoreKit implements TaskStoreKit {
  private final InMemoryTaskStore store = new InMemoryTaskStore(new ManualClock());
  private long channels;

  @Override
  public TaskStore tasks() {
    return store;
  }

  @Override
  public NodeStore nodes() {
    return store;
  }

  InMemoryDoubts doubts() {
    return new InMemoryDoubts(store);
  }

  Margins margins() {
    return new InMemoryMargins(store);
  }

  void refund(Task task, Money amount) {
    store.refund(task, amount);
  }

  @Override
  public TenantId tenant(Money available) {
    return store.addTenant(available);
  }

  @Override
  public KeyId key(TenantId tenant, Optional<Money> spendLimit) {
    return store.addKey(tenant, spendLimit);
  }

  @Override
  public ChannelId channel() {
    return new ChannelId(++channels);
  }

  @Override
  public Balance balance(TenantId tenant) {
    return store.balance(tenant);
  }

  @Override
  public int openTasks(TenantId tenant) {
    return store.openTasks(tenant);
  }

  @Override
  public Money spent(KeyId key) {
    return store.spent(key);
  }

  @Override
  public List<LedgerEntry> ledger(TaskId task) {
    return store.ledger(task);
  }

  @Override
  public List<String> outbox(TaskId task) {
    return store.outbox().stream()
        .filter(event -> event.task().equals(task))
        .map(InMemoryTaskStore.Event::type)
        .toList();
  }

  @Override
  public List<AssetId> assets(TaskId task) {
    return store.assets(task);
  }

  @Override
  public List<AssetId> liveAssets(TaskId task, Instant at) {
    return store.assets(task).stream().filter(id -> !store.asset(id).isGone(at)).toList();
  }

  @Override
  public void endLease(String node) {
    store.endLease(node);
  }

  @Override
  public Reconcile.Facts facts() {
    return store.reconcileFacts();
  }
}
