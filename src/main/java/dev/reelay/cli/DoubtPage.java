package dev.reelay.cli;

import dev.reelay.task.Doubts.LookRow;
import dev.reelay.task.Doubts.Suspense;
import dev.reelay.task.Task;
import dev.reelay.task.TaskState.InDoubt;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What is known of a doubt, and what it may cost, for the operator who has to decide. */
final class DoubtPage {
  private DoubtPage() {}

  /** Beside the task's own facts in a list of doubts. */
  static Doc row(Desk desk, Task task, Doc doc) {
    if (!(task.state() instanceof InDoubt doubt)) {
      return doc;
    }
    var last =
        current(desk, task, doubt).stream()
            .max(Comparator.comparing((LookRow row) -> row.look().at()));
    return doc.time("since", doubt.since())
        .text("evidence", doubt.evidence())
        .text("last_look", last.map(row -> row.look().recipe().wire() + ": " + row.look().result()))
        .time("next_look_at", last.flatMap(row -> row.look().nextAt()));
  }

  /** The part of a task's page; empty for a task that was never in doubt. */
  static Optional<Doc> part(Desk desk, Task task) {
    var doc = new Doc();
    if (task.state() instanceof InDoubt doubt) {
      doc.number("attempt", doubt.attempt().number())
          .time("since", doubt.since())
          .text("evidence", doubt.evidence())
          .money("possible_cost_most", task.hold().max())
          .text("decide", decide(task));
    }
    var looks = desk.work().doubts().looks(task.id());
    var named = named(desk, task);
    if (!(task.state() instanceof InDoubt) && looks.isEmpty() && named.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        doc.rows("looks", looks.stream().map(DoubtPage::look).toList())
            .rows("named_by_callbacks", named));
  }

  private static String decide(Task task) {
    var id = task.id().prefixed();
    return "reelay task attach "
        + id
        + " UPSTREAM_ID, reelay task resend "
        + id
        + ", or reelay task refund "
        + id
        + " --reason TEXT";
  }

  private static List<LookRow> current(Desk desk, Task task, InDoubt doubt) {
    return desk.work().doubts().looks(task.id()).stream()
        .filter(row -> row.attempt() == doubt.attempt().number())
        .toList();
  }

  private static Doc look(LookRow row) {
    return new Doc()
        .number("attempt", row.attempt())
        .text("recipe", row.look().recipe().wire())
        .number("times", row.times())
        .time("last_at", row.look().at())
        .text("result", row.look().result())
        .time("next_at", row.look().nextAt());
  }

  private static List<Doc> named(Desk desk, Task task) {
    return desk.work().tasks().attempts(task.id()).stream()
        .map(row -> row.attempt().number())
        .flatMap(
            number ->
                desk.work().doubts().named(task.id(), number).stream()
                    .map(
                        named ->
                            new Doc()
                                .number("attempt", number)
                                .text("upstream_id", named.upstreamId())
                                .time("heard_at", named.at())))
        .toList();
  }

  /** What providers may charge and nobody paid us for; holds are its bound. */
  static Doc suspense(Suspense suspense) {
    return new Doc()
        .number("open_doubts", suspense.open())
        .money("open_most", suspense.openMost())
        .number("given_up", suspense.givenUp())
        .money("given_up_most", suspense.givenUpMost());
  }

  /** The same as a sentence. */
  static String words(Suspense suspense) {
    return "in suspense at most "
        + suspense.openMost()
        + " USD in "
        + suspense.open()
        + " open doubts and "
        + suspense.givenUpMost()
        + " USD in "
        + suspense.givenUp()
        + " given up";
  }
}
