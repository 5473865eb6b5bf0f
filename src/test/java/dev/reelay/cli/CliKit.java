package dev.reelay.cli;

import dev.reelay.DeskKit;
import dev.reelay.cli.Surroundings.Terminal;
import dev.reelay.cli.Surroundings.Time;
import dev.reelay.config.Config;
import dev.reelay.provider.declarative.DescriptionCheck;
import dev.reelay.testkit.ManualClock;
import dev.reelay.testkit.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole command line in this process: what it printed and how it ended. */
final class CliKit {
  final ManualClock clock = new ManualClock();
  final Map<String, String> variables = new HashMap<>();
  final List<Duration> pauses = new ArrayList<>();
  final List<Config> served = new ArrayList<>();
  private final Path folder;
  private final Desks desks;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Terminal terminal = Terminal.NONE;
  private String input = "";
  private boolean interrupting;

  private CliKit(Path folder, Function<ManualClock, Desks> desks) {
    this.folder = folder;
    this.desks = desks.apply(clock);
  }

  /** With the operator's desk over this database. */
  static CliKit over(Path folder, TestDatabase database) {
    return new CliKit(folder, clock -> new DeskKit(database, clock));
  }

  /** Where no database is needed. */
  static CliKit without(Path folder) {
    return new CliKit(folder, _ -> new AwayDesks());
  }

  CliKit set(String name, String value) {
    variables.put(name, value);
    return this;
  }

  CliKit typing(String text) {
    input = text;
    return this;
  }

  /** A person in front of it who types this when asked for a secret. */
  CliKit atTerminal(String secret) {
    terminal = new Terminal(true, () -> Optional.of(secret));
    return this;
  }

  /** Ctrl-C comes as soon as somebody waits. */
  CliKit interrupting() {
    interrupting = true;
    return this;
  }

  Desk desk() {
    return ((DeskKit) desks).open();
  }

  /** What came of a command. */
  record Ran(int exit, String out, String err) {
    JsonNode json() {
      return JsonMapper.shared().readTree(out);
    }

    String all() {
      return out + err;
    }
  }

  Ran run(String... args) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    var surroundings =
        new Surroundings(
            variables,
            folder,
            "olga",
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            terminal,
            new Time(clock, this::pause, this::whenInterrupted));
    var ports =
        new Ports(this::serve, desks, surroundings, DescriptionCheck::requests, CliKit::place);
    var line = CommandTree.build(ports, List.of(args));
    line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    var exit = line.execute(args);
    return new Ran(exit, out.toString(), err.toString());
  }

  private int serve(Config config) {
    served.add(config);
    return 0;
  }

  private void pause(Duration length) {
    pauses.add(length);
    clock.move(length);
  }

  private Surroundings.Registration whenInterrupted(Runnable words) {
    if (interrupting) {
      words.run();
    }
    return () -> {};
  }

  /** No database answers. */
  private static final class AwayDesks implements Desks {
    @Override
    public Desk open(Config config) {
      throw new IllegalStateException("the database at jdbc:postgresql://db cannot be reached");
    }

    @Override
    public Optional<String> trouble(RuntimeException thrown) {
      return Optional.ofNullable(thrown.getMessage());
    }
  }

  /** Of all providers that these commands know, one has a place of its own. */
  private static Optional<URI> place(String provider) {
    return provider.equals("fal")
        ? Optional.of(URI.create("https://queue.fal.example"))
        : Optional.empty();
  }
}
