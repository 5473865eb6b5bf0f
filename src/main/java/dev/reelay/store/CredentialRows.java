package dev.reelay.store;

import dev.reelay.access.SealedPlace;
import dev.reelay.access.Sealer;
import dev.reelay.access.Secret;
import dev.reelay.routing.ChannelId;
import dev.reelay.routing.CredentialId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** Writes credentials sealed, each for its own row and version, and opens them. */
final class CredentialRows {
  private static final String NEXT_ID =
      "select nextval(pg_get_serial_sequence('credential', 'id')) as id";

  private static final String INSERT =
      """
      insert into credential (id, channel_id, name, sealed, version, created_at)
      overriding system value values (?, ?, ?, ?, ?, ?)\
      """;

  private static final String LOCK =
      "select id, version from credential where channel_id = ? and name = ? for update";

  private static final String REPLACE =
      """
      update credential set sealed = ?, version = version + 1, enabled = true
      where id = ? and version = ?\
      """;

  private static final String SEALED = "select sealed, version from credential where id = ?";

  private static final String LOCK_CALLBACK =
      """
      select id, callback_version as version from credential
      where channel_id = ? and name = ? for update\
      """;

  private static final String REPLACE_CALLBACK =
      """
      update credential set callback_sealed = ?, callback_version = callback_version + 1
      where id = ? and callback_version = ?\
      """;

  private static final String CALLBACK_SEALED =
      """
      select callback_sealed, callback_version from credential
      where id = ? and callback_sealed is not null\
      """;

  private static final int FIRST_VERSION = 1;

  private final Sealer sealer;

  CredentialRows(Sealer sealer) {
    this.sealer = sealer;
  }

  private record Row(long id, int version) {}

  /** Adds a credential, or replaces the secret of the one of that name. */
  CredentialId save(Sql.Session session, ChannelId channel, String name, Secret secret, Instant now)
      throws SQLException {
    var old = session.first(LOCK, CredentialRows::row, channel.value(), name);
    if (old.isPresent()) {
      var version = old.get().version();
      var sealed = sealer.seal(secret, place(old.get().id(), version + 1));
      session.updateOne(REPLACE, sealed, old.get().id(), version);
      return new CredentialId(old.get().id());
    }
    var id = session.one(NEXT_ID, row -> row.getLong("id"));
    var sealed = sealer.seal(secret, place(id, FIRST_VERSION));
    session.updateOne(INSERT, id, channel.value(), name, sealed, FIRST_VERSION, now);
    return new CredentialId(id);
  }

  Optional<Secret> open(Sql.Session session, CredentialId id) throws SQLException {
    return session.first(
        SEALED,
        row -> sealer.open(row.getString("sealed"), place(id.value(), row.getInt("version"))),
        id.value());
  }

  /**
   * Keeps the secret by which callbacks for a credential are signed, or forgets it.
   *
   * @return false if there is no such credential
   */
  boolean saveCallbackSecret(
      Sql.Session session, ChannelId channel, String name, Optional<Secret> secret)
      throws SQLException {
    var known = session.first(LOCK_CALLBACK, CredentialRows::row, channel.value(), name);
    if (known.isEmpty()) {
      return false;
    }
    var id = known.get().id();
    var version = known.get().version();
    var sealed = secret.map(text -> sealer.seal(text, callbackPlace(id, version + 1)));
    session.updateOne(REPLACE_CALLBACK, sealed, id, version);
    return true;
  }

  Optional<Secret> openCallbackSecret(Sql.Session session, CredentialId id) throws SQLException {
    return session.first(
        CALLBACK_SEALED,
        row ->
            sealer.open(
                row.getString("callback_sealed"),
                callbackPlace(id.value(), row.getInt("callback_version"))),
        id.value());
  }

  private static Row row(ResultSet row) throws SQLException {
    return new Row(row.getLong("id"), row.getInt("version"));
  }

  private static SealedPlace place(long id, int version) {
    return new SealedPlace("credential", String.valueOf(id), "sealed", version);
  }

  private static SealedPlace callbackPlace(long id, int version) {
    return new SealedPlace("credential", String.valueOf(id), "callback_sealed", version);
  }
}
