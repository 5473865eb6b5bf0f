package dev.reelay.testkit;

import dev.reelay.access.KeyId;
import dev.reelay.access.TenantId;
import dev.reelay.asset.AssetId;
import dev.reelay.money.Balance;
import dev.reelay.money.LedgerEntry;
import dev.reelay.money.Money;
import dev.reelay.money.Reconcile;
import dev.reelay.routing.ChannelId;
import dev.reelay.task.NodeStore;
import dev.reelay.task.TaskId;
import dev.reelay.task.TaskStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a suite over a task store needs beside the port: a world to work in, and a look behind. */
public interface TaskStoreKit extends AutoCloseable {
  TaskStore tasks();

  NodeStore nodes();

  /** A tenant who was topped up with so much. */
  TenantId tenant(Money available);

  /** A key of the tenant; empty for no spend limit. */
  KeyId key(TenantId tenant, Optional<Money> spendLimit);

  /** A channel whose only credential has the same number. */
  ChannelId channel();

  Balance balance(TenantId tenant);

  int openTasks(TenantId tenant);

  Money spent(KeyId key);

  /** The task's entries in order. */
  List<LedgerEntry> ledger(TaskId task);

  /** The types of the task's events for webhooks, in order. */
  List<String> outbox(TaskId task);

  /** The task's stored files, in order of their ids. */
  List<AssetId> assets(TaskId task);

  /** Those of them whose time is not over at that moment. */
  List<AssetId> liveAssets(TaskId task, Instant at);

  /** Lets the node's lease be over, as if it had not renewed it for long. */
  void endLease(String node);

  Reconcile.Facts facts();

  @Override
  default void close() {}
}
