package dev.reelay;

import dev.reelay.config.Config;
import dev.reelay.ops.Logs;
import java.io.Console;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a relay until SIGTERM or SIGINT, then stops it in order. */
final class Serving {
  private static final int OK = 0;
  private static final Logger LOG = LoggerFactory.getLogger(Serving.class);

  private final PrintWriter out;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  Serving(PrintWriter out, InstantSource clock) {
    this.out = out;
    this.clock = clock;
  }

  /** Blocks until the process is told to stop. */
  int run(Config config) {
    Logs.configure(format(config.logFormat()));
    var relay = Relay.start(config, clock, random);
    var stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("shutdown")
                .unstarted(
                    () -> {
                      LOG.info("stopping");
                      relay.close();
                      LOG.info("stopped");
                      stopped.countDown();
                    }));
    FirstSteps.print(out, relay.address(), new FirstSteps(relay.stores(), random).firstKey(config));
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return OK;
  }

  /** There is no asking whether the error stream is a terminal; the console stands for it. */
  private static Logs.Format format(Config.LogFormat wanted) {
    return switch (wanted) {
      case TEXT -> Logs.Format.TEXT;
      case JSON -> Logs.Format.JSON;
      case AUTO ->
          Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent()
              ? Logs.Format.TEXT
              : Logs.Format.JSON;
    };
  }
}
