package dev.reelay.store;

import dev.reelay.access.TenantId;
import dev.reelay.money.Closing;
import dev.reelay.money.Money;
import dev.reelay.task.Task;
import dev.reelay.task.TaskId;
import dev.reelay.task.TaskStore.Creation;
import dev.reelay.task.TaskStore.Idempotency;
import dev.reelay.task.TaskStore.NewTask;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Accepts one task in one transaction: the caller's idempotency key, then by guarded statements the
 * account and the key's limit, then the task and its hold. A refusal leaves nothing behind.
 */
final class TaskCreation {
  /** How often a create is tried when what it waited for or was refused by is gone again. */
  private static final int TRIES_MAX = 10;

  /**
   * A repeat waits here for the first call to end. The bound is only for this wait: waiting for a
   * busy account later is no sign of a repeat.
   */
  private static final String CLAIM_KEY =
      """
      set local lock_timeout = '2s';
      insert into idempotency (tenant_id, route, key, fingerprint, task_id, answer, created_at)
      values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing;
      set local lock_timeout to default\
      """;

  private static final int CLAIM_INSERT = 1;

  private static final String EARLIER_CALL =
      """
      select task_id, fingerprint, answer from idempotency
      where tenant_id = ? and route = ? and key = ?\
      """;

  private static final String HOLD_ON_ACCOUNT =
      """
      update account
      set available = available - ?, held = held + ?, open_tasks = open_tasks + 1
      where tenant_id = ? and available >= ? and (?::int is null or open_tasks < ?)\
      """;

  private static final String SPEND_ON_KEY =
      """
      update api_key set spent = spent + ?
      where id = ? and tenant_id = ? and (spend_limit is null or spent + ? <= spend_limit)\
      """;

  private static final String ACCOUNT =
      "select available, open_tasks from account where tenant_id = ?";

  private static final String KEY_LEFT =
      "select greatest(spend_limit - spent, 0) as left_over from api_key where id = ?";

  private final Sql sql;
  private final NewTask wanted;
  private final Task task;
  private final Money hold;

  TaskCreation(Sql sql, NewTask wanted) {
    this.sql = sql;
    this.wanted = wanted;
    this.task = wanted.task();
    this.hold = task.hold().max();
  }

  Creation run() {
    for (var tries = 0; tries < TRIES_MAX; tries++) {
      var creation = sql.transaction(this::attempt);
      if (creation.isPresent()) {
        return creation.get();
      }
    }
    throw new StoreUnavailable("the account or key of " + task.id() + " never stood still");
  }

  /** Empty if what stood in the way was gone when we looked what it was. */
  private Optional<Creation> attempt(Sql.Session session) throws SQLException {
    if (wanted.idempotency().isPresent()) {
      var key = wanted.idempotency().get();
      switch (claim(session, key)) {
        case OURS -> {}
        case ANOTHERS -> {
          session.undo();
          return earlier(session, task.tenant(), key);
        }
        case STILL_RUNNING -> {
          session.undo();
          return Optional.of(new Creation.StillRunning());
        }
      }
    }
    var counts = script().run(session);
    var refusedBy = counts.indexOf(0);
    if (refusedBy < 0) {
      return Optional.of(new Creation.Created(task));
    }
    session.undo();
    return switch (refusedBy) {
      case 0 -> refusedByAccount(session);
      case 1 -> refusedByKey(session);
      default -> throw new StoreBroken("a create of " + task.id() + " wrote " + counts);
    };
  }

  private enum Claim {
    OURS,
    ANOTHERS,
    STILL_RUNNING
  }

  private Claim claim(Sql.Session session, Idempotency key) throws SQLException {
    try {
      var counts =
          session.updates(
              CLAIM_KEY,
              task.tenant().value(),
              key.route(),
              key.key(),
              key.fingerprint(),
              task.id().value(),
              key.answer(),
              task.accepted().createdAt());
      return counts.get(CLAIM_INSERT) == 1 ? Claim.OURS : Claim.ANOTHERS;
    } catch (SQLException e) {
      if (SqlErrors.hasState(e, SqlErrors.LOCK_TIMEOUT)) {
        return Claim.STILL_RUNNING;
      }
      throw e;
    }
  }

  static Optional<Creation> earlier(Sql.Session session, TenantId tenant, Idempotency key)
      throws SQLException {
    return session.first(
        EARLIER_CALL,
        row ->
            row.getString("fingerprint").equals(key.fingerprint())
                ? new Creation.Replayed(
                    new TaskId(row.getString("task_id")), row.getString("answer"))
                : new Creation.KeyReused(),
        tenant.value(),
        key.route(),
        key.key());
  }

  /** The guards first: their places in the list are how a refusal is told. */
  Script script() {
    var limit = wanted.openTasksMax();
    var tenant = task.tenant().value();
    var script = new Script();
    script.add(HOLD_ON_ACCOUNT, hold.micros(), hold.micros(), tenant, hold.micros(), limit, limit);
    script.add(SPEND_ON_KEY, hold.micros(), task.accepted().key().value(), tenant, hold.micros());
    TaskRow.add(script, task);
    wanted.inputs().forEach(input -> AssetRows.keep(script, task, input));
    for (var entry : Closing.open(task.hold())) {
      LedgerLines.add(
          script,
          task.tenant(),
          Optional.of(task.id().value()),
          entry,
          task.accepted().createdAt());
    }
    return script;
  }

  private Optional<Creation> refusedByAccount(Sql.Session session) throws SQLException {
    var limit = wanted.openTasksMax();
    return session.one(
        ACCOUNT,
        row -> {
          var available = new Money(row.getLong("available"));
          if (available.compareTo(hold) < 0) {
            return Optional.of(new Creation.BalanceTooLow(hold, available));
          }
          return limit.isPresent() && row.getInt("open_tasks") >= limit.getAsInt()
              ? Optional.of(new Creation.TooManyOpen(limit.getAsInt()))
              : Optional.empty();
        },
        task.tenant().value());
  }

  private Optional<Creation> refusedByKey(Sql.Session session) throws SQLException {
    return session.one(
        KEY_LEFT,
        row -> {
          var left = Sql.maybeLong(row, "left_over").map(Money::new);
          return left.filter(money -> money.compareTo(hold) < 0)
              .map(money -> new Creation.KeyLimitReached(hold, money));
        },
        task.accepted().key().value());
  }
}
