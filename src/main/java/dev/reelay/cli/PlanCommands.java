package dev.reelay.cli;

import dev.reelay.access.Plan;
import dev.reelay.access.RequestRates;
import dev.reelay.money.Factors;
import java.math.BigDecimal;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What tenants may do and what factor their prices have. */
@Command(name = "plan", description = "What tenants may do, and their price factor.")
final class PlanCommands extends Group {
  private static final int MILLIONTHS_DIGITS = 6;
  private static final BigDecimal FACTOR_MAX = BigDecimal.valueOf(1_000);

  static Refusal unknown(String plan) {
    return Refusal.failed("there is no plan " + plan + "; reelay plan list shows them");
  }

  /** Lists plans. */
  @Command(name = "list", description = "Every plan.")
  static final class ListAll extends OperatorCommand {
    ListAll(Terms terms) {
      super(terms);
    }

    @Override
    Answer act(Desk desk) {
      return Answer.list(
          "plans", desk.people().tenants().plans().stream().map(Docs::plan).toList());
    }
  }

  /** Makes or changes a plan. */
  @Command(name = "set", description = "Make a plan, or change the one of that name.")
  static final class SetPlan extends OperatorCommand {
    @Parameters(paramLabel = "NAME", description = "The plan's name.")
    private String name = "";

    @Option(
        names = "--open-tasks",
        paramLabel = "N|none",
        description = "Tasks open at once; none for no limit.")
    private Optional<Bound> openTasks = Optional.empty();

    @Option(
        names = "--factor",
        paramLabel = "F",
        description = "Multiplies every price, such as 0.8; 1 leaves them as they are.")
    private Optional<BigDecimal> factor = Optional.empty();

    @Option(
        names = "--create-rpm",
        paramLabel = "N|none",
        description = "Creates a minute of a tenant; none for no limit.")
    private Optional<Bound> creates = Optional.empty();

    @Option(
        names = "--query-rpm",
        paramLabel = "N|none",
        description = {
          "Other calls a minute of a tenant; none for the usual limit,",
          "120 for each open task it may have and at least 600."
        })
    private Optional<Bound> queries = Optional.empty();

    SetPlan(Terms terms) {
      super(terms);
    }

    @Override
    Answer act(Desk desk) {
      if (name.isBlank()) {
        throw Refusal.usage("a plan needs a name");
      }
      var tenants = desk.people().tenants();
      var before = tenants.plans().stream().filter(plan -> plan.name().equals(name)).findFirst();
      var limit =
          openTasks.isPresent()
              ? openTasks.get().limit()
              : before.map(plan -> plan.openTasksMax()).orElseGet(() -> Bound.NONE.limit());
      var millionths =
          factor
              .map(PlanCommands::millionths)
              .or(() -> before.map(plan -> plan.factorMillionths()))
              .orElseGet(() -> millionths(BigDecimal.ONE));
      var rates = rates(before.map(Plan::rates).orElse(RequestRates.NONE));
      var saved = tenants.savePlan(name, limit, millionths);
      tenants.setRates(name, rates);
      var plan = new Plan(saved.id(), name, limit, millionths, rates);
      var limited =
          plan.openTasksMax().isPresent()
              ? "at most " + plan.openTasksMax().getAsInt() + " open tasks"
              : "any number of open tasks";
      return Answer.done(
          "plan " + name + ": " + limited + ", price factor " + Factors.decimal(millionths),
          Docs.plan(plan),
          name);
    }

    private RequestRates rates(RequestRates before) {
      try {
        return new RequestRates(
            creates.isPresent() ? creates.get().limit() : before.createPerMinute(),
            queries.isPresent() ? queries.get().limit() : before.queryPerMinute());
      } catch (IllegalArgumentException e) {
        throw Refusal.usage(String.valueOf(e.getMessage()));
      }
    }
  }

  /**
   * A factor in millionths.
   *
   * @throws Refusal if it is out of bounds or too fine
   */
  static long millionths(BigDecimal factor) {
    if (factor.signum() < 0 || factor.compareTo(FACTOR_MAX) > 0) {
      throw Refusal.usage("a factor is 0 to " + FACTOR_MAX);
    }
    try {
      return factor.movePointRight(MILLIONTHS_DIGITS).longValueExact();
    } catch (ArithmeticException _) {
      throw Refusal.usage("a factor has at most " + MILLIONTHS_DIGITS + " decimal places");
    }
  }
}
