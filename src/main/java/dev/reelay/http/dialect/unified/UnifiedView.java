package dev.reelay.http.dialect.unified;

import dev.reelay.access.TenantId;
import dev.reelay.asset.Asset;
import dev.reelay.http.JsonText;
import dev.reelay.http.ResultAddresses;
import dev.reelay.http.Segments;
import dev.reelay.http.Segments.Hole;
import dev.reelay.http.dialect.ClipNames;
import dev.reelay.http.dialect.TaskFacts;
import dev.reelay.http.dialect.View;
import dev.reelay.http.dialect.WebAddress;
import dev.reelay.money.Money;
import dev.reelay.routing.ModelName;
import dev.reelay.task.ClipKind;
import dev.reelay.task.ErrorCode;
import dev.reelay.task.Failure;
import dev.reelay.task.Output;
import dev.reelay.task.Picture;
import dev.reelay.task.Task;
import dev.reelay.task.TaskState;
import dev.reelay.task.VideoRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The body of a query: the whole of the published page and some fields more. Every field, when it
 * is there and what stands in it: docs/query-fields.md. Before completion it holds no URL but the
 * caller's own pictures; texts of the caller are defanged until then.
 */
public final class UnifiedView implements View {
  private final Function<TenantId, String> userNames;
  private final ResultAddresses addresses;
  private final String currency;

  /**
   * Makes a view.
   *
   * @param userNames a stable, opaque name of a tenant
   * @param currency its code, such as {@code USD}
   */
  public UnifiedView(
      Function<TenantId, String> userNames, ResultAddresses addresses, String currency) {
    this.userNames = userNames;
    this.addresses = addresses;
    this.currency = currency;
  }

  @Override
  public Segments render(Task task) {
    var json = new JsonText().object();
    json.holed("id", Hole.ID, "");
    json.holed("task_id", Hole.ID, "");
    json.field("object", "video");
    json.field("model", task.request().form().requested().value());
    json.field("status", word(task));
    json.field("progress", TaskFacts.progress(task));
    writeResult(json, task);
    json.field("status_update_time", task.marks().updatedAt().toEpochMilli());
    writeTimes(json, task);
    writeAsked(json, task);
    writeDetail(json, task);
    return json.endObject().segments();
  }

  static String word(Task task) {
    return Word.of(task.state().kind()).text();
  }

  private void writeResult(JsonText json, Task task) {
    if (task.state() instanceof TaskState.Succeeded(_, Output output, _, _)) {
      var video = output.video();
      json.holed("video_url", Hole.BASE_URL, addresses.path(video));
      output
          .poster()
          .ifPresent(poster -> json.holed("thumbnail_url", Hole.BASE_URL, addresses.path(poster)));
      json.field("width", width(task, video)).field("height", height(task, video));
      json.field("enhanced_prompt", output.enhancedPrompt().orElse(""));
      return;
    }
    json.nulls("video_url").field("enhanced_prompt", "");
    TaskFacts.failure(task)
        .ifPresent(
            failure -> {
              var message = TaskFacts.shown(task, failure.message());
              json.field("error", message).field("fail_reason", message);
              json.field("error_code", failure.code().wire());
            });
  }

  private static void writeTimes(JsonText json, Task task) {
    json.field("created_at", task.accepted().createdAt().getEpochSecond());
    task.state()
        .finishedAt()
        .map(Instant::getEpochSecond)
        .ifPresentOrElse(
            second -> json.field("completed_at", second), () -> json.nulls("completed_at"));
  }

  private void writeAsked(JsonText json, Task task) {
    var request = task.request();
    var shape = request.shape();
    json.field("seconds", String.valueOf(shape.seconds()));
    json.field("size", shape.width() + "x" + shape.height());
    if (!request.served().equals(request.form().requested())) {
      json.field("served_model", request.served().value());
    }
    if (task.marks().cancelRequested()) {
      json.field("cancel_requested", true);
    }
    var extras = request.extras();
    extras
        .clientReference()
        .ifPresent(text -> json.field("client_reference", TaskFacts.shown(task, text)));
    if (!extras.metadata().isEmpty()) {
      json.object("metadata");
      extras.metadata().entrySet().stream()
          .sorted(Map.Entry.comparingByKey())
          .forEach(
              e ->
                  json.field(
                      TaskFacts.shown(task, e.getKey()), TaskFacts.shown(task, e.getValue())));
      json.endObject();
    }
    json.strings(
        "warnings", extras.warnings().stream().map(text -> TaskFacts.shown(task, text)).toList());
    writeMoney(json, task);
  }

