package dev.reelay.cli;

import dev.reelay.access.Accounts;
import dev.reelay.asset.TimeOrderedIds;
import dev.reelay.money.Money;
import dev.reelay.task.AdvanceTask.Advance;
import dev.reelay.task.ErrorCode;
import dev.reelay.task.Refunds.Refund;
import dev.reelay.task.Task;
import dev.reelay.task.TaskEvent;
import dev.reelay.task.TaskId;
import dev.reelay.task.TaskState;
import dev.reelay.task.TaskStore;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tasks, and the decisions that only a person can make. */
@Command(name = "task", description = "Tasks, and the decisions that only a person can make.")
final class TaskCommands extends Group {

  /** Lists tasks. */
  @Command(name = "list", description = "Tasks, newest first; deleted ones are left out.")
  static final class ListAll extends OperatorCommand {
    @Option(
        names = "--in-doubt",
        description = "Only those that were sent and never answered: they need a decision.")
    private boolean inDoubt;

    @Option(
        names = "--state",
        split = ",",
        paramLabel = "STATE",
        description = "Only these states: ${COMPLETION-CANDIDATES}.")
    private Set<TaskState.Name> states = EnumSet.noneOf(TaskState.Name.class);

    @Option(names = "--tenant", paramLabel = "TENANT", description = "Only this tenant's.")
    private Optional<String> tenant = Optional.empty();

    @Option(names = "--model", paramLabel = "MODEL", description = "Only this model's.")
    private Optional<String> model = Optional.empty();

    @Option(
        names = "--before",
        paramLabel = "ID",
        description = "Only older ones than this: the last of the page before.")
    private Optional<String> before = Optional.empty();

    @Option(
        names = "--limit",
        paramLabel = "N",
        description = "Tasks at most; default: ${DEFAULT-VALUE}.")
    private int limit = Pages.LIMIT_DEFAULT;

    ListAll(Terms terms) {
      super(terms);
    }

    @Override
    Answer act(Desk desk) {
      var query =
          new TaskStore.Query(
              tenant.map(name -> tenant(desk, name).id()),
              inDoubt ? Set.of(TaskState.Name.IN_DOUBT) : states,
              model,
              before.map(TaskCommands::id),
              Pages.require(limit, TaskStore.Query.LIMIT_MAX));
      var names = Docs.tenantNames(desk.people().tenants().list());
      return Answer.list(
          "tasks",
          desk.work().tasks().list(query).stream()
              .map(task -> row(desk, task, Docs.task(task, names)))
              .toList());
    }

    private Doc row(Desk desk, Task task, Doc doc) {
      return inDoubt ? DoubtPage.row(desk, task, doc) : doc;
    }
  }

  /** Shows a task. */
  @Command(
      name = "show",
      description = "One task: what was asked, its timeline, its attempts, and its money and why.")
  static final class Show extends OperatorCommand {
    @Parameters(paramLabel = "ID", description = "The task, as any answer wrote it.")
    private String id = "";

    Show(Terms terms) {
      super(terms);
    }

    @Override
    Answer act(Desk desk) {
      var task = task(desk, id);
      var names = Docs.tenantNames(desk.people().tenants().list());
      return Answer.page(TaskPage.of(desk, task, names), task.id().prefixed());
    }
  }

  /** Gives a doubted task its job. */
  @Command(
      name = "attach",
      description = "The job of a task in doubt was found at the provider: go on with it.")
  static final class Attach extends OperatorCommand {
    @Parameters(index = "0", paramLabel = "ID", description = "The task in doubt.")
    private String id = "";

    @Parameters(index = "1", paramLabel = "UPSTREAM_ID", description = "The provider's id.")
    private String upstreamId = "";

    Attach(Terms terms) {
      super(terms);
    }

    @Override
    Answer act(Desk desk) {
      if (upstreamId.isBlank()) {
        throw Refusal.usage("the provider's id is empty");
      }
      return advanced(desk, id, new TaskEvent.Attached(upstreamId, person()), "goes on");
    }
  }

  /** Sends a doubted task again. */
  @Command(
      name = "resend",
      description = {
        "Send a task in doubt again.",
        "If the first try did make a job, the provider may charge for both."
      })
  static final class Resend extends OperatorCommand {
    @Parameters(paramLabel = "ID", description = "The task in doubt.")
    private String id = "";

    Resend(Terms terms) {
      super(terms);
    }

    @Override
    Answer act(Desk desk) {
      return advanced(desk, id, new TaskEvent.ResendOrdered(person()), "will be sent again");
    }
  }

  /** Gives money back. */
  @Command(
      name = "refund",
      description = {
        "Give money back: end a task in doubt and release its hold,",
        "or refund a succeeded one, all or a part, by an entry of its own."
      })
  static final class GiveBack extends OperatorCommand {
    @Parameters(paramLabel = "ID", description = "The task.")
    private String id = "";

