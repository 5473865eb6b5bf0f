package dev.reelay.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs the relay. */
@Command(
    name = "serve",
    description = "Run the relay until it is told to stop (Ctrl-C or SIGTERM).")
final class ServeCommand implements Callable<Integer> {
  private final OperatorCommand.Terms terms;

  @Mixin private ConfigOption config = new ConfigOption();

  ServeCommand(OperatorCommand.Terms terms) {
    this.terms = terms;
  }

  @Override
  public Integer call() {
    var loaded = config.require(terms.ports().surroundings());
    return terms.ports().serve().run(loaded.config());
  }
}
