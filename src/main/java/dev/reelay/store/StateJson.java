package dev.reelay.store;

import dev.reelay.routing.ChannelId;
import dev.reelay.routing.CredentialId;
import dev.reelay.task.Attempt;
import dev.reelay.task.ErrorCode;
import dev.reelay.task.Failure;
import dev.reelay.task.Job;
import dev.reelay.task.Output;
import dev.reelay.task.TaskState;
import dev.reelay.task.TaskState.Canceled;
import dev.reelay.task.TaskState.Failed;
import dev.reelay.task.TaskState.InDoubt;
import dev.reelay.task.TaskState.Queued;
import dev.reelay.task.TaskState.Running;
import dev.reelay.task.TaskState.Storing;
import dev.reelay.task.TaskState.Submitting;
import dev.reelay.task.TaskState.Succeeded;
import dev.reelay.task.VideoResult;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Each state's own data as the store keeps it beside the state's name. */
final class StateJson {
  private StateJson() {}

  static String write(TaskState state) {
    var fields = JsonFields.empty();
    return switch (state) {
      case Queued(Set<ChannelId> tried) -> withTried(fields, tried).json();
      case Submitting(Attempt attempt, Set<ChannelId> tried) ->
          withTried(fields, tried).with("attempt", attempt(attempt)).json();
      case InDoubt doubt ->
          fields
              .with("attempt", attempt(doubt.attempt()))
              .with("since", doubt.since())
              .with("evidence", doubt.evidence())
              .json();
      case Running(Job job) -> fields.with("job", job(job)).json();
      case Storing(Job job, VideoResult result) ->
          fields.with("job", job(job)).with("result", result(result)).json();
      case Succeeded done ->
          fields
              .with("job", job(done.job()))
              .with("output", output(done.output()))
              .with("charged", done.charged())
              .with("at", done.at())
              .json();
      case Failed failed ->
          withJob(fields, failed.job())
              .with("code", failed.failure().code().wire())
              .with("message", failed.failure().message())
              .with("at", failed.at())
              .json();
      case Canceled canceled ->
          withJob(fields, canceled.job())
              .with("by", canceled.by())
              .with("at", canceled.at())
              .json();
    };
  }

  static TaskState read(TaskState.Name name, String json) {
    var fields = JsonFields.parse(json);
    return switch (name) {
      case QUEUED -> new Queued(tried(fields));
      case SUBMITTING -> new Submitting(attempt(fields.object("attempt")), tried(fields));
      case IN_DOUBT ->
          new InDoubt(
              attempt(fields.object("attempt")), fields.instant("since"), fields.text("evidence"));
      case RUNNING -> new Running(job(fields.object("job")));
      case STORING -> new Storing(job(fields.object("job")), result(fields.object("result")));
      case SUCCEEDED ->
          new Succeeded(
              job(fields.object("job")),
              output(fields.object("output")),
              fields.money("charged"),
              fields.instant("at"));
      case FAILED -> new Failed(failure(fields), maybeJob(fields), fields.instant("at"));
      case CANCELED -> new Canceled(fields.text("by"), maybeJob(fields), fields.instant("at"));
    };
  }

  private static JsonFields withTried(JsonFields fields, Set<ChannelId> tried) {
    return fields.withNumbers(
        "tried", tried.stream().map(ChannelId::value).sorted().collect(Collectors.toList()));
  }

  private static Set<ChannelId> tried(JsonFields fields) {
    return fields.numbers("tried").stream().map(ChannelId::new).collect(Collectors.toSet());
  }

  private static JsonFields attempt(Attempt attempt) {
    var fields = JsonFields.empty();
    attempt.costs().ifPresent(costs -> fields.with("costs", SnapshotJson.costs(costs)));
    return fields
        .with("number", attempt.number())
        .with("channel", attempt.channel().value())
        .with("credential", attempt.credential().value())
        .with("upstream_model", attempt.upstreamModel())
        .with("token", attempt.token())
        .with("started_at", attempt.startedAt());
  }

  private static Attempt attempt(JsonFields fields) {
    return new Attempt(
        Math.toIntExact(fields.number("number")),
        new ChannelId(fields.number("channel")),
        new CredentialId(fields.number("credential")),
        fields.text("upstream_model"),
        fields.text("token"),
        fields.instant("started_at"),
        fields.maybe(
            "costs",
            name -> SnapshotJson.costs(fields.text("upstream_model"), fields.object(name))));
  }

  private static JsonFields withJob(JsonFields fields, Optional<Job> job) {
    job.ifPresent(present -> fields.with("job", job(present)));
    return fields;
  }

  private static Optional<Job> maybeJob(JsonFields fields) {
    return fields.maybe("job", name -> job(fields.object(name)));
  }

  private static JsonFields job(Job job) {
    return JsonFields.empty()
        .with("attempt", attempt(job.attempt()))
        .with("upstream_id", job.upstreamId());
  }

  private static Job job(JsonFields fields) {
    return new Job(attempt(fields.object("attempt")), fields.text("upstream_id"));
  }

  private static JsonFields result(VideoResult result) {
    var fields = JsonFields.empty().with("video", result.video().toString());
    result.thumbnail().ifPresent(uri -> fields.with("thumbnail", uri.toString()));
    result.enhancedPrompt().ifPresent(prompt -> fields.with("enhanced_prompt", prompt));
    result.units().ifPresent(units -> fields.with("units", units));
    result.cost().ifPresent(cost -> fields.with("cost", cost));
    return fields;
  }

  private static VideoResult result(JsonFields fields) {
    return new VideoResult(
        URI.create(fields.text("video")),
        fields.maybe("thumbnail", fields::text).map(URI::create),
        fields.maybe("enhanced_prompt", fields::text),
        SnapshotJson.units(fields),
        fields.maybe("cost", fields::money));
  }

  private static JsonFields output(Output output) {
    var fields = JsonFields.empty().with("video", AssetJson.fields(output.video()));
    output.poster().ifPresent(poster -> fields.with("poster", AssetJson.fields(poster)));
    output.enhancedPrompt().ifPresent(prompt -> fields.with("enhanced_prompt", prompt));
    return fields;
  }

  private static Output output(JsonFields fields) {
    return new Output(
        AssetJson.asset(fields.object("video")),
        fields.maybe("poster", name -> AssetJson.asset(fields.object(name))),
        fields.maybe("enhanced_prompt", fields::text));
  }

  private static Failure failure(JsonFields fields) {
    var code = ErrorCode.valueOf(fields.text("code").toUpperCase(Locale.ROOT));
    return new Failure(code, fields.text("message"));
  }
}
