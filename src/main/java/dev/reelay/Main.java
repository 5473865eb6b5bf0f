package dev.reelay;

import dev.reelay.config.ConfigReader;
import dev.reelay.config.ConfigResult;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;

/** Starts Reelay. */
public final class Main {
  /** In microseconds, as the database keeps times: a task read back equals the one written. */
  private static final InstantSource CLOCK = Clock.tick(Clock.systemUTC(), Duration.ofNanos(1_000));

  private Main() {}

  public static void main(String[] args) {
    var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    switch (new ConfigReader(System.getenv(), Path.of("")).read()) {
      case ConfigResult.Loaded loaded -> new Serving(out, CLOCK).run(loaded.config());
      case ConfigResult.Refused(var problems) -> problems.forEach(out::println);
    }
  }
}
