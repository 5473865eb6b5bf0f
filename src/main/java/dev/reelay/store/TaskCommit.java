package dev.reelay.store;

import dev.reelay.money.Balance;
import dev.reelay.money.EntryKind;
import dev.reelay.money.LedgerEntry;
import dev.reelay.money.Money;
import dev.reelay.task.Attempt;
import dev.reelay.task.Task;
import dev.reelay.task.TaskState;
import dev.reelay.task.TaskStore.Commit;
import dev.reelay.task.Transition;
import dev.reelay.task.Transition.AttemptChange;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Writes one decided change in one transaction: first the task, guarded by version and fence; then,
 * in one more round trip, everything that belongs to it.
 */
final class TaskCommit {
  private static final String MOVE =
      """
      update task set version = ?, state = ?, state_body = ?::jsonb,
        upstream_model = coalesce(?, upstream_model), upstream_cost = ?, cost_basis = ?,
        charged = ?, attempts = ?, progress = ?, cancel_requested = ?, deleted_at = ?,
        next_poll_at = ?, updated_at = ?, finished_at = ?
      where id = ? and version = ? and fence = ?\
      """;

  private static final String MOVE_MONEY =
      """
      update account set available = available + ?, held = held + ?, charged = charged + ?,
        open_tasks = open_tasks - ?
      where tenant_id = ?\
      """;

  private static final String GIVE_BACK_TO_KEY =
      "update api_key set spent = spent - ? where id = ?";

  private static final String TELL =
      """
      insert into task_event (task_id, number, at, word, state, detail)
      values (?, ?, ?, ?, ?, ?)\
      """;

  private static final String SEND =
      "insert into event (tenant_id, task_id, type, created_at) values (?, ?, ?, ?)";

  private final Sql sql;
  private final Transition transition;
  private final Task before;
  private final Task after;

  TaskCommit(Sql sql, Transition transition) {
    this.sql = sql;
    this.transition = transition;
    this.before = transition.before();
    this.after = transition.after();
  }

  Commit run() {
    return sql.transaction(this::attempt);
  }

  private Commit attempt(Sql.Session session) throws SQLException {
    if (move(session) != 1) {
      session.undo();
      return Commit.MOVED;
    }
    try {
      rest().runEachOne(session);
      return Commit.DONE;
    } catch (SQLException e) {
      if (SqlErrors.isDuplicate(e, AttemptRows.JOB_IS_TAKEN)) {
        session.undo();
        return Commit.UPSTREAM_ID_TAKEN;
      }
      throw e;
    }
  }

  private int move(Sql.Session session) throws SQLException {
    var marks = after.marks();
    return session.update(
        MOVE,
        after.version(),
        after.state().kind().wire(),
        StateJson.write(after.state()),
        after.state().attemptIfAny().map(Attempt::upstreamModel),
        marks.cost().map(cost -> cost.amount().micros()),
        marks.cost().map(cost -> cost.basis().wire()),
        charged().map(Money::micros),
        marks.attempts(),
        marks.progress(),
        marks.cancelRequested(),
        marks.deletedAt(),
        marks.nextPollAt(),
        marks.updatedAt(),
        after.state().finishedAt(),
        before.id().value(),
        before.version(),
        before.custody().fence());
  }

  private Optional<Money> charged() {
    return after.state() instanceof TaskState.Succeeded done
        ? Optional.of(done.charged())
        : Optional.empty();
  }

  private Script rest() {
    var script = new Script();
    transition
        .attempt()
        .ifPresent(change -> AttemptRows.change(script, after.id(), after.version(), change));
    addMoney(script);
    if (!before.isFinal() && after.state() instanceof TaskState.Succeeded done) {
      AssetRows.keep(script, after, done.output().video());
      done.output().poster().ifPresent(poster -> AssetRows.keep(script, after, poster));
    }
    if (before.marks().deletedAt().isEmpty() && isDeleted()) {
      AssetRows.expire(script, after);
    }
    if (!isToldByAttempt()) {
      script.add(
          TELL,
          after.id().value(),
          after.version(),
          after.marks().updatedAt(),
          transition.timeline().word(),
          after.state().kind().wire(),
          transition.timeline().detail());
    }
    transition
        .outbox()
        .ifPresent(
            type ->
                script.add(
                    SEND,
                    after.tenant().value(),
                    after.id().value(),
                    type,
                    after.marks().updatedAt()));
    return script;
  }

  /** The timeline reads a started attempt from the attempt's own row. */
  private boolean isToldByAttempt() {
    return transition
        .attempt()
        .filter(change -> change instanceof AttemptChange.Opened)
        .isPresent();
  }

  private void addMoney(Script script) {
    var change = Balance.EMPTY;
    var givenBack = Money.ZERO;
    for (LedgerEntry entry : transition.entries()) {
      LedgerLines.add(
          script,
          after.tenant(),
          Optional.of(after.id().value()),
          entry,
          after.marks().updatedAt());
      change = change.with(entry);
      givenBack = givenBack.plus(entry.kind() == EntryKind.RELEASE ? entry.amount() : Money.ZERO);
    }
    var ended = !before.isFinal() && after.isFinal() ? 1 : 0;
    if (ended == 1 || !transition.entries().isEmpty()) {
      script.add(
          MOVE_MONEY,
          change.available().micros(),
          change.held().micros(),
          change.charged().micros(),
          ended,
          after.tenant().value());
    }
    if (givenBack.isPositive()) {
      script.add(GIVE_BACK_TO_KEY, givenBack.micros(), after.accepted().key().value());
    }
  }

  private boolean isDeleted() {
    return after.marks().deletedAt().isPresent();
  }
}
