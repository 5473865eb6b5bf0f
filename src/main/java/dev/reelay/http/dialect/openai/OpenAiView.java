package dev.reelay.http.dialect.openai;

import dev.reelay.asset.Asset;
import dev.reelay.http.AskedId;
import dev.reelay.http.JsonText;
import dev.reelay.http.ResultAddresses;
import dev.reelay.http.Segments;
import dev.reelay.http.Segments.Hole;
import dev.reelay.http.dialect.TaskFacts;
import dev.reelay.http.dialect.View;
import dev.reelay.task.ErrorCode;
import dev.reelay.task.Output;
import dev.reelay.task.Task;
import dev.reelay.task.TaskId;
import dev.reelay.task.TaskState;
import java.util.Optional;

/**
 * The object {@code video} with all its members at all times, since the Java SDK throws where one
 * is missing; then what we add, which all SDKs pass over. Every member: docs/openai-videos.md.
 * Before completion it holds no URL; texts of the caller are defanged until then.
 */
public final class OpenAiView implements View {
  /** What OpenAI said for it; programs show it in words of their own. */
  static final String MODERATION_BLOCKED = "moderation_blocked";

  private final ResultAddresses addresses;

  public OpenAiView(ResultAddresses addresses) {
    this.addresses = addresses;
  }

  /** The id as this format writes it. */
  static String id(TaskId id) {
    return AskedId.VIDEO_PREFIX + id.value();
  }

  /** The object of a task that has just been made: it has no address and the id of the format. */
  byte[] created(Task task) {
    return render(task).fill(id(task.id()), "");
  }

  @Override
  public Segments render(Task task) {
    var json = new JsonText().object();
    var request = task.request();
    json.holed("id", Hole.ID, "");
    json.field("object", "video");
    json.field("model", request.form().requested().value());
    json.field("status", OpenAiWord.of(task.state().kind()).text());
    json.field("progress", TaskFacts.progress(task));
    writeTimes(json, task);
    json.field("prompt", TaskFacts.shown(task, request.prompt()));
    json.field("seconds", String.valueOf(request.shape().seconds()));
    json.field("size", request.shape().width() + "x" + request.shape().height());
    request
        .extras()
        .parent()
        .ifPresentOrElse(
            parent -> json.field("remixed_from_video_id", id(parent.task())),
            () -> json.nulls("remixed_from_video_id"));
    writeError(json, task);
    writeOurs(json, task);
    return json.endObject().segments();
  }

  /** A time of completion only where there is a video, as in all examples that were seen. */
  private static void writeTimes(JsonText json, Task task) {
    json.field("created_at", task.accepted().createdAt().getEpochSecond());
    if (task.state() instanceof TaskState.Succeeded done) {
      json.field("completed_at", done.at().getEpochSecond());
      json.field("expires_at", done.output().video().expiresAt().getEpochSecond());
    } else {
      json.nulls("completed_at", "expires_at");
    }
  }

  private static void writeError(JsonText json, Task task) {
    var failure = TaskFacts.failure(task);
    if (failure.isEmpty()) {
      json.nulls("error");
      return;
    }
    json.object("error")
        .field("code", word(failure.get().code()))
        .field("message", TaskFacts.shown(task, failure.get().message()))
        .endObject();
  }

  private static String word(ErrorCode code) {
    return code == ErrorCode.CONTENT_REFUSED ? MODERATION_BLOCKED : code.wire();
  }

  /** The addresses stand where relays put them; the warnings say what was not done as asked. */
  private void writeOurs(JsonText json, Task task) {
    if (task.state() instanceof TaskState.Succeeded(_, Output output, _, _)) {
      json.holed("video_url", Hole.BASE_URL, addresses.path(output.video()));
      Optional<Asset> poster = output.poster();
      poster.ifPresent(file -> json.holed("thumbnail_url", Hole.BASE_URL, addresses.path(file)));
    }
    var warnings = task.request().extras().warnings();
    if (!warnings.isEmpty()) {
      json.strings("warnings", warnings.stream().map(text -> TaskFacts.shown(task, text)).toList());
    }
  }
}
