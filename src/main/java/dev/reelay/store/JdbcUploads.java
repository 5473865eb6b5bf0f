package dev.reelay.store;

import dev.reelay.access.TenantId;
import dev.reelay.asset.Asset;
import dev.reelay.asset.AssetId;
import dev.reelay.asset.Uploads;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import javax.sql.DataSource;

/** Uploads in PostgreSQL: rows of files without a task. */
public final class JdbcUploads implements Uploads {
  /** One after the other, or two at once would both find the last place. */
  private static final String ONE_AT_A_TIME =
      "select id from tenant where id = ? for no key update";

  private static final String KEPT =
      """
      select count(*), coalesce(sum(bytes), 0) from asset
      where tenant_id = ? and task_id is null and removed_at is null and expires_at > ?\
      """;

  private static final String ADD =
      """
      insert into asset (id, tenant_id, kind, content_type, bytes, sha256, width, height, millis,
        expires_at)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
      """;

  private static final String FIND =
      "select * from asset where id = ? and tenant_id = ? and task_id is null";

  private final Sql sql;

  public JdbcUploads(DataSource source) {
    this.sql = new Sql(source);
  }

  @Override
  public boolean add(TenantId tenant, Asset picture, Instant now) {
    return sql.transaction(
        session -> {
          session.one(ONE_AT_A_TIME, row -> row.getLong(1), tenant.value());
          if (!hasRoom(session, tenant, picture.bytes(), now)) {
            return false;
          }
          session.updateOne(
              ADD,
              picture.id().value(),
              tenant.value(),
              AssetJson.kind(picture),
              picture.contentType(),
              picture.bytes(),
              picture.sha256(),
              picture.width(),
              picture.height(),
              picture.millis(),
              picture.expiresAt());
          return true;
        });
  }

  private static boolean hasRoom(Sql.Session session, TenantId tenant, long bytes, Instant now)
      throws SQLException {
    return session.one(
        KEPT,
        row -> row.getLong(1) < COUNT_MAX && row.getLong(2) <= BYTES_MAX - bytes,
        tenant.value(),
        now);
  }

  @Override
  public Optional<Asset> find(TenantId tenant, AssetId id) {
    return sql.run(session -> session.first(FIND, JdbcAssets::asset, id.value(), tenant.value()));
  }

  @Override
  public boolean hasRoom(TenantId tenant, Instant now) {
    return sql.run(session -> hasRoom(session, tenant, 1, now));
  }
}
