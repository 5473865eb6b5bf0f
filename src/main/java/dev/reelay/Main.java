package dev.reelay;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.reelay.cli.CommandTree;
import dev.reelay.cli.Ports;
import dev.reelay.ops.QuietLogs;
import dev.reelay.provider.Providers;
import dev.reelay.provider.declarative.DescriptionCheck;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** Where everything starts: builds the command line from its ports and gives its exit code. */
public final class Main {
  /** In microseconds, as the database keeps times: a task read back equals the one written. */
  private static final InstantSource CLOCK = Clock.tick(Clock.systemUTC(), Duration.ofNanos(1_000));

  private static final String SERVE = "serve";

  private Main() {}

  public static void main(String[] args) {
    if (!List.of(args).contains(SERVE)) {
      QuietLogs.begin();
    }
    var out = new PrintWriter(System.out, true, UTF_8);
    var ports =
        new Ports(
            config -> new Serving(out, CLOCK).run(config),
            new OperatorDesks(CLOCK, new SecureRandom()),
            ThisProcess.surroundings(System.getenv(), CLOCK),
            DescriptionCheck::requests,
            name -> Providers.all().find(name).flatMap(found -> found.card().baseUrl()));
    var line = CommandTree.build(ports, List.of(args));
    line.setOut(out).setErr(new PrintWriter(System.err, true, UTF_8));
    System.exit(line.execute(args));
  }
}
