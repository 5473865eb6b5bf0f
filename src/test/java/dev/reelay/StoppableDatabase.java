package dev.reelay;

import dev.reelay.store.DataDirectory;
import dev.reelay.store.embedded.EmbeddedPostgres;
import dev.reelay.store.embedded.EmbeddedSettings;
import dev.reelay.store.embedded.TestPostgres;
import dev.reelay.testkit.DatabaseView;
import dev.reelay.testkit.QuickFolder;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import org.postgresql.ds.PGSimpleDataSource;

/** A PostgreSQL that stands for an operator's own, and that a test may crash and start again. */
final class StoppableDatabase implements AutoCloseable {
  private static final int END_SECONDS_MAX = 30;

  private final QuickFolder folder = QuickFolder.make();
  private final DataDirectory data;
  private final EmbeddedPostgres postgres;

  StoppableDatabase() {
    TestPostgres.linkPrograms(folder.path().resolve("data"));
    data = DataDirectory.open(folder.path().resolve("data"));
    postgres = EmbeddedPostgres.start(EmbeddedSettings.usual(data, new SecureRandom()));
  }

  /** With user and password. */
  String address() {
    var place = postgres.jdbcUrl().substring("jdbc:postgresql://".length());
    return "postgresql://" + postgres.user() + ":" + postgres.password().reveal() + "@" + place;
  }

  /** Looks into it; must run. */
  DatabaseView view() {
    var source = new PGSimpleDataSource();
    source.setUrl(postgres.jdbcUrl());
    source.setUser(postgres.user());
    source.setPassword(postgres.password().reveal());
    return new DatabaseView(source);
  }

  /** As if the machine lost its power. */
  void stopAtOnce() {
    TestPostgres.running(data.path())
        .ifPresent(
            process -> {
              process.destroyForcibly();
              process.onExit().orTimeout(END_SECONDS_MAX, TimeUnit.SECONDS).join();
            });
  }

  void startAgain() {
    postgres.revive();
  }

  @Override
  public void close() {
    postgres.stop();
    data.close();
    folder.close();
  }
}
