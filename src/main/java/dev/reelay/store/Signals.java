package dev.reelay.store;

import dev.reelay.access.TenantId;
import dev.reelay.routing.ChannelId;
import java.sql.SQLException;
import java.util.List;

/**
 * Tells the servers of an operator's change within the operator's own transaction, so that the word
 * is neither early nor lost. These are rare; a task's transaction must never do this, since commits
 * that notify queue up behind one lock. Tasks go through {@link ChangeNotifier}.
 */
final class Signals {
  static final String CHANNEL = "reelay_changes";

  /** Nobody's own: every server listens to it, also the one that sent it. */
  static final String OPERATOR = "operator";

  static final String NOTIFY = "select pg_notify(?, payload) from unnest(?) as payload";

  private Signals() {}

  static void keys(Sql.Session session) throws SQLException {
    send(session, new Change.OfKeys());
  }

  static void catalogue(Sql.Session session) throws SQLException {
    send(session, new Change.OfCatalogue());
  }

  static void account(Sql.Session session, TenantId tenant) throws SQLException {
    send(session, new Change.OfAccount(tenant));
  }

  static void health(Sql.Session session, ChannelId channel) throws SQLException {
    send(session, new Change.OfHealth(channel));
  }

  private static void send(Sql.Session session, Change change) throws SQLException {
    var payloads = ChangeText.write(OPERATOR, List.of(change)).toArray(String[]::new);
    session.list(NOTIFY, _ -> true, CHANNEL, payloads);
  }
}
