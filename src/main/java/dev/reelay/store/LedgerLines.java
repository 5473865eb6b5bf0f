package dev.reelay.store;

import dev.reelay.access.Accounts;
import dev.reelay.access.TenantId;
import dev.reelay.money.EntryKind;
import dev.reelay.money.LedgerEntry;
import dev.reelay.money.Money;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** Ledger entries as rows. */
final class LedgerLines {
  private static final String INSERT =
      """
      insert into ledger_entry
        (tenant_id, task_id, kind, from_book, to_book, amount, closes, reason, at)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?)""";

  private LedgerLines() {}

  static void insert(
      Sql.Session session, TenantId tenant, Optional<String> task, LedgerEntry entry, Instant at)
      throws SQLException {
    var script = new Script();
    add(script, tenant, task, entry, at);
    script.runEachOne(session);
  }

  /** Adds the entry to statements that go out together. */
  static void add(
      Script script, TenantId tenant, Optional<String> task, LedgerEntry entry, Instant at) {
    var kind = entry.kind();
    script.add(
        INSERT,
        tenant.value(),
        task,
        word(kind),
        word(kind.from()),
        word(kind.to()),
        entry.amount().micros(),
        entry.closes(),
        entry.reason(),
        at);
  }

  static Accounts.Line line(ResultSet row) throws SQLException {
    var entry =
        new LedgerEntry(
            EntryKind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
            Money.ofMicros(row.getLong("amount")),
            row.getBoolean("closes"),
            row.getString("reason"));
    return new Accounts.Line(
        row.getLong("id"),
        new TenantId(row.getLong("tenant_id")),
        Optional.ofNullable(row.getString("task_id")),
        entry,
        Sql.instant(row, "at"));
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
