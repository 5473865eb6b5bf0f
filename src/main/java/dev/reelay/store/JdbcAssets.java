package dev.reelay.store;

import dev.reelay.access.TenantId;
import dev.reelay.asset.Asset;
import dev.reelay.asset.AssetId;
import dev.reelay.asset.AssetKind;
import dev.reelay.asset.Assets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;

/** The rows of stored files in PostgreSQL. */
public final class JdbcAssets implements Assets {
  private static final String FIND =
      """
      select a.*, coalesce(t.deleted_at is not null, false) as task_deleted
      from asset a left join task t on t.id = a.task_id where a.id = ?\
      """;

  private static final String EXPIRED =
      """
      select * from asset where removed_at is null and expires_at <= ?
      order by expires_at limit ?\
      """;

  private static final String KNOWN = "select id from asset where id = any(?)";

  /** Deleting a task lets its files expire; one that is added afterwards must not live longer. */
  private static final String ADD_BESIDE =
      """
      insert into asset (id, tenant_id, task_id, kind, content_type, bytes, sha256, width, height,
        millis, expires_at)
      select ?, tenant_id, task_id, ?, ?, ?, ?, ?, ?, ?, least(?, expires_at)
      from asset where id = ? for update
      on conflict (id) do update set bytes = excluded.bytes, sha256 = excluded.sha256,
        expires_at = excluded.expires_at, removed_at = null\
      """;

  /** Deleting a task lets its files expire; one that is added afterwards must not live longer. */
  private static final String ADD_TO =
      """
      insert into asset (id, tenant_id, task_id, kind, content_type, bytes, sha256, width, height,
        millis, expires_at)
      select ?, tenant_id, id, ?, ?, ?, ?, ?, ?, ?, least(?, deleted_at)
      from task where id = ? for share
      on conflict (id) do update set content_type = excluded.content_type, bytes = excluded.bytes,
        sha256 = excluded.sha256, width = excluded.width, height = excluded.height,
        expires_at = excluded.expires_at, removed_at = null
      where asset.task_id = excluded.task_id\
      """;

  private static final String MARK_REMOVED =
      "update asset set removed_at = ? where id = ? and removed_at is null";

  private final Sql sql;

  public JdbcAssets(DataSource source) {
    this.sql = new Sql(source);
  }

  @Override
  public Optional<Owned> find(AssetId id) {
    return sql.run(
        session ->
            session.first(
                FIND,
                row ->
                    new Owned(
                        asset(row),
                        new TenantId(row.getLong("tenant_id")),
                        row.getBoolean("task_deleted")),
                id.value()));
  }

  @Override
  public List<Asset> expired(Instant now, int max) {
    return sql.run(session -> session.list(EXPIRED, JdbcAssets::asset, now, max));
  }

  @Override
  public Set<AssetId> known(Collection<AssetId> ids) {
    var texts = ids.stream().map(AssetId::value).toArray(String[]::new);
    return Set.copyOf(
        sql.run(
            session ->
                session.list(KNOWN, row -> new AssetId(row.getString("id")), (Object) texts)));
  }

  @Override
  public boolean addBeside(Asset asset, AssetId other) {
    return add(ADD_BESIDE, asset, other.value());
  }

  @Override
  public boolean addTo(String task, Asset asset) {
    return add(ADD_TO, asset, task);
  }

  /**
   * @param owner the row whose tenant, task and end it gets
   */
  private boolean add(String statement, Asset asset, String owner) {
    return sql.run(
        session ->
            session.update(
                    statement,
                    asset.id().value(),
                    AssetJson.kind(asset),
                    asset.contentType(),
                    asset.bytes(),
                    asset.sha256(),
                    asset.width(),
                    asset.height(),
                    asset.millis(),
                    asset.expiresAt(),
                    owner)
                == 1);
  }

  @Override
  public boolean markRemoved(AssetId id, Instant at) {
    return sql.run(session -> session.update(MARK_REMOVED, at, id.value()) == 1);
  }

  static Asset asset(ResultSet row) throws SQLException {
    return new Asset(
        new AssetId(row.getString("id")),
        AssetKind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
        row.getString("content_type"),
        row.getLong("bytes"),
        row.getString("sha256"),
        row.getInt("width"),
        row.getInt("height"),
        row.getLong("millis"),
        Sql.instant(row, "expires_at"),
        Sql.maybeInstant(row, "removed_at"));
  }
}
