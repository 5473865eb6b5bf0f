package dev.reelay.store;

import dev.reelay.money.Money;
import dev.reelay.routing.ChannelId;
import dev.reelay.routing.CredentialId;
import dev.reelay.task.Doubts;
import dev.reelay.task.TaskId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** What is known about doubted attempts, in PostgreSQL. */
public final class JdbcDoubts implements Doubts {
  /** The task's own model column goes before the attempt's, which is therefore renamed. */
  private static final String UNKNOWN =
      """
      select task.*, a.number, a.channel_id, a.credential_id, a.upstream_model as sent_model,
        a.token, a.started_at
      from attempt a join task on task.id = a.task_id
      where a.channel_id = ? and a.credential_id = ? and a.started_at >= ?
        and a.fate in ('sending', 'in_doubt', 'given_up')
      order by a.started_at, a.token\
      """;

  /** The hash is what the index knows; the text itself decides. */
  private static final String OWNED =
      """
      select a.upstream_id, a.started_at, a.upstream_model, task.request ->> 'prompt' as prompt
      from attempt a join task on task.id = a.task_id
      where a.channel_id = ? and a.upstream_id is not null
        and md5(a.upstream_id) in (select md5(listed) from unnest(?) listed)
        and a.upstream_id = any (?)\
      """;

  private static final String STRAYS =
      """
      select a.started_at, a.upstream_model, task.request ->> 'prompt' as prompt
      from attempt a join task on task.id = a.task_id
      where a.channel_id = ? and a.credential_id = ? and a.started_at >= ? and a.fate = 'got'
        and not (a.upstream_id = any (?))
      order by a.started_at, a.token\
      """;

  private static final String NAME =
      """
      insert into callback_hint (task_id, attempt, upstream_id, heard_at)
      select ?, ?, ?, ?
      where (select count(*) from callback_hint where task_id = ? and attempt = ?) < ?
      on conflict do nothing\
      """;

  private static final String NAMED =
      """
      select upstream_id, heard_at from callback_hint where task_id = ? and attempt = ?
      order by heard_at, upstream_id\
      """;

  private static final String NOTE =
      """
      insert into doubt_look (task_id, attempt, recipe, times, at, result, next_at)
      values (?, ?, ?, 1, ?, ?, ?)
      on conflict (task_id, attempt, recipe) do update set times = doubt_look.times + 1,
        at = excluded.at, result = excluded.result, next_at = excluded.next_at\
      """;

  private static final String LOOKS =
      """
      select attempt, recipe, times, at, result, next_at from doubt_look where task_id = ?
      order by attempt, array_position(array['token', 'reference', 'callback', 'list'], recipe)\
      """;

  private static final String SUSPENSE =
      """
      select count(*) filter (where fate = 'in_doubt') as open,
        coalesce(sum(hold) filter (where fate = 'in_doubt'), 0) as open_most,
        count(*) filter (where fate = 'given_up') as given_up,
        coalesce(sum(hold) filter (where fate = 'given_up'), 0) as given_up_most
      from attempt join task on task.id = attempt.task_id
      where fate in ('in_doubt', 'given_up')\
      """;

  private final Sql sql;

  public JdbcDoubts(DataSource source) {
    this.sql = new Sql(source);
  }

  @Override
  public Claims claims(
      ChannelId channel, CredentialId credential, Instant since, Set<String> listed) {
    // Another text than PostgreSQL can keep was never kept, and nobody owns it.
    var ids = listed.stream().filter(id -> StorableText.of(id).equals(id)).toArray(String[]::new);
    return sql.snapshot(
        session ->
            new Claims(
                session.list(
                    UNKNOWN, JdbcDoubts::unknown, channel.value(), credential.value(), since),
                owned(session, channel, ids),
                session.list(
                    STRAYS, JdbcDoubts::sent, channel.value(), credential.value(), since, ids)));
  }

  private static Map<String, Sent> owned(Sql.Session session, ChannelId channel, String[] ids)
      throws SQLException {
    return session
        .list(
            OWNED,
            row -> Map.entry(row.getString("upstream_id"), sent(row)),
            channel.value(),
            ids,
            ids)
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static Sent sent(ResultSet row) throws SQLException {
    return new Sent(
        Sql.instant(row, "started_at"), row.getString("upstream_model"), row.getString("prompt"));
  }

  private static Unknown unknown(ResultSet row) throws SQLException {
    return new Unknown(TaskRow.read(row), AttemptRows.attempt(row, "sent_model"));
  }

  @Override
  public void name(TaskId task, int attempt, String upstreamId, Instant at) {
    sql.run(
        session ->
            session.update(
                NAME, task.value(), attempt, upstreamId, at, task.value(), attempt, NAMED_MAX));
  }

  @Override
  public List<Named> named(TaskId task, int attempt) {
    return sql.run(
        session ->
            session.list(
                NAMED,
                row -> new Named(row.getString("upstream_id"), Sql.instant(row, "heard_at")),
                task.value(),
                attempt));
  }

  @Override
  public void note(TaskId task, int attempt, Collection<Look> looks) {
    var script = new Script();
    for (var look : looks) {
      script.add(
          NOTE,
          task.value(),
          attempt,
          look.recipe().wire(),
          look.at(),
          look.result(),
          look.nextAt());
    }
    sql.transaction(
        session -> {
          script.runEachOne(session);
          return looks.size();
        });
  }

  @Override
  public List<LookRow> looks(TaskId task) {
    return sql.run(session -> session.list(LOOKS, JdbcDoubts::look, task.value()));
  }

  private static LookRow look(ResultSet row) throws SQLException {
    var recipe = Recipe.valueOf(row.getString("recipe").toUpperCase(Locale.ROOT));
    var look =
        new Look(
            recipe,
            Sql.instant(row, "at"),
            row.getString("result"),
            Sql.maybeInstant(row, "next_at"));
    return new LookRow(row.getInt("attempt"), look, row.getInt("times"));
  }

  @Override
  public Suspense suspense() {
    return sql.run(
        session ->
            session.one(
                SUSPENSE,
                row ->
                    new Suspense(
                        row.getLong("open"),
                        new Money(row.getLong("open_most")),
                        row.getLong("given_up"),
                        new Money(row.getLong("given_up_most")))));
  }
}
