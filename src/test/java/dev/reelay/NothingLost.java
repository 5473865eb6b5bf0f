package dev.reelay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.store.JdbcReconcile;
import dev.reelay.testkit.DatabaseView;
import dev.reelay.testkit.RelayProcess;
import java.time.Duration;
import java.util.List;

/** What must hold in the database once every task is final, whatever died on the way. */
final class NothingLost {
  private static final String UNENDED_HOLDS =
      """
      select t.id from task t where 1 <> (
        select count(*) from ledger_entry e where e.task_id = t.id and e.closes)\
      """;

  /** What a task that is stuck waits for, and what was tried. */
  private static final String OPEN =
      """
      select t.id || ' ' || t.state || ' version ' || t.version || ', fence ' || t.fence
        || coalesce(' with a lease until ' || n.lease_until, ' without a lease') || ', changed '
        || t.updated_at || ', attempts [' || coalesce((
          select string_agg(a.number || ' ' || a.fate || ' ' || a.why, '; ' order by a.number)
          from attempt a where a.task_id = t.id), '') || ']'
      from task t left join node n on n.fence = t.fence
      where t.finished_at is null order by t.id\
      """;

  private static final int REPORT_CHARS_MAX = 20_000;

  private NothingLost() {}

  /** Waits until every task is final; else says which are not, in which state, and the log. */
  static void awaitAllFinal(DatabaseView database, RelayProcess relay, Duration longest) {
    database.awaitZero("select count(*) from task where finished_at is null", longest);
    assertThat(database.texts(OPEN))
        .as(() -> "tasks that did not end within " + longest + "\n" + tail(relay.report()))
        .isEmpty();
  }

  private static String tail(String report) {
    return report.substring(Math.max(0, report.length() - REPORT_CHARS_MAX));
  }

  /** After a load on the sandbox: its prompts say how each task had to end. */
  static void assertIn(DatabaseView database, KillLoad load) {
    assertThat(load.faults()).isEmpty();
    assertIn(database, load.taskIds());
    assertThat(
            database.texts(
                "select id from task where state <> case"
                    + " when request ->> 'prompt' like '[fail]%' then 'failed'"
                    + " else 'succeeded' end"))
        .as("tasks that ended otherwise than the sandbox was asked")
        .isEmpty();
  }

  /** These tasks and no others, each closed once, and books that balance. */
  static void assertIn(DatabaseView database, List<String> acknowledged) {
    assertThat(database.texts("select id from task"))
        .as("one task for each acknowledged key, and no other")
        .containsExactlyInAnyOrderElementsOf(acknowledged);
    assertThat(new JdbcReconcile(database.source()).faults()).isEmpty();
    assertThat(database.texts(UNENDED_HOLDS))
        .as("tasks whose hold did not end exactly once")
        .isEmpty();
  }
}
