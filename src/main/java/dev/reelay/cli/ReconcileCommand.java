package dev.reelay.cli;

import dev.reelay.money.Reconcile;
import picocli.CommandLine.Command;

/** Proves the books. */
@Command(
    name = "reconcile",
    description = {
      "Prove balances from entries, and entries from tasks.",
      "Ends with 1 if anything does not balance. Repairs nothing."
    })
final class ReconcileCommand extends OperatorCommand {
  ReconcileCommand(Terms terms) {
    super(terms);
  }

  @Override
  Answer act(Desk desk) {
    var facts = desk.work().books().get();
    var faults = Reconcile.faults(facts);
    var suspense = desk.work().doubts().suspense();
    var doc =
        new Doc()
            .claim("balanced", faults.isEmpty())
            .number("accounts", facts.accounts().size())
            .words("faults", faults)
            .part("suspense", DoubtPage.suspense(suspense));
    if (faults.isEmpty()) {
      return Answer.done(
          "the books balance: "
              + facts.accounts().size()
              + " accounts\n"
              + DoubtPage.words(suspense),
          doc,
          "");
    }
    var told = "the books do not balance:\n  " + String.join("\n  ", faults);
    return Answer.done(told, doc, String.join("\n", faults)).ending(Exit.FAILED);
  }
}
