package dev.reelay.store;

import dev.reelay.access.TenantId;
import dev.reelay.task.Task;
import dev.reelay.task.TaskId;
import dev.reelay.task.TaskStore;
import dev.reelay.task.Transition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Tasks in PostgreSQL. The two writes, accepting and moving a task, are transactions of few round
 * trips; everything else is one statement.
 *
 * <p>Locks are taken in one order everywhere: task, account, key. Every method throws {@link
 * StoreUnavailable} while the database is away and {@link StoreBroken} for what should never be.
 */
public final class JdbcTaskStore implements TaskStore {
  private static final String FIND = "select * from task where id = ?";

  /**
   * A node whose own lease has ended takes nothing. The dead fences are gathered first, as plain
   * values: a row that another sweep took meanwhile is checked again with its new fence, which is
   * not among them. Asked as a join with {@code node}, that second check would not see the change.
   * The fences are found by steps through the index, since there are few and many tasks under each.
   */
  private static final String TAKE_ORPHANS =
      """
      with recursive held (fence) as (
        select min(fence) from task where finished_at is null
        union all
        select (select min(t.fence) from task t
                where t.finished_at is null and t.fence > held.fence)
        from held where held.fence is not null),
      taken as materialized (
        select id from task
        where finished_at is null
          and fence = any (array(
            select h.fence from held h
            where h.fence is not null
              and not exists (
                select from node n where n.fence = h.fence and n.lease_until > now())))
          and exists (select from node where fence = ? and lease_until > now())
        limit ? for update skip locked)
      update task set owner_node = ?, fence = ?, version = version + 1
      from taken where task.id = taken.id
      returning task.*\
      """;

  private static final String OPEN_UNDER =
      "select id, version from task where fence = ? and finished_at is null";

  private static final String ATTEMPTS =
      """
      select number, channel_id, credential_id, upstream_model, token, started_at, fate,
        upstream_id, case when why = '' then reason else why end as why
      from attempt where task_id = ? order by number\
      """;

  private static final String TIMELINE =
      "select number, at, word, state, detail from timeline where task_id = ? order by number";

  private final Sql sql;

  public JdbcTaskStore(DataSource source) {
    this.sql = new Sql(source);
  }

  @Override
  public Creation create(NewTask task) {
    return new TaskCreation(sql, task).run();
  }

  @Override
  public Optional<Creation> repeated(TenantId tenant, Idempotency call) {
    return sql.run(session -> TaskCreation.earlier(session, tenant, call));
  }

  @Override
  public Commit commit(Transition transition) {
    return new TaskCommit(sql, transition).run();
  }

  @Override
  public Optional<Task> find(TaskId id) {
    return sql.run(session -> session.first(FIND, TaskRow::read, id.value()));
  }

  @Override
  public List<Task> list(Query query) {
    var text = new StringBuilder("select * from task where deleted_at is null");
    var values = new ArrayList<>();
    query.tenant().ifPresent(tenant -> and(text, values, "tenant_id = ?", tenant.value()));
    if (!query.states().isEmpty()) {
      var names = query.states().stream().map(state -> state.wire()).toArray(String[]::new);
      and(text, values, "state = any (?)", names);
      if (query.states().stream().noneMatch(state -> state.isFinal())) {
        // Says what the states imply, so that the small index of open tasks can serve.
        text.append(" and finished_at is null");
      }
    }
    query.model().ifPresent(m -> and(text, values, "? in (requested_model, served_model)", m));
    query.clientReference().ifPresent(r -> and(text, values, "client_reference = ?", r));
    boolean isNewestFirst = query.order() == Query.Order.NEWEST_FIRST;
    var beyond = isNewestFirst ? "id < ?" : "id > ?";
    query.beyond().ifPresent(last -> and(text, values, beyond, last.value()));
    text.append(isNewestFirst ? " order by id desc limit ?" : " order by id limit ?");
    values.add(query.limit());
    return sql.run(session -> session.list(text.toString(), TaskRow::read, values.toArray()));
  }

  private static void and(StringBuilder text, List<Object> values, String term, Object value) {
    text.append(" and ").append(term);
    values.add(value);
  }

  @Override
  public List<Task> takeOrphans(Task.Custody owner, int max) {
    return sql.run(
        session ->
            session.list(
                TAKE_ORPHANS, TaskRow::read, owner.fence(), max, owner.node(), owner.fence()));
  }

  @Override
  public List<Versioned> openUnder(long fence) {
    return sql.run(
        session ->
            session.list(
                OPEN_UNDER,
                row -> new Versioned(new TaskId(row.getString("id")), row.getLong("version")),
                fence));
  }

  @Override
  public List<AttemptRow> attempts(TaskId id) {
    return sql.run(session -> session.list(ATTEMPTS, AttemptRows::read, id.value()));
  }

  @Override
  public List<TimelineRow> timeline(TaskId id) {
    return sql.run(
        session ->
            session.list(
                TIMELINE,
                row ->
                    new TimelineRow(
                        row.getInt("number"),
                        Sql.instant(row, "at"),
                        row.getString("word"),
                        row.getString("state"),
                        row.getString("detail")),
                id.value()));
  }

  /** A word as the columns have it. */
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
