package dev.reelay.store;

import dev.reelay.routing.Channel;
import dev.reelay.routing.SandboxCatalogue;
import java.sql.SQLException;

/**
 * The rule that the first real channel leaves the sandbox only one model, for good. Adding a
 * channel and installing the sandbox both take its lock, so that neither passes the other unseen.
 */
final class SandboxRows {
  private static final long LOCK_KEY = 7_333_529L;
  private static final String LOCK = "select pg_advisory_xact_lock(?)";

  private static final String NOTE_REAL =
      """
      insert into setting (name, value) values ('real_channel_added', 'true')
      on conflict (name) do nothing""";

  private static final String IS_REAL =
      "select exists (select 1 from setting where name = 'real_channel_added') as it";

  private static final String UNMAP =
      """
      delete from channel_model using channel
      where channel.id = channel_model.channel_id and channel.provider = ?
        and channel_model.model <> ?""";

  /** Only what nobody changed: an alias that the operator pointed elsewhere stays. */
  private static final String REMOVE_ALIAS = "delete from alias where name = ? and targets = ?";

  private SandboxRows() {}

  static void lock(Sql.Session session) throws SQLException {
    session.one(LOCK, _ -> true, LOCK_KEY);
  }

  static boolean isBesideRealChannels(Sql.Session session) throws SQLException {
    return session.one(IS_REAL, row -> row.getBoolean("it"));
  }

  /** Called with the lock held, in the transaction that adds a real channel. */
  static void stepBack(Sql.Session session) throws SQLException {
    if (session.update(NOTE_REAL) == 0) {
      return;
    }
    session.update(UNMAP, Channel.SANDBOX, SandboxCatalogue.ALWAYS.value());
    for (var alias : SandboxCatalogue.aliases()) {
      session.update(REMOVE_ALIAS, alias.name().value(), JdbcCatalogue.texts(alias.targets()));
    }
  }
}
