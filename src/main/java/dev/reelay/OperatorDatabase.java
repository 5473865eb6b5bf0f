package dev.reelay;

import dev.reelay.access.MasterKey;
import dev.reelay.access.Secret;
import dev.reelay.config.Config;
import dev.reelay.config.MasterKeyFile;
import dev.reelay.store.DataDirectory;
import dev.reelay.store.DataDirectoryException;
import dev.reelay.store.Database;
import dev.reelay.store.DatabaseRefused;
import dev.reelay.store.DatabaseSettings;
import dev.reelay.store.embedded.DatabaseLogin;
import dev.reelay.store.embedded.EmbeddedPostgres;
import dev.reelay.store.embedded.EmbeddedSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * The database of a configuration, open for one command: the operator's own, or the bundled one.
 * The bundled one is used beside the relay that runs it; if none does, it runs for this command
 * only.
 */
final class OperatorDatabase implements AutoCloseable {
  private static final int POOL_SIZE = 4;

  private final Database database;
  private final MasterKey masterKey;
  private final Runnable giveBack;

  private OperatorDatabase(Database database, MasterKey masterKey, Runnable giveBack) {
    this.database = database;
    this.masterKey = masterKey;
    this.giveBack = giveBack;
  }

  /** Throws what {@link OperatorDesks#trouble} explains if it cannot be opened. */
  static OperatorDatabase open(Config config, SecureRandom random) {
    return switch (config.database()) {
      case Config.Database.External external ->
          opened(
              settings(external.jdbcUrl(), external.user(), external.password()),
              masterKey(config, random),
              () -> {});
      case Config.Database.Bundled _ ->
          EmbeddedPostgres.attach(config.dataDir())
              .map(login -> opened(settings(login), masterKey(config, random), () -> {}))
              .orElseGet(() -> started(config, random));
    };
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
    giveBack.run();
  }

  private static OperatorDatabase started(Config config, SecureRandom random) {
    var directory = locked(config.dataDir());
    Optional<EmbeddedPostgres> postgres = Optional.empty();
    try {
      var key =
          config
              .masterKey()
              .orElseGet(() -> new MasterKeyFile(directory.path(), random).readOrCreate());
      var server = EmbeddedPostgres.start(EmbeddedSettings.usual(directory, random));
      postgres = Optional.of(server);
      return opened(
          settings(server.login()),
          key,
          () -> {
            server.stop();
            directory.close();
          });
    } catch (RuntimeException e) {
      postgres.ifPresent(EmbeddedPostgres::stop);
      directory.close();
      throw e;
    }
  }

  /** Somebody holds the lock and no database answers: a relay is starting, or ending. */
  private static DataDirectory locked(Path path) {
    try {
      return DataDirectory.open(path);
    } catch (DataDirectoryException e) {
      throw new DataDirectoryException(
          e.getMessage() + " (if a relay is just starting or stopping there, try again)", e);
    }
  }

  private static OperatorDatabase opened(
      DatabaseSettings settings, MasterKey key, Runnable giveBack) {
    var database = Database.open(settings);
    try {
      Installation.requireFits(key, database);
      return new OperatorDatabase(database, key, giveBack);
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /**
   * The key that a relay uses already. A command makes none: a new one beside an old database would
   * fit nothing.
   */
  private static MasterKey masterKey(Config config, SecureRandom random) {
    if (config.masterKey().isPresent()) {
      return config.masterKey().get();
    }
    var file = new MasterKeyFile(config.dataDir(), random);
    if (!Files.exists(file.path())) {
      throw new DatabaseRefused(
          "there is no master key: set REELAY_MASTER_KEY_FILE to the relay's, or REELAY_DATA_DIR"
              + " to the folder that holds "
              + MasterKeyFile.NAME
              + "; a first start of reelay serve makes one");
    }
    return file.readOrCreate();
  }

  private static DatabaseSettings settings(DatabaseLogin login) {
    return settings(login.jdbcUrl(), Optional.of(login.user()), Optional.of(login.password()));
  }

  private static DatabaseSettings settings(
      String jdbcUrl, Optional<String> user, Optional<Secret> password) {
    return new DatabaseSettings(
        jdbcUrl, user, password, POOL_SIZE, DatabaseSettings.Patience.COMMAND);
  }
}
