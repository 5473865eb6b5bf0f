package dev.reelay;

import dev.reelay.config.Config;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.InstantSource;
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
}
