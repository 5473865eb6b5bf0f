package dev.reelay.store;

import dev.reelay.access.KeyId;
import dev.reelay.access.TenantId;
import dev.reelay.money.Cost;
import dev.reelay.money.Hold;
import dev.reelay.money.Money;
import dev.reelay.routing.ChannelId;
import dev.reelay.routing.ModelName;
import dev.reelay.task.Parent;
import dev.reelay.task.Task;
import dev.reelay.task.TaskId;
import dev.reelay.task.TaskState;
import dev.reelay.task.VideoRequest;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;

/** A row of {@code task}: how one is added, and how one is read. */
final class TaskRow {
  static final String ADD =
      """
      insert into task (
        id, tenant_id, key_id, dialect, requested_model, served_model, request,
        client_reference, metadata, callback_url, warnings, parent_task_id, channel_pin,
        hold, price_snapshot, created_at, leave_queue_by, finish_by,
        version, owner_node, fence, state, state_body,
        attempts, progress, cancel_requested, updated_at)
      values (?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?::jsonb, ?, ?::jsonb, ?, ?, ?, ?::jsonb, ?, ?, ?,
        ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?)\
      """;

  private TaskRow() {}

  static void add(Script script, Task task) {
    var accepted = task.accepted();
    var request = accepted.request();
    var extras = request.extras();
    script.add(
        ADD,
        task.id().value(),
        accepted.tenant().value(),
        accepted.key().value(),
        request.form().dialect(),
        request.form().requested().value(),
        request.served().value(),
        RequestJson.write(request),
        extras.clientReference(),
        JsonFields.empty().withTexts(extras.metadata()).json(),
        extras.callbackUrl().map(URI::toString),
        JsonFields.jsonOf(extras.warnings()),
        extras.parent().map(parent -> parent.task().value()),
        extras.parent().map(parent -> parent.channel().value()),
        accepted.hold().max().micros(),
        SnapshotJson.write(accepted.hold().snapshot()),
        accepted.createdAt(),
        accepted.deadlines().leaveQueueBy(),
        accepted.deadlines().finishBy(),
        task.version(),
        task.custody().node(),
        task.custody().fence(),
        task.state().kind().wire(),
        StateJson.write(task.state()),
        task.marks().attempts(),
        task.marks().progress(),
        task.marks().cancelRequested(),
        task.marks().updatedAt());
  }

  static Task read(ResultSet row) throws SQLException {
    var accepted =
        new Task.Accepted(
            new TenantId(row.getLong("tenant_id")),
            new KeyId(row.getLong("key_id")),
            request(row),
            new Hold(
                new Money(row.getLong("hold")), SnapshotJson.read(row.getString("price_snapshot"))),
            Sql.instant(row, "created_at"),
            new Task.Deadlines(Sql.instant(row, "leave_queue_by"), Sql.instant(row, "finish_by")));
    var marks =
        new Task.Marks(
            row.getInt("progress"),
            row.getBoolean("cancel_requested"),
            Sql.maybeInstant(row, "deleted_at"),
            Sql.maybeInstant(row, "next_poll_at"),
            row.getInt("attempts"),
            cost(row),
            Sql.instant(row, "updated_at"));
    return new Task(
        new TaskId(row.getString("id")),
        accepted,
        row.getLong("version"),
        new Task.Custody(row.getString("owner_node"), row.getLong("fence")),
        state(row),
        marks);
  }

  private static Optional<Cost> cost(ResultSet row) throws SQLException {
    var amount = Sql.maybeLong(row, "upstream_cost").map(Money::new);
    return amount.isPresent()
        ? Optional.of(new Cost(amount.get(), Cost.Basis.of(row.getString("cost_basis"))))
        : Optional.empty();
  }

  private static TaskState state(ResultSet row) throws SQLException {
    var name = TaskState.Name.valueOf(row.getString("state").toUpperCase(Locale.ROOT));
    return StateJson.read(name, row.getString("state_body"));
  }

  private static VideoRequest request(ResultSet row) throws SQLException {
    var served = new ModelName(row.getString("served_model"));
    var extras =
        new VideoRequest.Extras(
            Optional.ofNullable(row.getString("client_reference")),
            JsonFields.parse(row.getString("metadata")).allTexts(),
            Optional.ofNullable(row.getString("callback_url")).map(URI::create),
            Sql.maybeLong(row, "channel_pin").isPresent()
                ? Optional.of(parent(row, served))
                : Optional.empty(),
            JsonFields.textsOf(row.getString("warnings")));
    var columns =
        new RequestJson.Columns(
            row.getString("dialect"),
            new ModelName(row.getString("requested_model")),
            served,
            extras);
    return RequestJson.read(row.getString("request"), columns);
  }

  private static Parent parent(ResultSet row, ModelName served) throws SQLException {
    var task = new TaskId(row.getString("parent_task_id"));
    var channel = new ChannelId(row.getLong("channel_pin"));
    return RequestJson.parent(row.getString("request"), task, served, channel);
  }
}
