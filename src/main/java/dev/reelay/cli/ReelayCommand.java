package dev.reelay.cli;

import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code reelay} itself: the options that every command has. */
@Command(
    name = "reelay",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = ReelayCommand.Version.class,
    description = "A self-hosted relay for AI video generation.",
    sortOptions = false,
    usageHelpAutoWidth = false,
    usageHelpWidth = ReelayCommand.HELP_COLUMNS,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:a task failed, a check found something, or it was refused",
      "2:the command line or the configuration is wrong",
      "3:the relay or its database cannot be reached"
    })
final class ReelayCommand implements Runnable {
  static final int HELP_COLUMNS = 96;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--json",
      scope = ScopeType.INHERIT,
      description = "Print one JSON document and nothing else.")
  private boolean json;

  @Option(
      names = {"-q", "--quiet"},
      scope = ScopeType.INHERIT,
      description = "Print only what a script needs, such as ids.")
  private boolean quiet;

  boolean isJson() {
    return json;
  }

  boolean isQuiet() {
    return quiet;
  }

  /** Prints an answer as the options say. */
  int print(PrintWriter out, Answer answer) {
    if (json) {
      out.println(answer.json());
    } else if (quiet) {
      Optional.of(answer.bare()).filter(text -> !text.isEmpty()).ifPresent(out::println);
    } else {
      out.print(answer.text());
    }
    out.flush();
    return answer.exit().code();
  }

  /** {@code reelay} alone does nothing. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say what to do");
  }

  /** The version of the jar. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      var built = Optional.ofNullable(ReelayCommand.class.getPackage().getImplementationVersion());
      return new String[] {"reelay " + built.orElse("(from source)")};
    }
  }
}
