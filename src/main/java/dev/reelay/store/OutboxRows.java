package dev.reelay.store;

import dev.reelay.access.TenantId;
import dev.reelay.task.TaskId;
import dev.reelay.webhook.Delivery.Happening;
import dev.reelay.webhook.Delivery.Subject;
import dev.reelay.webhook.MessageId;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The outbox in the order in which nothing can be passed over: by writing transaction, and only up
 * to the oldest that still runs.
 */
final class OutboxRows {
  private static final String SETTLED = " e.written_by < pg_snapshot_xmin(pg_current_snapshot()) ";

  static final String COLUMNS =
      """
      e.id, e.written_by::text as written_by, e.tenant_id, e.task_id, e.type, e.created_at,
        t.callback_url
      """;

  private static final String NEXT =
      "select "
          + COLUMNS
          + " from event e join task t on t.id = e.task_id"
          + " where (e.written_by, e.id) > (?::xid8, ?) and"
          + SETTLED
          + "order by e.written_by, e.id limit ?";

  private static final String NEXT_OF_TENANT =
      "select "
          + COLUMNS
          + " from event e join task t on t.id = e.task_id"
          + " where e.tenant_id = ? and (e.written_by, e.id) > (?::xid8, ?) and"
          + SETTLED
          + "order by e.written_by, e.id limit ?";

  private static final String PLACE_OF =
      "select written_by::text as written_by, id from event where task_id = ? and tenant_id = ?";

  private static final String LATEST =
      "select task_id from event e where tenant_id = ? and"
          + SETTLED
          + "order by written_by desc, id desc limit 1";

  private OutboxRows() {}

  /** A place between two events. */
  record Place(long writtenBy, long id) implements Comparable<Place> {
    static final Place START = new Place(0, 0);

    @Override
    public int compareTo(Place other) {
      var byWriter = Long.compare(writtenBy, other.writtenBy);
      return byWriter != 0 ? byWriter : Long.compare(id, other.id);
    }
  }

  /** An event, and where its task's request wants to be called. */
  record Row(Place place, TenantId tenant, Happening happening, Optional<URI> callback) {}

  static List<Row> next(Sql.Session session, Place after, int max) throws SQLException {
    return session.list(NEXT, OutboxRows::row, String.valueOf(after.writtenBy()), after.id(), max);
  }

  static List<Row> nextOf(Sql.Session session, TenantId tenant, Place after, int max)
      throws SQLException {
    return session.list(
        NEXT_OF_TENANT,
        OutboxRows::row,
        tenant.value(),
        String.valueOf(after.writtenBy()),
        after.id(),
        max);
  }

  static Optional<Place> placeOf(Sql.Session session, TenantId tenant, MessageId message)
      throws SQLException {
    return session.first(PLACE_OF, OutboxRows::place, message.value(), tenant.value());
  }

  static Optional<MessageId> latest(Sql.Session session, TenantId tenant) throws SQLException {
    return session.first(LATEST, row -> new MessageId(row.getString("task_id")), tenant.value());
  }

  static Place place(ResultSet row) throws SQLException {
    return new Place(Long.parseLong(row.getString("written_by")), row.getLong("id"));
  }

  static Row row(ResultSet row) throws SQLException {
    var task = new TaskId(row.getString("task_id"));
    @Nullable String callback = row.getString("callback_url");
    return new Row(
        place(row),
        new TenantId(row.getLong("tenant_id")),
        new Happening(
            MessageId.of(task),
            EndpointRows.type(row.getString("type")),
            new Subject.OfTask(task),
            Sql.instant(row, "created_at")),
        Optional.ofNullable(callback).map(URI::create));
  }
}
