package dev.reelay.store;

import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Numbers of transactions begin again where a dump is restored into a new cluster, but those that
 * the outbox keeps come with the dump. Until the new ones reach them, for years perhaps, nothing
 * would be told. So what was told moves to the beginning and what was not to now; an event that may
 * have been told before is no second delivery, for an endpoint has one for each event at most.
 */
final class OutboxRebase {
  private static final Logger LOG = LoggerFactory.getLogger(OutboxRebase.class);

  /** What a statement sees was written before its snapshot ends, in the same cluster at least. */
  private static final String AHEAD = " >= pg_snapshot_xmax(pg_current_snapshot())";

  private static final String IS_AHEAD =
      "select exists (select 1 from outbox_reader where written_by"
          + AHEAD
          + ") or exists (select 1 from event where written_by"
          + AHEAD
          + ") or exists (select 1 from endpoint where since"
          + AHEAD
          + ") as ahead";

  /**
   * Told is what both the place and the number of the event say was told: after the restore a low
   * place may be an event of before or one of now, but the numbers of events went on.
   */
  private static final String TOLD =
      " e.id <= r.event_id and (e.written_by, e.id) <= (r.written_by, r.event_id) ";

  /** The first number that a transaction may have; no transaction of ours has it. */
  private static final String FIRST = "'3'::xid8";

  private static final String MOVE_EVENTS =
      "update event e set written_by = case when"
          + TOLD
          + "then "
          + FIRST
          + " else pg_current_xact_id() end from outbox_reader r where r.name = 'webhooks' and (("
          + TOLD
          + ") or e.written_by"
          + AHEAD
          + ")";

  private static final String MOVE_READER =
      "update outbox_reader set written_by = " + FIRST + " where name = 'webhooks'";

  private static final String MOVE_ENDPOINTS =
      "update endpoint set since = " + FIRST + " where since" + AHEAD;

  private OutboxRebase() {}

  /** Moves what is ahead of the cluster, if anything is; the reader's row must be locked. */
  static void ifAhead(Sql.Session session) throws SQLException {
    if (!session.one(IS_AHEAD, row -> row.getBoolean("ahead"))) {
      return;
    }
    var events = session.update(MOVE_EVENTS);
    var endpoints = session.update(MOVE_ENDPOINTS);
    session.updateOne(MOVE_READER);
    LOG.warn(
        "the outbox was ahead of the database's transactions, as after a restore into a new"
            + " cluster: {} events and {} endpoints were moved; webhooks go on, and events that"
            + " were not told yet are told now",
        events,
        endpoints);
  }
}