  /** Held, charged and released make up what the create held. */
  private void writeMoney(JsonText json, Task task) {
    var max = task.hold().max();
    var charged =
        task.state() instanceof TaskState.Succeeded(_, _, Money amount, _) ? amount : Money.ZERO;
    var held = task.isFinal() ? Money.ZERO : max;
    json.object("usage")
        .field("currency", currency)
        .field("held", held.toString())
        .field("charged", charged.toString())
        .field("released", max.minus(held).minus(charged).toString())
        .field("reason", MoneyReason.of(task))
        .endObject();
  }

  private void writeDetail(JsonText json, Task task) {
    json.object("detail").field("id", task.id().prefixed());
    writeInput(json, task);
    json.field("status", word(task));
    if (task.state() instanceof TaskState.Succeeded(_, Output output, _, _)) {
      json.holed("url", Hole.BASE_URL, addresses.path(output.video()));
      output
          .poster()
          .ifPresent(poster -> json.holed("thumbnail_url", Hole.BASE_URL, addresses.path(poster)));
      writeDraft(json, task, output);
    } else {
      PendingInfo.write(json, task, userNames.apply(task.tenant()));
      TaskFacts.failure(task).ifPresent(failure -> writeFailedDraft(json, task, failure));
    }
    json.endObject();
  }

  private static void writeInput(JsonText json, Task task) {
    var request = task.request();
    VideoRequest.Form form = request.form();
    ModelName model = form.requested();
    var size = form.size().isEmpty() ? request.shape().resolution().toString() : form.size();
    json.object("input")
        .field("size", size)
        .field("model", model.value())
        .strings("images", request.images().stream().map(Picture::shown).toList());
    for (var kind : ClipKind.values()) {
      var clips = request.clips().stream().filter(clip -> clip.kind() == kind).toList();
      if (!clips.isEmpty()) {
        // A client that looks for a video anywhere must not take a reference for the result.
        json.strings(
            ClipNames.of(kind),
            clips.stream().map(clip -> WebAddress.defanged(clip.shown())).toList());
      }
    }
    json.field("prompt", TaskFacts.shown(task, request.prompt()))
        .field("orientation", form.orientation())
        .field("duration", request.shape().seconds())
        .field("aspect_ratio", request.shape().ratio().toString())
        .endObject();
  }

  private void writeDraft(JsonText json, Task task, Output output) {
    var video = output.video();
    var generation = "gen_" + video.id().value();
    var path = addresses.path(video);
    var created = task.accepted().createdAt();
    json.object("draft_info")
        .field("id", generation)
        .field("kind", "sora_draft")
        .field("task_id", task.id().prefixed())
        .field("generation_id", generation)
        .holed("url", Hole.BASE_URL, path)
        .holed("downloadable_url", Hole.BASE_URL, path)
        .field("width", width(task, video))
        .field("height", height(task, video))
        .field("prompt", task.request().prompt())
        .nulls("title")
        .strings("tags", List.of())
        .number(
            "created_at", "%d.%06d".formatted(created.getEpochSecond(), created.getNano() / 1_000));
    json.object("encodings").object("source").holed("path", Hole.BASE_URL, path).endObject();
    if (output.poster().isPresent()) {
      var poster = addresses.path(output.poster().get());
      json.object("thumbnail").holed("path", Hole.BASE_URL, poster).endObject();
    } else {
      json.nulls("thumbnail");
    }
    json.nulls("source_wm", "md", "gif", "unfurl").endObject();
    json.field("draft_reviewed", false).field("generation_type", "").endObject();
  }

  private static void writeFailedDraft(JsonText json, Task task, Failure failure) {
    boolean isContent = failure.code() == ErrorCode.CONTENT_REFUSED;
    var reason = TaskFacts.shown(task, failure.message());
    json.object("draft_info")
        .field("kind", isContent ? "sora_content_violation" : "sora_error")
        .field("reason_str", reason)
        .field("markdown_reason_str", reason)
        .endObject();
  }

  /** The probed width, or what was asked for where the probe could not tell. */
  private static int width(Task task, Asset video) {
    return video.width() > 0 ? video.width() : task.request().shape().width();
  }

  private static int height(Task task, Asset video) {
    return video.height() > 0 ? video.height() : task.request().shape().height();
  }
}
