package dev.reelay.cli;

import dev.reelay.cli.Finding.Level;
import dev.reelay.config.Config;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Looks for what is wrong and says what to do. */
@Command(
    name = "doctor",
    description = {
      "Look for what is wrong, and say what to do about it.",
      "Machine, configuration, database, catalogue, keys, books. Ends with 1 if there is a problem."
    })
final class DoctorCommand implements Callable<Integer> {
  private final OperatorCommand.Terms terms;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ConfigOption option = new ConfigOption();

  DoctorCommand(OperatorCommand.Terms terms) {
    this.terms = terms;
  }

  @Override
  public Integer call() {
    var config = option.require(terms.ports().surroundings()).config();
    var findings = new ArrayList<Finding>();
    new MachineChecks(config, Runtime.version().feature()).run().forEach(findings::add);
    findings.add(server(config));
    findings.addAll(database(config));
    return terms.root().print(spec.commandLine().getOut(), answer(findings));
  }

  private List<Finding> database(Config config) {
    var desks = terms.ports().desks();
    try (var desk = desks.open(config)) {
      var now = terms.ports().surroundings().time().clock().instant();
      return new DeskChecks(desk, config, now).run().toList();
    } catch (RuntimeException e) {
      var trouble = desks.trouble(e).orElseThrow(() -> e);
      return List.of(Finding.problem("database", trouble, "mend it and run reelay doctor again"));
    }
  }

  private Finding server(Config config) {
    var port = config.edge().port();
    if (port == 0) {
      return Finding.fine("server", "takes a free port; not asked");
    }
    var address = URI.create("http://" + reachable(config.edge().bind()) + ":" + port);
    try (var client = RelayClient.anonymous(address, terms.ports().surroundings().time().pause())) {
      return client.isReady()
          ? Finding.fine("server", "answers at " + address)
          : Finding.warning(
              "server",
              "no relay is ready at " + address,
              "start it with reelay serve, or read its log");
    }
  }

  /** All addresses are asked by the nearest one. */
  private static String reachable(String bind) {
    return switch (bind) {
      case "0.0.0.0", "::" -> "127.0.0.1";
      default -> bind.contains(":") ? "[" + bind + "]" : bind;
    };
  }

  private static Answer answer(List<Finding> findings) {
    var problems = findings.stream().filter(f -> f.level() == Level.PROBLEM).count();
    var doc =
        new Doc()
            .claim("healthy", problems == 0)
            .rows("findings", findings.stream().map(DoctorCommand::document).toList());
    var text = findings.stream().map(DoctorCommand::words).collect(Collectors.joining());
    var bare =
        findings.stream()
            .filter(finding -> finding.level() != Level.OK)
            .map(Finding::check)
            .collect(Collectors.joining("\n"));
    return new Answer(doc.json(), text, bare, problems == 0 ? Exit.OK : Exit.FAILED);
  }

  private static Doc document(Finding finding) {
    return new Doc()
        .text("check", finding.check())
        .text("level", finding.level().name().toLowerCase(Locale.ROOT))
        .text("text", finding.text())
        .text("cure", Optional.of(finding.cure()).filter(cure -> !cure.isEmpty()));
  }

  private static String words(Finding finding) {
    var mark =
        switch (finding.level()) {
          case OK -> "ok       ";
          case WARNING -> "warning  ";
          case PROBLEM -> "PROBLEM  ";
        };
    var line = mark + finding.check() + ": " + DocText.printable(finding.text()) + "\n";
    return finding.cure().isEmpty() ? line : line + "         -> " + finding.cure() + "\n";
  }
}
