package dev.reelay.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the shell's completion. */
@Command(
    name = "completion",
    description = "Print the completion for bash and zsh.",
    footerHeading = "%nUse it now with:%n",
    footer = "  source <(reelay completion)")
final class CompletionCommand implements Callable<Integer> {
  private final OperatorCommand.Terms terms;

  @Spec private CommandSpec spec = CommandSpec.create();

  CompletionCommand(OperatorCommand.Terms terms) {
    this.terms = terms;
  }

  @Override
  public Integer call() {
    var root = spec.root();
    var script = AutoComplete.bash(root.name(), root.commandLine());
    var answer = new Answer(new Doc().text("script", script).json(), script, script, Exit.OK);
    return terms.root().print(spec.commandLine().getOut(), answer);
  }
}
