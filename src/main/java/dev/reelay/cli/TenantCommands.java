package dev.reelay.cli;

import dev.reelay.access.Accounts.Correction;
import dev.reelay.access.Accounts.Statement;
import dev.reelay.access.Plan;
import dev.reelay.access.Tenant;
import dev.reelay.access.Tenants.Creation;
import dev.reelay.money.Balance;
import dev.reelay.money.Factors;
import dev.reelay.money.Money;
import java.math.BigDecimal;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Customers and their money. */
@Command(name = "tenant", description = "Customers and their money.")
final class TenantCommands extends Group {

  /** Makes a tenant. */
  @Command(name = "create", description = "Make a tenant with an empty account.")
  static final class Create extends OperatorCommand {
    @Parameters(paramLabel = "NAME", description = "A name that no other tenant has.")
    private String name = "";

    @Option(
        names = "--plan",
        paramLabel = "PLAN",
        description = "Its plan; default: ${DEFAULT-VALUE}.")
    private String plan = Plan.DEFAULT_NAME;

    Create(Terms terms) {
      super(terms);
    }

    @Override
    Answer act(Desk desk) {
      return switch (desk.people().tenants().create(name, plan)) {
        case Creation.Created(Tenant tenant) ->
            Answer.done(
                "made tenant " + tenant.id().value() + ", " + tenant.name(),
                Docs.tenant(tenant),
                String.valueOf(tenant.id().value()));
        case Creation.NameTaken _ ->
            throw Refusal.failed("there is a tenant " + name + " already; choose another name");
        case Creation.UnknownPlan _ -> throw PlanCommands.unknown(plan);
      };
    }
  }

  /** Lists tenants. */
  @Command(name = "list", description = "Every tenant with its balance.")
  static final class ListAll extends OperatorCommand {
    ListAll(Terms terms) {
      super(terms);
    }

    @Override
    Answer act(Desk desk) {
      var rows =
          desk.people().tenants().list().stream()
              .map(tenant -> Docs.balance(Docs.tenant(tenant), statement(desk, tenant).balance()))
              .toList();
      return Answer.list("tenants", rows);
    }
  }

  /** Shows a tenant. */
  @Command(name = "show", description = "One tenant: balance, open tasks, keys.")
  static final class Show extends OperatorCommand {
    @Parameters(paramLabel = "TENANT", description = "Its name or number.")
    private String tenant = "";

    Show(Terms terms) {
      super(terms);
    }

    @Override
    Answer act(Desk desk) {
      var found = tenant(desk, tenant);
      var statement = statement(desk, found);
      var now = surroundings().time().clock().instant();
      var keys =
          desk.people().keys().list(Optional.of(found.id())).stream()
              .map(usage -> Docs.key(usage, now))
              .toList();
      var doc =
          Docs.balance(Docs.tenant(found), statement.balance())
              .number("open_tasks", statement.openTasks())
              .rows("keys", keys);
      return Answer.page(doc, String.valueOf(found.id().value()));
    }
  }

  /** Adds money. */
  @Command(name = "top-up", description = "Add money that came in.")
  static final class TopUp extends OperatorCommand {
    @Parameters(index = "0", paramLabel = "TENANT", description = "Its name or number.")
    private String tenant = "";

    @Parameters(index = "1", paramLabel = "AMOUNT", description = "USD, such as 25 or 0.50.")
    private Money amount = Money.ZERO;

    @Option(
        names = "--reason",
        paramLabel = "TEXT",
        description = "What the ledger says of it; default: ${DEFAULT-VALUE}.")
    private String reason = "top-up";

    TopUp(Terms terms) {
      super(terms);
    }

    @Override
    Answer act(Desk desk) {
      requirePositive(amount);
      var found = tenant(desk, tenant);
      var balance =
          desk.people()
              .accounts()
              .topUp(found.id(), amount, reason)
              .orElseThrow(() -> Refusal.failed("there is no tenant " + tenant));
      return now("added " + amount + " USD to " + found.name(), found, balance);
    }
  }

