package dev.reelay.http.dialect.openai;

import dev.reelay.http.ApiError;
import dev.reelay.http.AskedId;
import dev.reelay.http.Callers;
import dev.reelay.http.Field;
import dev.reelay.http.FieldName;
import dev.reelay.http.JsonText;
import dev.reelay.http.Reply;
import dev.reelay.http.Request;
import dev.reelay.http.ViewCache;
import dev.reelay.http.dialect.CreateCalls;
import dev.reelay.http.dialect.CreateReader;
import dev.reelay.http.dialect.CreateVideo;
import dev.reelay.http.dialect.Fields;
import dev.reelay.http.dialect.TaskAccess;
import dev.reelay.http.dialect.TaskQuery;
import dev.reelay.http.dialect.VideoAsk;
import dev.reelay.task.AdvanceTask.Advance;
import dev.reelay.task.DeleteTask;
import dev.reelay.task.ErrorCode;
import dev.reelay.task.RemixTask;
import dev.reelay.task.Task;
import java.nio.charset.StandardCharsets;

/** The handlers of {@code /v1/videos} for one video: create, get, remix and delete. */
public final class OpenAiVideos {
  private static final String CREATE_ROUTE = "POST /v1/videos";
  private static final String REMIX_ROUTE = "POST /v1/videos/{id}/remix";

  /** When a task that was just accepted may have something new to tell. */
  private static final Field POLL_AFTER = new Field(FieldName.OPENAI_POLL_AFTER_MS, "1000");

  private final Callers callers;
  private final CreateVideo create;
  private final CreateCalls creates;
  private final TaskAccess tasks;
  private final Shown shown;
  private final UseCases useCases;
  private final CreateReader reader;

  /** How a video is shown: in the answer to its making, and later. */
  public record Shown(OpenAiView view, TaskQuery query) {}

  /** What may be done to a task that is there already. */
  public record UseCases(RemixTask remix, DeleteTask delete) {}

  public OpenAiVideos(
      Callers callers,
      CreateVideo create,
      ViewCache views,
      Shown shown,
      UseCases useCases,
      CreateReader reader) {
    this.callers = callers;
    this.create = create;
    this.creates = new CreateCalls(create);
    this.tasks = new TaskAccess(views);
    this.shown = shown;
    this.useCases = useCases;
    this.reader = reader;
  }

  /** {@code POST /v1/videos}. */
  public Reply create(Request request) {
    var caller = callers.creating(request);
    var body = reader.bodies().read(request);
    return creates
        .answer(
            new CreateCalls.Call(request, caller, body.tree()),
            new CreateCalls.Format(CREATE_ROUTE, this::created),
            () -> OpenAiCreate.read(body, reader.inputs(caller), () -> create.names(caller)))
        .with(POLL_AFTER);
  }

  /** {@code POST /v1/videos/{id}/remix}: a new task, made from the video of this one. */
  public Reply remix(Request request) {
    var caller = callers.creating(request);
    var body = reader.bodies().read(request);
    var asked = AskedId.parse(request.parameter("id"));
    // Also for a parent that was deleted since: its remix is paid, and a repeat starts no other.
    var named = asked.map(id -> id.id().toString()).orElseGet(() -> request.parameter("id"));
    return creates
        .answer(
            new CreateCalls.Call(request, caller, body.tree()),
            REMIX_ROUTE + " " + named,
            new CreateCalls.Format(REMIX_ROUTE, this::created),
            () -> remixOf(tasks.find(caller, asked), new Fields(body.tree())))
        .with(POLL_AFTER);
  }

  private VideoAsk remixOf(Task parent, Fields fields) {
    return switch (useCases.remix().judge(parent)) {
      case RemixTask.Verdict.Possible(var pinned) -> OpenAiRemix.read(fields, parent, pinned);
      case RemixTask.Verdict.NoVideo _ -> throw OpenAiContent.noVideo(parent).refusal();
      case RemixTask.Verdict.NotSupported _ ->
          throw unsupported(
                  "The provider that made this video cannot remix it.", "生成该视频的上游不支持 remix。")
              .refusal();
      case RemixTask.Verdict.ChannelGone _ ->
          throw ApiError.of(
                  ErrorCode.NO_CHANNEL,
                  "The channel that made this video is not in use now.",
                  "生成该视频的渠道当前不可用。")
              .refusal();
    };
  }

  private String created(Task task) {
    return new String(shown.view().created(task), StandardCharsets.UTF_8);
  }

  /** {@code GET /v1/videos/{id}}: from memory, at once or with {@code wait}. */
  public Reply get(Request request) {
    var caller = callers.of(request);
    return shown.query().answer(request, caller, request.parameter("id"));
  }

  /** {@code DELETE /v1/videos/{id}}: afterwards nobody finds it, in any format. */
  public Reply delete(Request request) {
    var caller = callers.of(request);
    var id = request.parameter("id");
    var task = tasks.find(caller, AskedId.parse(id));
    return switch (useCases.delete().delete(task, "key " + caller.key().display())) {
      case Advance.Now _ -> deleted(id);
      case Advance.Refused(_, ErrorCode code, _) -> throw ApiError.of(code).refusal();
      case Advance.Missing _ -> throw ApiError.of(ErrorCode.TASK_NOT_FOUND).refusal();
    };
  }

  private static Reply deleted(String id) {
    var json = new JsonText().object().field("id", id).field("object", "video.deleted");
    return Reply.json(200, json.field("deleted", true).endObject().bytes());
  }

  /** {@code POST /v1/videos/edits}. */
  public Reply edit(Request request) {
    callers.creating(request);
    throw unsupported("No channel here can edit a video.", "没有渠道支持视频编辑。").refusal();
  }

  /** {@code POST /v1/videos/extensions}. */
  public Reply extend(Request request) {
    callers.creating(request);
    throw unsupported("No channel here can extend a video.", "没有渠道支持视频延长。").refusal();
  }

  /** {@code /v1/videos/characters} with all that is under it. */
  public Reply characters(Request request) {
    callers.of(request);
    throw unsupported("No channel here makes characters.", "没有渠道支持角色。").refusal();
  }

  private static ApiError unsupported(String english, String chinese) {
    return ApiError.of(ErrorCode.OPERATION_NOT_SUPPORTED, english, chinese);
  }
}
