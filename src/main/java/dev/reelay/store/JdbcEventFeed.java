package dev.reelay.store;

import dev.reelay.access.TenantId;
import dev.reelay.webhook.Delivery.Happening;
import dev.reelay.webhook.EventFeed;
import dev.reelay.webhook.MessageId;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** A tenant's events in PostgreSQL, straight from the outbox. */
public final class JdbcEventFeed implements EventFeed {
  private final Sql sql;

  public JdbcEventFeed(DataSource source) {
    this.sql = new Sql(source);
  }

  @Override
  public Optional<List<Happening>> after(TenantId tenant, Optional<MessageId> last, int max) {
    return sql.run(
        session -> {
          var place =
              last.isEmpty()
                  ? Optional.of(OutboxRows.Place.START)
                  : OutboxRows.placeOf(session, tenant, last.get());
          if (place.isEmpty()) {
            return Optional.empty();
          }
          return Optional.of(
              OutboxRows.nextOf(session, tenant, place.get(), max).stream()
                  .map(OutboxRows.Row::happening)
                  .toList());
        });
  }

  @Override
  public Optional<MessageId> latest(TenantId tenant) {
    return sql.run(session -> OutboxRows.latest(session, tenant));
  }
}
