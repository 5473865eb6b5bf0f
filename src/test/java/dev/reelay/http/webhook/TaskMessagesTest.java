package dev.reelay.http.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.access.KeyId;
import dev.reelay.access.MasterKey;
import dev.reelay.access.ResultSignature;
import dev.reelay.access.TenantAlias;
import dev.reelay.access.TenantId;
import dev.reelay.http.AskedId;
import dev.reelay.http.ResultAddresses;
import dev.reelay.http.dialect.unified.UnifiedView;
import dev.reelay.money.Money;
import dev.reelay.task.Task;
import dev.reelay.task.TaskId;
import dev.reelay.task.TaskState;
import dev.reelay.task.VideoRequest;
import dev.reelay.testkit.StateSamples;
import dev.reelay.testkit.TaskSamples;
import dev.reelay.testkit.WebhookSamples;
import dev.reelay.webhook.Delivery;
import dev.reelay.webhook.Delivery.Happening;
import dev.reelay.webhook.Delivery.Subject;
import dev.reelay.webhook.DeliveryId;
import dev.reelay.webhook.Endpoint;
import dev.reelay.webhook.EventType;
import dev.reelay.webhook.MessageBodies;
import dev.reelay.webhook.MessageId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TaskMessagesTest {
  private static final MasterKey MASTER =
      MasterKey.parse("000102030405060708090a0b0c0d0e0f".repeat(2));
  private static final TaskId ID = TaskSamples.taskId(1);
  private static final String BASE = "https://relay.example";

  private final UnifiedView view =
      new UnifiedView(
          new TenantAlias(MASTER)::of, new ResultAddresses(new ResultSignature(MASTER)), "USD");
  private Optional<Task> task = Optional.of(succeeded(TaskSamples.request().prompt()));
  private final TaskMessages messages = new TaskMessages(_ -> task, view, () -> BASE);

  private static Task succeeded(String prompt) {
    var usual = TaskSamples.request();
    var request =
        new VideoRequest(
            usual.form(),
            usual.served(),
            prompt,
            usual.shape(),
            usual.images(),
            Map.of(),
            VideoRequest.Extras.NONE);
    var accepted =
        new Task.Accepted(
            new TenantId(1),
            new KeyId(1),
            request,
            TaskSamples.holdPerVideo(Money.parse("0.50")),
            TaskSamples.NOON,
            TaskSamples.deadlines());
    var queued = TaskSamples.queued(ID, accepted);
    TaskState state =
        new TaskState.Succeeded(
            StateSamples.JOB, TaskSamples.output(ID), Money.parse("0.50"), TaskSamples.NOON);
    return new Task(ID, accepted, 5, queued.custody(), state, queued.marks());
  }

  private static Delivery delivery(EventType type) {
    return Delivery.of(
        new DeliveryId(TaskSamples.taskId(8).value()),
        WebhookSamples.endpoint(),
        WebhookSamples.happening(ID, type),
        WebhookSamples.HOOK,
        17,
        TaskSamples.NOON);
  }

  private String body(EventType type, Endpoint.Format format) {
    return messages.of(delivery(type), format).orElseThrow();
  }

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text);
  }

  @Test
  void our_shape_is_the_task_as_a_query_shows_it() {
    var message = json(body(EventType.TASK_SUCCEEDED, Endpoint.Format.REELAY));

    assertThat(message.propertyNames())
        .containsExactly("id", "type", "timestamp", "sequence", "data");
    assertThat(message.path("id").asString()).isEqualTo("evt_" + ID.value());
    assertThat(message.path("type").asString()).isEqualTo("task.succeeded");
    assertThat(message.path("timestamp").asString()).isEqualTo("2026-11-23T12:00:00Z");
    assertThat(message.path("sequence").asLong()).isEqualTo(17);
    var shown = AskedId.withModel(task.orElseThrow().request().form().requested(), ID).text();
    var query = view.render(task.orElseThrow()).fill(shown, BASE);
    assertThat(message.path("data")).isEqualTo(json(new String(query, StandardCharsets.UTF_8)));
    assertThat(message.path("data").path("video_url").asString()).startsWith(BASE + "/files/");
  }

  @Test
  void the_other_shape_is_that_of_openai() {
    assertThat(body(EventType.TASK_SUCCEEDED, Endpoint.Format.OPENAI))
        .isEqualTo(
            ("{'id':'evt_%s','object':'event','type':'video.completed','created_at':%d,"
                    + "'data':{'id':'video_%s'}}")
                .replace('\'', '"')
                .formatted(ID.value(), TaskSamples.NOON.getEpochSecond(), ID.value()));
    for (var type : List.of(EventType.TASK_FAILED, EventType.TASK_CANCELED)) {
      assertThat(json(body(type, Endpoint.Format.OPENAI)).path("type").asString())
          .isEqualTo("video.failed");
    }
  }

  @Test
  void a_body_that_would_be_too_long_keeps_what_matters() {
    task = Optional.of(succeeded("猫".repeat(VideoRequest.PROMPT_CHARS_MAX)));

    var text = body(EventType.TASK_SUCCEEDED, Endpoint.Format.REELAY);

    assertThat(text.getBytes(StandardCharsets.UTF_8).length)
        .isLessThanOrEqualTo(MessageBodies.BYTES_MAX);
    var data = json(text).path("data");
    assertThat(data.path("truncated").asBoolean()).isTrue();
    assertThat(data.path("status").asString()).isEqualTo("completed");
    assertThat(data.path("video_url").asString()).startsWith(BASE);
    assertThat(data.path("usage").path("charged").asString()).isEqualTo("0.50");
    assertThat(data.has("detail")).isFalse();
  }

  @Test
  void there_is_nothing_to_tell_of_a_task_that_is_gone() {
    task = Optional.empty();

    assertThat(messages.of(delivery(EventType.TASK_FAILED), Endpoint.Format.REELAY)).isEmpty();
    assertThat(messages.of(delivery(EventType.TASK_FAILED), Endpoint.Format.OPENAI)).isEmpty();
  }

  @Test
  void an_event_about_an_endpoint_names_it() {
    var endpoint = WebhookSamples.endpoint();
    var about =
        Delivery.of(
            new DeliveryId(TaskSamples.taskId(8).value()),
            endpoint,
            new Happening(
                new MessageId(TaskSamples.taskId(7).value()),
                EventType.ENDPOINT_DISABLED,
                new Subject.OfEndpoint(endpoint.id()),
                TaskSamples.NOON),
            WebhookSamples.HOOK,
            1,
            TaskSamples.NOON);

    var message = json(messages.of(about, Endpoint.Format.REELAY).orElseThrow());

    assertThat(message.path("type").asString()).isEqualTo("endpoint.disabled");
    assertThat(message.path("data").path("endpoint").asString())
        .isEqualTo(endpoint.id().toString());
  }
}
