package dev.reelay;

import dev.reelay.access.MasterKey;
import dev.reelay.cli.Desk;
import dev.reelay.cli.Desks;
import dev.reelay.config.Config;
import dev.reelay.testkit.TestDatabase;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;

/** The real desk over a test database, whatever the configuration says. */
public final class DeskKit implements Desks {
  private final TestDatabase database;
  private final MasterKey masterKey = MasterKey.generate(new SecureRandom());
  private final OperatorDesks desks;

  public DeskKit(TestDatabase database, InstantSource clock) {
    this.database = database;
    this.desks = new OperatorDesks(clock, new SecureRandom());
  }

  public Desk open() {
    return desks.over(database.dataSource(), masterKey, () -> {});
  }

  @Override
  public Desk open(Config config) {
    return open();
  }

  @Override
  public Optional<String> trouble(RuntimeException thrown) {
    return desks.trouble(thrown);
  }
}
