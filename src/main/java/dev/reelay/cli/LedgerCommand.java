package dev.reelay.cli;

import dev.reelay.access.Accounts;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The facts about money. */
@Command(name = "ledger", description = "Entries of the ledger, newest first.")
final class LedgerCommand extends OperatorCommand {
  @Option(names = "--tenant", paramLabel = "TENANT", description = "Only this tenant's.")
  private Optional<String> tenant = Optional.empty();

  @Option(names = "--task", paramLabel = "ID", description = "Only this task's.")
  private Optional<String> task = Optional.empty();

  @Option(
      names = "--before",
      paramLabel = "NUMBER",
      description = "Only entries before this one: the last of the page before.")
  private Optional<Long> before = Optional.empty();

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Entries at most; default: ${DEFAULT-VALUE}.")
  private int limit = Pages.LIMIT_DEFAULT;

  LedgerCommand(Terms terms) {
    super(terms);
  }

  @Override
  Answer act(Desk desk) {
    var query =
        new Accounts.Query(
            tenant.map(name -> tenant(desk, name).id()),
            task.map(id -> TaskCommands.id(id).value()),
            before.map(OptionalLong::of).orElseGet(OptionalLong::empty),
            Pages.require(limit, Accounts.Query.LIMIT_MAX));
    return Answer.list(
        "entries", desk.people().accounts().entries(query).stream().map(Docs::ledgerLine).toList());
  }
}
