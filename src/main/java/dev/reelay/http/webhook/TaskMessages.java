package dev.reelay.http.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.reelay.http.AskedId;
import dev.reelay.http.JsonText;
import dev.reelay.http.dialect.View;
import dev.reelay.task.Task;
import dev.reelay.task.TaskId;
import dev.reelay.webhook.Delivery;
import dev.reelay.webhook.Delivery.Happening;
import dev.reelay.webhook.Delivery.Subject;
import dev.reelay.webhook.Endpoint;
import dev.reelay.webhook.EndpointId;
import dev.reelay.webhook.EventType;
import dev.reelay.webhook.MessageBodies;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What messages say: our own shape with the task as a query shows it, or the two events of OpenAI's
 * Videos API, whose data is an id alone. Every field: docs/webhooks.md.
 */
public final class TaskMessages implements MessageBodies {
  /** What is left of a task whose whole view is too long to send. */
  private static final List<String> ESSENTIAL =
      List.of(
          "id",
          "task_id",
          "object",
          "model",
          "status",
          "progress",
          "video_url",
          "thumbnail_url",
          "width",
          "height",
          "error",
          "error_code",
          "created_at",
          "completed_at",
          "client_reference",
          "usage");

  private static final JsonMapper JSON = JsonMapper.shared();

  private final Function<TaskId, Optional<Task>> tasks;
  private final View view;
  private final Supplier<String> baseUrl;

  /**
   * @param tasks the stored tasks
   * @param view how a query shows one
   * @param baseUrl under which receivers reach us: no request says it here
   */
  public TaskMessages(Function<TaskId, Optional<Task>> tasks, View view, Supplier<String> baseUrl) {
    this.tasks = tasks;
    this.view = view;
    this.baseUrl = baseUrl;
  }

  @Override
  public Optional<String> of(Delivery delivery, Endpoint.Format format) {
    var sequence = OptionalLong.of(delivery.sequence());
    return switch (format) {
      case REELAY -> ours(delivery.happening(), sequence);
      case OPENAI -> openAi(delivery.happening());
    };
  }

  /**
   * An event in our own shape; empty if its task was deleted.
   *
   * @param sequence its number for the endpoint; empty where there is no endpoint
   */
  Optional<String> ours(Happening happening, OptionalLong sequence) {
    return switch (happening.subject()) {
      case Subject.OfTask(TaskId id) ->
          visible(id).map(task -> bounded(happening, sequence, whole(task)));
      case Subject.OfEndpoint(EndpointId id) ->
          Optional.of(ours(happening, sequence, endpoint(happening, id)));
    };
  }

  private static String bounded(Happening happening, OptionalLong sequence, String data) {
    var text = ours(happening, sequence, data);
    return text.getBytes(UTF_8).length <= BYTES_MAX
        ? text
        : ours(happening, sequence, essential(data));
  }

  private static String ours(Happening happening, OptionalLong sequence, String data) {
    var json =
        new JsonText()
            .object()
            .field("id", happening.message().toString())
            .field("type", happening.type().wire())
            .field("timestamp", happening.at().toString());
    sequence.ifPresent(number -> json.field("sequence", number));
    json.object("data");
    return json + data.substring(1) + "}";
  }

  private String whole(Task task) {
    var id = AskedId.withModel(task.request().form().requested(), task.id()).text();
    return new String(view.render(task).fill(id, baseUrl.get()), UTF_8);
  }

  private static String essential(String whole) {
    var tree = (ObjectNode) JSON.readTree(whole);
    tree.retain(ESSENTIAL);
    return tree.put("truncated", true).toString();
  }

  private static String endpoint(Happening happening, EndpointId id) {
    var json = new JsonText().object().field("endpoint", id.toString());
    if (happening.type() == EventType.WEBHOOK_TEST) {
      json.field("message", "This is a test: nothing happened.");
    }
    return json.endObject().toString();
  }

  /** As OpenAI documented it for its Videos API, read 2026-11. */
  private Optional<String> openAi(Happening happening) {
    return switch (happening.subject()) {
      case Subject.OfTask(TaskId id) ->
          visible(id).map(_ -> openAi(happening, AskedId.VIDEO_PREFIX + id.value()));
      case Subject.OfEndpoint(EndpointId id) -> Optional.of(openAi(happening, id.toString()));
    };
  }

  private static String openAi(Happening happening, String id) {
    return new JsonText()
        .object()
        .field("id", happening.message().toString())
        .field("object", "event")
        .field("type", openAiType(happening.type()))
        .field("created_at", happening.at().getEpochSecond())
        .object("data")
        .field("id", id)
        .endObject()
        .endObject()
        .toString();
  }

  /** It has no word for a canceled video: there it is a failed one, as in its answers. */
  private static String openAiType(EventType type) {
    return switch (type) {
      case TASK_SUCCEEDED -> "video.completed";
      case TASK_FAILED, TASK_CANCELED -> "video.failed";
      case ENDPOINT_DISABLED, WEBHOOK_TEST -> type.wire();
    };
  }

  private Optional<Task> visible(TaskId id) {
    return tasks.apply(id).filter(task -> task.marks().deletedAt().isEmpty());
  }
}
