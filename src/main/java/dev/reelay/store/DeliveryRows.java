package dev.reelay.store;

import dev.reelay.access.TenantId;
import dev.reelay.task.TaskId;
import dev.reelay.webhook.Delivery;
import dev.reelay.webhook.Delivery.Happening;
import dev.reelay.webhook.Delivery.Subject;
import dev.reelay.webhook.DeliveryAttempt;
import dev.reelay.webhook.DeliveryAttempt.Outcome;
import dev.reelay.webhook.DeliveryId;
import dev.reelay.webhook.DeliveryState;
import dev.reelay.webhook.Endpoint;
import dev.reelay.webhook.EndpointId;
import dev.reelay.webhook.Lane;
import dev.reelay.webhook.MessageId;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rows of deliveries and of their attempts. */
final class DeliveryRows {
  /** What {@link #delivery} reads, from {@code delivery d} and {@code endpoint e}. */
  static final String COLUMNS =
      """
      d.id, d.tenant_id, d.endpoint_id, d.message, d.type, d.task_id, d.about, d.happened_at,
        d.lane, coalesce(d.url, e.url) as target, d.sequence, d.state, d.why, d.due_at, d.ended_at,
        d.attempts, d.step
      """;

  private static final String INSERT =
      """
      insert into delivery (id, tenant_id, endpoint_id, event_id, message, type, task_id, about,
        happened_at, lane, url, sequence, state, due_at)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'pending', ?)
      on conflict (endpoint_id, event_id) do nothing\
      """;

  private static final String CONCLUDE =
      """
      update delivery set state = ?, why = ?, due_at = ?, ended_at = ?, attempts = ?, step = ?,
        fence = 0
      where id = ? and fence = ? and attempts = ? and state = 'pending'\
      """;

  private static final String ADD_ATTEMPT =
      """
      insert into delivery_attempt (delivery_id, number, at, millis, outcome, status, retry_after,
        detail)
      values (?, ?, ?, ?, ?, ?, ?, ?)\
      """;

  private DeliveryRows() {}

  /** False if the event has a delivery for this endpoint already. */
  static boolean insert(
      Sql.Session session, Delivery made, Endpoint.Target target, Optional<Long> event)
      throws SQLException {
    var happening = made.happening();
    return session.update(
            INSERT,
            made.id().value(),
            made.tenant().value(),
            made.endpoint().value(),
            event,
            happening.message().value(),
            happening.type().wire(),
            task(happening.subject()),
            about(happening.subject()),
            happening.at(),
            made.lane().name(),
            ownUrl(target, made.url()),
            made.sequence(),
            dueAt(made.state()))
        == 1;
  }

  /** Its endpoint's address is read when it is sent: it may have moved by then. */
  private static Optional<String> ownUrl(Endpoint.Target target, URI url) {
    return switch (target) {
      case Endpoint.Target.Address _ -> Optional.empty();
      case Endpoint.Target.PerRequest _ -> Optional.of(url.toString());
    };
  }

  private static Optional<String> task(Subject subject) {
    return switch (subject) {
      case Subject.OfTask(TaskId task) -> Optional.of(task.value());
      case Subject.OfEndpoint _ -> Optional.empty();
    };
  }

  private static Optional<String> about(Subject subject) {
    return switch (subject) {
      case Subject.OfTask _ -> Optional.empty();
      case Subject.OfEndpoint(EndpointId endpoint) -> Optional.of(endpoint.value());
    };
  }

  /** False if it is not held under this fence any more. */
  static boolean conclude(Sql.Session session, long fence, Delivery before, Delivery after)
      throws SQLException {
    var state = after.state();
    return session.update(
            CONCLUDE,
            EndpointRows.word(state.name()),
            state instanceof DeliveryState.Failed(var why, _)
                ? Optional.of(EndpointRows.word(why))
                : Optional.empty(),
            dueAt(state),
            endedAt(state),
            after.attempts(),
            after.step(),
            after.id().value(),
            fence,
            before.attempts())
        == 1;
  }

