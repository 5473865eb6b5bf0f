package dev.reelay.provider.unified;

import dev.reelay.provider.Call;
import dev.reelay.provider.Context;
import dev.reelay.provider.Json;
import dev.reelay.provider.OnePoll;
import dev.reelay.provider.RelayErrors;
import dev.reelay.provider.Reply;
import dev.reelay.task.ErrorCode;
import dev.reelay.task.Failure;
import dev.reelay.task.PollOutcome;
import dev.reelay.task.VideoResult;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/** Asks for a job: one call. */
record UnifiedPoll(Context context, String upstreamId) implements OnePoll {
  private static final double WHOLE = 100;

  /** Where clients of the format take the video from, in their order. */
  private static final String[] VIDEO = {
    "/video_url",
    "/detail/url",
    "/detail/video_url",
    "/detail/draft_info/downloadable_url",
    "/detail/draft_info/url",
    "/url",
    "/result_url",
    "/output/url",
    "/output",
    "/outputs/0",
    "/result/video_url",
    "/result/url",
    "/video/url",
    "/data/video_url",
    "/data/url",
    "/data/0/url",
    "/data/output",
    "/task_result/videos/0/url"
  };

  private static final String[] THUMBNAIL = {
    "/thumbnail_url", "/detail/thumbnail_url", "/detail/draft_info/encodings/thumbnail/path"
  };

  @Override
  public Call call() {
    var uri = context.atVersion1("/v1/video/query?id=" + UnifiedProvider.inQuery(upstreamId));
    return Call.get(uri, context.bearer()).with("Accept", "application/json");
  }

  /** A job it says it does not know is lost; every other refusal is only of the question. */
  @Override
  public PollOutcome refused(Reply reply, JsonNode tree) {
    var askedForJob = reply.status() == 404 || reply.status() == 400;
    return askedForJob && RelayErrors.isGone(tree)
        ? failed(ErrorCode.UPSTREAM_EXPIRED, RelayErrors.message(reply))
        : unanswered(reply, RelayErrors.message(reply));
  }

  @Override
  public PollOutcome read(Reply reply, JsonNode tree) {
    var status = Json.text(tree, "/status", "/data/status");
    if (status.isEmpty()) {
      var why = RelayErrors.message(tree).orElse("no status");
      return new PollOutcome.Unanswered("the answer has no status: " + why, Optional.empty());
    }
    return switch (status.get().strip().toLowerCase(Locale.ROOT)) {
      case "pending",
          "queued",
          "submitted",
          "not_start",
          "created",
          "queueing",
          "preparing",
          "initializing",
          "waiting",
          "in_queue" ->
          new PollOutcome.Pending(percent(tree));
      case "processing",
          "in_progress",
          "running",
          "generating",
          "downloading",
          "uploading",
          "image_downloading",
          "video_generating",
          "video_generation_completed",
          "video_upsampling" ->
          new PollOutcome.Pending(percent(tree));
      // Error texts of an earlier try may still stand here; done is done.
      case "completed",
          "success",
          "succeeded",
          "succeed",
          "finished",
          "done",
          "video_upsampling_completed" ->
          done(tree);
      case "failed",
          "failure",
          "fail",
          "error",
          "video_generation_failed",
          "video_upsampling_failed" ->
          new PollOutcome.Failed(RelayErrors.verdict(tree));
      case "cancelled", "canceled" -> new PollOutcome.Canceled();
      case "expired" -> failed(ErrorCode.UPSTREAM_EXPIRED, "");
      default -> new PollOutcome.Unrecognized(status.get());
    };
  }

  private static PollOutcome done(JsonNode tree) {
    return Json.address(tree, VIDEO)
        .<PollOutcome>map(video -> new PollOutcome.Succeeded(result(tree, video)))
        .orElseGet(() -> withoutVideo(tree));
  }

  /** Some relays call a job done whose content was refused, and say so deep inside. */
  private static PollOutcome withoutVideo(JsonNode tree) {
    return RelayErrors.isContent(tree)
        ? new PollOutcome.Failed(RelayErrors.verdict(tree))
        : failed(ErrorCode.RESULT_MISSING, "");
  }

  private static VideoResult result(JsonNode tree, URI video) {
    return new VideoResult(
        video,
        Json.address(tree, THUMBNAIL),
        Json.text(tree, "/enhanced_prompt", "/detail/enhanced_prompt"),
        OptionalLong.empty(),
        Optional.empty());
  }

  /** Whole percent, or a part of one deep inside. */
  private static OptionalInt percent(JsonNode tree) {
    var whole = Json.percent(tree, "/progress", "/data/progress");
    var part = tree.at("/detail/pending_info/progress_pct");
    return whole.isPresent() || !part.isNumber()
        ? whole
        : OptionalInt.of((int) Math.clamp(part.asDouble() * WHOLE, 0, WHOLE));
  }

  private static PollOutcome failed(ErrorCode code, String why) {
    return new PollOutcome.Failed(new Failure(code, why));
  }
}
