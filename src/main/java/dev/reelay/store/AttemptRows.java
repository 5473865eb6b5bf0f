package dev.reelay.store;

import dev.reelay.routing.ChannelId;
import dev.reelay.routing.CredentialId;
import dev.reelay.task.Attempt;
import dev.reelay.task.TaskId;
import dev.reelay.task.TaskStore.AttemptRow;
import dev.reelay.task.Transition.AttemptChange;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** Rows of {@code attempt}: one is added before the first byte leaves, and ends at most once. */
final class AttemptRows {
  /** Two attempts of one channel can never adopt one job. */
  static final String JOB_IS_TAKEN = "attempt_upstream_id";

  private static final String OPEN =
      """
      insert into attempt (task_id, number, channel_id, credential_id, upstream_model, token,
        started_at, opened_version, reason, fate, why)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, 'sending', '')\
      """;

  private static final String GOT =
      """
      update attempt set fate = 'got', upstream_id = ?, why = ''
      where task_id = ? and number = ? and fate in ('sending', 'in_doubt')\
      """;

  private static final String END =
      """
      update attempt set fate = ?, why = ?
      where task_id = ? and number = ? and fate in ('sending', 'in_doubt')\
      """;

  private AttemptRows() {}

  static void change(Script script, TaskId task, long version, AttemptChange change) {
    switch (change) {
      case AttemptChange.Opened(Attempt attempt, String why) ->
          script.add(
              OPEN,
              task.value(),
              attempt.number(),
              attempt.channel().value(),
              attempt.credential().value(),
              attempt.upstreamModel(),
              attempt.token(),
              attempt.startedAt(),
              version,
              why);
      case AttemptChange.Got(Attempt attempt, String upstreamId) ->
          script.add(GOT, upstreamId, task.value(), attempt.number());
      case AttemptChange.Ended(Attempt attempt, var fate, String why) ->
          script.add(END, JdbcTaskStore.word(fate), why, task.value(), attempt.number());
    }
  }

  /**
   * @param model the column with the provider's own name of the model
   */
  static Attempt attempt(ResultSet row, String model) throws SQLException {
    return new Attempt(
        row.getInt("number"),
        new ChannelId(row.getLong("channel_id")),
        new CredentialId(row.getLong("credential_id")),
        row.getString(model),
        row.getString("token"),
        Sql.instant(row, "started_at"));
  }

  static AttemptRow read(ResultSet row) throws SQLException {
    return new AttemptRow(
        attempt(row, "upstream_model"),
        row.getString("fate"),
        Optional.ofNullable(row.getString("upstream_id")),
        row.getString("why"));
  }
}