  private static Optional<Object> dueAt(DeliveryState state) {
    return switch (state) {
      case DeliveryState.Pending(var at) -> Optional.of(at);
      case DeliveryState.Delivered _, DeliveryState.Failed _ -> Optional.empty();
    };
  }

  private static Optional<Object> endedAt(DeliveryState state) {
    return switch (state) {
      case DeliveryState.Pending _ -> Optional.empty();
      case DeliveryState.Delivered(var at) -> Optional.of(at);
      case DeliveryState.Failed(_, var at) -> Optional.of(at);
    };
  }

  static void addAttempt(Sql.Session session, DeliveryId id, DeliveryAttempt attempt)
      throws SQLException {
    switch (attempt.outcome()) {
      case Outcome.Answered(int status, String text, Optional<Duration> retryAfter) ->
          add(session, id, attempt, "answered", Optional.of(status), retryAfter, text);
      case Outcome.Silence(String why) ->
          add(session, id, attempt, "silence", Optional.empty(), Optional.empty(), why);
      case Outcome.Refused(String why) ->
          add(session, id, attempt, "refused", Optional.empty(), Optional.empty(), why);
    }
  }

  private static void add(
      Sql.Session session,
      DeliveryId id,
      DeliveryAttempt attempt,
      String word,
      Optional<Integer> status,
      Optional<Duration> retryAfter,
      String detail)
      throws SQLException {
    session.updateOne(
        ADD_ATTEMPT,
        id.value(),
        attempt.number(),
        attempt.at(),
        attempt.took().toMillis(),
        word,
        status,
        retryAfter.map(Duration::toSeconds),
        detail);
  }

  static Delivery delivery(ResultSet row) throws SQLException {
    return new Delivery(
        new DeliveryId(row.getString("id")),
        new TenantId(row.getLong("tenant_id")),
        new EndpointId(row.getString("endpoint_id")),
        new Happening(
            new MessageId(row.getString("message")),
            EndpointRows.type(row.getString("type")),
            subject(row),
            Sql.instant(row, "happened_at")),
        new Lane(row.getString("lane")),
        URI.create(row.getString("target")),
        row.getLong("sequence"),
        state(row),
        row.getInt("attempts"),
        row.getInt("step"));
  }

  private static Subject subject(ResultSet row) throws SQLException {
    @Nullable String task = row.getString("task_id");
    return task == null
        ? new Subject.OfEndpoint(new EndpointId(row.getString("about")))
        : new Subject.OfTask(new TaskId(task));
  }

  private static DeliveryState state(ResultSet row) throws SQLException {
    return switch (DeliveryState.Name.valueOf(upper(row, "state"))) {
      case PENDING -> new DeliveryState.Pending(Sql.instant(row, "due_at"));
      case DELIVERED -> new DeliveryState.Delivered(Sql.instant(row, "ended_at"));
      case FAILED ->
          new DeliveryState.Failed(
              DeliveryState.Why.valueOf(upper(row, "why")), Sql.instant(row, "ended_at"));
    };
  }

  private static String upper(ResultSet row, String column) throws SQLException {
    return row.getString(column).toUpperCase(Locale.ROOT);
  }

  static DeliveryAttempt attempt(ResultSet row) throws SQLException {
    return new DeliveryAttempt(
        row.getInt("number"),
        Sql.instant(row, "at"),
        Duration.ofMillis(row.getLong("millis")),
        outcome(row));
  }

  private static Outcome outcome(ResultSet row) throws SQLException {
    var detail = row.getString("detail");
    return switch (row.getString("outcome")) {
      case "answered" ->
          new Outcome.Answered(
              row.getInt("status"),
              detail,
              Sql.maybeLong(row, "retry_after").map(Duration::ofSeconds));
      case "silence" -> new Outcome.Silence(detail);
      case "refused" -> new Outcome.Refused(detail);
      default -> throw new StoreBroken("an attempt of an unknown outcome is stored");
    };
  }
}