    @Option(
        names = "--reason",
        required = true,
        paramLabel = "TEXT",
        description = "Why; the caller and the ledger are told.")
    private String reason = "";

    @Option(
        names = "--amount",
        paramLabel = "USD",
        description = "A part of a succeeded task's charge; otherwise all of it.")
    private Optional<Money> amount = Optional.empty();

    GiveBack(Terms terms) {
      super(terms);
    }

    @Override
    Answer act(Desk desk) {
      if (reason.isBlank() || !amount.orElse(Money.ofMicros(1)).isPositive()) {
        throw Refusal.usage("a refund needs a reason, and an amount above zero");
      }
      var task = task(desk, id);
      if (!(task.state() instanceof TaskState.InDoubt)) {
        return refunded(desk, task);
      }
      if (amount.isPresent()) {
        throw Refusal.usage("a task in doubt is refunded in full: leave --amount out");
      }
      return advanced(desk, id, new TaskEvent.RefundOrdered(person(), reason), "is refunded");
    }

    private Answer refunded(Desk desk, Task task) {
      var told = reason + " (" + person() + ")";
      return switch (desk.work().refunds().refund(task.id(), amount, told)) {
        case Refund.Refunded(Money given, Money left) ->
            Answer.done(
                task.id() + ": gave back " + given + " USD; still charged: " + left + " USD",
                new Doc()
                    .text("id", task.id().prefixed())
                    .money("refunded", given)
                    .money("charged", left),
                task.id().prefixed());
        case Refund.UnknownTask _ -> throw unknown(id);
        case Refund.NeverCharged _ -> throw Refusal.failed(notCharged(task));
        case Refund.MoreThanCharged(Money left) ->
            throw Refusal.failed(
                left.isZero()
                    ? task.id() + " was refunded in full before"
                    : task.id() + " has only " + left + " USD left to refund");
      };
    }

    private static String notCharged(Task task) {
      return task.isFinal()
          ? task.id() + " was never charged: its hold was released when it ended"
          : task.id()
              + " is "
              + task.state().kind().wire()
              + " and not charged yet; reelay task cancel asks for its end";
    }
  }

  /** Stops a task. */
  @Command(
      name = "cancel",
      description = {
        "Cancel a queued task at once; ask for the end of one that is under way.",
        "Its money stays held until the provider's verdict."
      })
  static final class Cancel extends OperatorCommand {
    @Parameters(paramLabel = "ID", description = "The task.")
    private String id = "";

    Cancel(Terms terms) {
      super(terms);
    }

    @Override
    Answer act(Desk desk) {
      var event = new TaskEvent.CancelRequested("operator " + person());
      return switch (desk.work().advance().apply(id(id), event)) {
        case Advance.Now(Task task, _) ->
            told(desk, task, task.isFinal() ? "is canceled" : "will end if the provider lets it");
        case Advance.Refused(_, ErrorCode _, String why) -> throw Refusal.failed(why);
        case Advance.Missing _ -> throw unknown(id);
      };
    }
  }

  private static Answer advanced(Desk desk, String id, TaskEvent event, String outcome) {
    return switch (desk.work().advance().apply(id(id), event)) {
      case Advance.Now(Task task, boolean changed) ->
          told(desk, task, changed ? outcome : "is as it was");
      case Advance.Refused(Task task, ErrorCode _, String why) ->
          throw Refusal.failed(task.id() + " is " + task.state().kind().wire() + ": " + why);
      case Advance.Missing _ -> throw unknown(id);
    };
  }

  private static Answer told(Desk desk, Task task, String outcome) {
    var names = Docs.tenantNames(desk.people().tenants().list());
    return Answer.done(task.id() + " " + outcome, Docs.task(task, names), task.id().prefixed());
  }

  /** Reads an id in any of the forms in which we write one. */
  static TaskId id(String text) {
    var bare = text.substring(text.lastIndexOf(':') + 1).replaceFirst("^(task_|video_)", "");
    if (!TimeOrderedIds.isText(bare)) {
      throw Refusal.usage("'" + text + "' is no task id such as task_01k9008g8ef1esae6388chgcpx");
    }
    return new TaskId(bare);
  }

  private static Task task(Desk desk, String id) {
    return desk.work().tasks().find(id(id)).orElseThrow(() -> unknown(id));
  }

  private static Refusal unknown(String id) {
    return Refusal.failed("there is no task " + id);
  }

  /** The ledger entries of a task, oldest first. */
  static List<Accounts.Line> entries(Desk desk, Task task) {
    var query =
        new Accounts.Query(
            Optional.empty(),
            Optional.of(task.id().value()),
            OptionalLong.empty(),
            Accounts.Query.LIMIT_MAX);
    return desk.people().accounts().entries(query).reversed();
  }
}
