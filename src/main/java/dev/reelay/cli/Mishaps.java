package dev.reelay.cli;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns everything that goes wrong into one clear line and an exit code; never a stack trace. */
final class Mishaps implements IParameterExceptionHandler, IExecutionExceptionHandler {
  private static final String JSON_OPTION = "--json";

  private final ReelayCommand root;
  private final Desks desks;

  Mishaps(ReelayCommand root, Desks desks) {
    this.root = root;
    this.desks = desks;
  }

  @Override
  public int handleParseException(ParameterException e, String[] args) {
    var line = e.getCommandLine();
    var wantsJson = root.isJson() || List.of(args).contains(JSON_OPTION);
    tell(line, String.valueOf(e.getMessage()), Exit.USAGE, wantsJson);
    if (!UnmatchedArgumentException.printSuggestions(e, line.getErr())) {
      line.getErr().println("try: " + line.getCommandSpec().qualifiedName() + " --help");
    }
    line.getErr().flush();
    return Exit.USAGE.code();
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine line, ParseResult parsed) {
    if (e instanceof ParameterException wrong) {
      return handleParseException(wrong, new String[0]);
    }
    if (e instanceof Refusal refusal) {
      return tell(line, String.valueOf(e.getMessage()), refusal.exit(), root.isJson());
    }
    var trouble =
        e instanceof RuntimeException thrown ? desks.trouble(thrown) : Optional.<String>empty();
    return trouble.isPresent()
        ? tell(line, trouble.get(), Exit.UNREACHABLE, root.isJson())
        : tell(line, unexpected(e), Exit.FAILED, root.isJson());
  }

  private static int tell(CommandLine line, String message, Exit exit, boolean json) {
    if (json) {
      var error = new Doc().text("message", message).number("exit_code", exit.code());
      line.getOut().println(new Doc().part("error", error).json());
      line.getOut().flush();
    }
    line.getErr().println("reelay: " + message);
    line.getErr().flush();
    return exit.code();
  }

  private static String unexpected(Exception e) {
    return "this should not happen, please report it: "
        + e.getClass().getSimpleName()
        + Optional.ofNullable(e.getMessage()).map(text -> ": " + text).orElse("");
  }
}