  /** Takes a mistaken top-up back. */
  @Command(name = "correct", description = "Take a mistaken top-up back, never below zero.")
  static final class Correct extends OperatorCommand {
    @Parameters(index = "0", paramLabel = "TENANT", description = "Its name or number.")
    private String tenant = "";

    @Parameters(index = "1", paramLabel = "AMOUNT", description = "USD to take back.")
    private Money amount = Money.ZERO;

    @Option(
        names = "--reason",
        required = true,
        paramLabel = "TEXT",
        description = "Why; kept in the ledger.")
    private String reason = "";

    Correct(Terms terms) {
      super(terms);
    }

    @Override
    Answer act(Desk desk) {
      requirePositive(amount);
      var found = tenant(desk, tenant);
      return switch (desk.people().accounts().correct(found.id(), amount, reason)) {
        case Correction.Corrected(Balance balance) ->
            now("took " + amount + " USD back from " + found.name(), found, balance);
        case Correction.MoreThanAvailable(Money available) ->
            throw Refusal.failed(
                found.name() + " has only " + available + " USD available; take back at most that");
        case Correction.UnknownTenant _ -> throw Refusal.failed("there is no tenant " + tenant);
      };
    }
  }

  /** Gives a tenant another plan. */
  @Command(name = "plan", description = "Give a tenant another plan.")
  static final class ChangePlan extends OperatorCommand {
    @Parameters(index = "0", paramLabel = "TENANT", description = "Its name or number.")
    private String tenant = "";

    @Parameters(index = "1", paramLabel = "PLAN", description = "The plan's name.")
    private String plan = "";

    ChangePlan(Terms terms) {
      super(terms);
    }

    @Override
    Answer act(Desk desk) {
      var found = tenant(desk, tenant);
      if (!desk.people().tenants().setPlan(found.id(), plan)) {
        throw PlanCommands.unknown(plan);
      }
      var changed = tenant(desk, tenant);
      return Answer.done(
          changed.name() + " has plan " + changed.plan().name(),
          Docs.tenant(changed),
          String.valueOf(changed.id().value()));
    }
  }

  /** Gives a tenant a factor of its own. */
  @Command(
      name = "factor",
      description = {
        "Give a tenant a price factor of its own; the plan's counts as well.",
        "It holds for what it creates from now on; tasks already accepted keep theirs."
      },
      footerHeading = "%nExample:%n",
      footer = "  reelay tenant factor acme 0.9")
  static final class OwnFactor extends OperatorCommand {
    @Parameters(index = "0", paramLabel = "TENANT", description = "Its name or number.")
    private String tenant = "";

    @Parameters(
        index = "1",
        paramLabel = "F",
        description = "Multiplies every price, such as 0.9; 1 leaves them to the plan.")
    private BigDecimal factor = BigDecimal.ONE;

    OwnFactor(Terms terms) {
      super(terms);
    }

    @Override
    Answer act(Desk desk) {
      var found = tenant(desk, tenant);
      if (!desk.people().tenants().setFactor(found.id(), PlanCommands.millionths(factor))) {
        throw Refusal.failed("there is no tenant " + tenant);
      }
      var changed = tenant(desk, tenant);
      return Answer.done(
          changed.name()
              + " has price factor "
              + Factors.decimal(changed.factorMillionths())
              + "; with plan "
              + changed.plan().name()
              + " it pays "
              + changed.factors()
              + " times the price",
          Docs.tenant(changed),
          String.valueOf(changed.id().value()));
    }
  }

  private static Statement statement(Desk desk, Tenant tenant) {
    return desk.people()
        .accounts()
        .statement(tenant.id())
        .orElseThrow(() -> new IllegalStateException("tenant without account: " + tenant.id()));
  }

  private static Answer now(String done, Tenant tenant, Balance balance) {
    var doc = Docs.balance(Docs.tenant(tenant), balance);
    return Answer.done(
        done + "; now available: " + balance.available() + " USD",
        doc,
        balance.available().toString());
  }

  private static void requirePositive(Money amount) {
    if (!amount.isPositive()) {
      throw Refusal.usage("the amount must be above zero");
    }
  }
}
