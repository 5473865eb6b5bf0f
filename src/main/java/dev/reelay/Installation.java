package dev.reelay;

import dev.reelay.access.CheckMasterKey;
import dev.reelay.access.MasterKey;
import dev.reelay.config.Config;
import dev.reelay.config.MasterKeyFile;
import dev.reelay.store.DataDirectory;
import dev.reelay.store.Database;
import dev.reelay.store.DatabaseSettings;
import dev.reelay.store.JdbcInstallationFacts;
import dev.reelay.store.embedded.EmbeddedPostgres;
import dev.reelay.store.embedded.EmbeddedSettings;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * What a server stands on: its data directory, its database and its master key. Opened in this
 * order and closed in the other; a wrong master key refuses to open.
 */
final class Installation implements AutoCloseable {
  private final DataDirectory directory;
  private final Optional<EmbeddedPostgres> postgres;
  private final Database database;
  private final MasterKey masterKey;

  private Installation(
      DataDirectory directory,
      Optional<EmbeddedPostgres> postgres,
      Database database,
      MasterKey masterKey) {
    this.directory = directory;
    this.postgres = postgres;
    this.database = database;
    this.masterKey = masterKey;
  }

  /**
   * @throws StartRefused if the master key is not the one that the database was set up with
   */
  static Installation open(Config config, SecureRandom random) {
    var directory = DataDirectory.open(config.dataDir());
    Optional<EmbeddedPostgres> postgres = Optional.empty();
    try {
      var masterKey =
          config
              .masterKey()
              .orElseGet(() -> new MasterKeyFile(directory.path(), random).readOrCreate());
      postgres = bundled(config, directory, random);
      var database = Database.open(settings(config.database(), postgres));
      try {
        requireFits(masterKey, database);
        return new Installation(directory, postgres, database, masterKey);
      } catch (RuntimeException e) {
        database.close();
        throw e;
      }
    } catch (RuntimeException e) {
      postgres.ifPresent(EmbeddedPostgres::stop);
      directory.close();
      throw e;
    }
  }

  private static Optional<EmbeddedPostgres> bundled(
      Config config, DataDirectory directory, SecureRandom random) {
    return switch (config.database()) {
      case Config.Database.Bundled _ ->
          Optional.of(EmbeddedPostgres.start(EmbeddedSettings.usual(directory, random)));
      case Config.Database.External _ -> Optional.empty();
    };
  }

  private static DatabaseSettings settings(
      Config.Database database, Optional<EmbeddedPostgres> postgres) {
    return switch (database) {
      case Config.Database.External external ->
          new DatabaseSettings(
              external.jdbcUrl(),
              external.user(),
              external.password(),
              external.poolSize(),
              DatabaseSettings.Patience.SERVER);
      case Config.Database.Bundled bundled -> {
        var server = postgres.orElseThrow();
        yield new DatabaseSettings(
            server.jdbcUrl(),
            Optional.of(server.user()),
            Optional.of(server.password()),
            bundled.poolSize(),
            DatabaseSettings.Patience.SERVER);
      }
    };
  }

  static void requireFits(MasterKey key, Database database) {
    var facts = new JdbcInstallationFacts(database.source());
    if (new CheckMasterKey(facts).check(key)
        instanceof CheckMasterKey.Verdict.Wrong(String stored, String given)) {
      throw new StartRefused(
          "the master key (fingerprint "
              + given
              + ") is not the one this database was set up with (fingerprint "
              + stored
              + "); give the former one by REELAY_MASTER_KEY or "
              + MasterKeyFile.NAME
              + " in the data directory");
    }
  }

  /** A start that must not go on; the message says why and what to do. */
  static final class StartRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StartRefused(String message) {
      super(message);
    }
  }

  /** The bundled PostgreSQL; none where the operator's own is used. */
  Optional<EmbeddedPostgres> postgres() {
    return postgres;
  }

  DataDirectory directory() {
    return directory;
  }

  Database database() {
    return database;
  }

  MasterKey masterKey() {
    return masterKey;
  }

  @Override
  public void close() {
    database.close();
    postgres.ifPresent(EmbeddedPostgres::stop);
    directory.close();
  }
}
