package dev.reelay.store;

import dev.reelay.access.ApiKey;
import dev.reelay.access.KeyId;
import dev.reelay.access.Plan;
import dev.reelay.access.Tenant;
import dev.reelay.access.TenantId;
import dev.reelay.money.Balance;
import dev.reelay.money.Money;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Rows of keys, tenants, plans and accounts as records. */
final class AccessRows {
  /** The columns of {@link #tenant}, for a query over tenant t and plan p. */
  static final String TENANT_COLUMNS =
      """
      t.id as tenant_id, t.name as tenant_name, p.id as plan_id, p.name as plan_name,
      p.open_tasks_max as plan_open_tasks_max, p.factor_millionths""";

  private AccessRows() {}

  static Tenant tenant(ResultSet row) throws SQLException {
    return new Tenant(
        new TenantId(row.getLong("tenant_id")), row.getString("tenant_name"), plan(row));
  }

  static Plan plan(ResultSet row) throws SQLException {
    return new Plan(
        row.getLong("plan_id"),
        row.getString("plan_name"),
        Sql.maybeInt(row, "plan_open_tasks_max"),
        row.getLong("factor_millionths"));
  }

  /** From {@code select k.*} over api_key k. */
  static ApiKey key(ResultSet row) throws SQLException {
    return new ApiKey(
        new KeyId(row.getLong("id")),
        new TenantId(row.getLong("tenant_id")),
        row.getString("name"),
        row.getString("display"),
        Sql.maybeInstant(row, "expires_at"),
        Sql.maybeInstant(row, "revoked_at"),
        Sql.maybeLong(row, "spend_limit").map(Money::ofMicros),
        Sql.maybeInt(row, "open_tasks_max"),
        row.getBoolean("declared"));
  }

  static Balance balance(ResultSet row) throws SQLException {
    return new Balance(
        Money.ofMicros(row.getLong("available")),
        Money.ofMicros(row.getLong("held")),
        Money.ofMicros(row.getLong("charged")));
  }
}
