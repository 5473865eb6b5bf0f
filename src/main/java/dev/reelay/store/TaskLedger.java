package dev.reelay.store;

import dev.reelay.access.TenantId;
import dev.reelay.money.LedgerEntry;
import dev.reelay.task.TaskId;
import java.time.Instant;
import java.util.Optional;

/** The entries that tasks make in the ledger, added together with the rest of a change. */
final class TaskLedger {
  private static final String ADD =
      """
      insert into ledger_entry (tenant_id, task_id, kind, from_book, to_book, amount, closes,
        reason, at)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?)""";

  private TaskLedger() {}

  static void add(
      Script script, TenantId tenant, Optional<TaskId> task, LedgerEntry entry, Instant at) {
    script.add(
        ADD,
        tenant.value(),
        task.map(TaskId::value),
        JdbcTaskStore.word(entry.kind()),
        JdbcTaskStore.word(entry.kind().from()),
        JdbcTaskStore.word(entry.kind().to()),
        entry.amount().micros(),
        entry.closes(),
        entry.reason(),
        at);
  }
}
