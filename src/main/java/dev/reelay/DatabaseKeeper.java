package dev.reelay;

import dev.reelay.store.embedded.EmbeddedPostgres;
import dev.reelay.worker.Loop;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the bundled PostgreSQL again when it died: killed, out of memory, or crashed. */
final class DatabaseKeeper implements Loop.Body {
  static final Duration LOOK_EVERY = Duration.ofSeconds(1);
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseKeeper.class);

  private final EmbeddedPostgres postgres;

  DatabaseKeeper(EmbeddedPostgres postgres) {
    this.postgres = postgres;
  }

  @Override
  public Duration runOnce() {
    if (!postgres.isRunning()) {
      LOG.warn("the bundled PostgreSQL died; starting it again");
      if (postgres.revive()) {
        LOG.info("the bundled PostgreSQL runs again");
      }
    }
    return LOOK_EVERY;
  }
}
