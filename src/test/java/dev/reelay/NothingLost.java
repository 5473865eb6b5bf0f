package dev.reelay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.store.JdbcReconcile;
import dev.reelay.testkit.DatabaseView;
import java.util.List;

/** What must hold in the database once every task is final, whatever died on the way. */
final class NothingLost {
  private static final String UNENDED_HOLDS =
      """
      select t.id from task t where 1 <> (
        select count(*) from ledger_entry e where e.task_id = t.id and e.closes)""";

  private NothingLost() {}

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
