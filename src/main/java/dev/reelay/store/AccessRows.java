package dev.reelay.store;

import dev.reelay.access.AddressRange;
import dev.reelay.access.ApiKey;
import dev.reelay.access.KeyId;
import dev.reelay.access.KeyScope;
import dev.reelay.access.Plan;
import dev.reelay.access.RequestRates;
import dev.reelay.access.Tenant;
import dev.reelay.access.TenantId;
import dev.reelay.money.Balance;
import dev.reelay.money.Money;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;

/** Rows of keys, tenants, plans and accounts as records. */
final class AccessRows {
  /** The columns of {@link #tenant}, for a query over tenant t and plan p. */
  static final String TENANT_COLUMNS =
      """
      t.id as tenant_id, t.name as tenant_name, t.factor_millionths as tenant_factor,
      p.id as plan_id, p.name as plan_name,
      p.open_tasks_max as plan_open_tasks_max, p.factor_millionths,
      p.create_per_minute as plan_create_per_minute, p.query_per_minute as plan_query_per_minute\
      """;

  private AccessRows() {}

  static Tenant tenant(ResultSet row) throws SQLException {
    return new Tenant(
        new TenantId(row.getLong("tenant_id")),
        row.getString("tenant_name"),
        plan(row),
        row.getLong("tenant_factor"));
  }

  static Plan plan(ResultSet row) throws SQLException {
    return new Plan(
        row.getLong("plan_id"),
        row.getString("plan_name"),
        Sql.maybeInt(row, "plan_open_tasks_max"),
        row.getLong("factor_millionths"),
        rates(row, "plan_"));
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
        row.getBoolean("declared"),
        rates(row, ""),
        scope(row));
  }

  private static RequestRates rates(ResultSet row, String prefix) throws SQLException {
    return new RequestRates(
        Sql.maybeInt(row, prefix + "create_per_minute"),
        Sql.maybeInt(row, prefix + "query_per_minute"));
  }

  private static KeyScope scope(ResultSet row) throws SQLException {
    var addresses = Sql.texts(row, "addresses").stream().map(AddressRange::parse).toList();
    return new KeyScope(Set.copyOf(Sql.texts(row, "models")), addresses);
  }

  static Balance balance(ResultSet row) throws SQLException {
    return new Balance(
        Money.ofMicros(row.getLong("available")),
        Money.ofMicros(row.getLong("held")),
        Money.ofMicros(row.getLong("charged")));
  }
}
