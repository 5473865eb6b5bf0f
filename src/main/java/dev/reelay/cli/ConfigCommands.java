package dev.reelay.cli;

import dev.reelay.config.ConfigResult;
import dev.reelay.config.EffectiveValue;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows the configuration. */
@Command(
    name = "config",
    description = "What is in force, and where each value came from; never a secret.")
final class ConfigCommands implements Callable<Integer> {
  private final OperatorCommand.Terms terms;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ConfigOption config = new ConfigOption();

  ConfigCommands(OperatorCommand.Terms terms) {
    this.terms = terms;
  }

  @Override
  public Integer call() {
    var values = config.require(terms.ports().surroundings()).values();
    var rows =
        values.stream()
            .map(
                value ->
                    new Doc()
                        .text("key", value.key())
                        .text("variable", value.variable())
                        .text("value", value.value())
                        .text("origin", value.origin()))
            .toList();
    var json = new Doc().rows("values", rows).json();
    var answer = new Answer(json, EffectiveValue.table(values), "", Exit.OK);
    return terms.root().print(spec.commandLine().getOut(), answer);
  }

  /** Checks the configuration. */
  @Command(
      name = "validate",
      description = "Say every problem of the configuration, or that it holds; starts nothing.")
  static final class Validate implements Callable<Integer> {
    private final OperatorCommand.Terms terms;

    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private ConfigOption config = new ConfigOption();

    Validate(OperatorCommand.Terms terms) {
      this.terms = terms;
    }

    @Override
    public Integer call() {
      var answer = answer(config.read(terms.ports().surroundings()));
      return terms.root().print(spec.commandLine().getOut(), answer);
    }

    private static Answer answer(ConfigResult result) {
      return switch (result) {
        case ConfigResult.Loaded _ ->
            Answer.done("the configuration holds", document(List.of()), "");
        case ConfigResult.Refused(List<String> problems) ->
            Answer.done(
                    "the configuration does not hold:\n  " + String.join("\n  ", problems),
                    document(problems),
                    String.join("\n", problems))
                .ending(Exit.FAILED);
      };
    }

    private static Doc document(List<String> problems) {
      return new Doc().claim("valid", problems.isEmpty()).words("problems", problems);
    }
  }
}
