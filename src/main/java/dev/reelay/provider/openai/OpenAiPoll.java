package dev.reelay.provider.openai;

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
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Asks for a job: one call. */
record OpenAiPoll(Context context, String upstreamId) implements OnePoll {
  private static final int NOT_FOUND = 404;
  private static final Set<String> CANCELED = Set.of("cancelled", "canceled");
  private static final int BAD_REQUEST = 400;
  private static final int GONE = 410;
  private static final String[] VIDEO = {"/video_url", "/url", "/metadata/url", "/data/video_url"};

  /** What a "not found" is about that is not about the job. */
  private static final List<String> ELSEWHERE =
      List.of("invalid url", "route", "endpoint", "model_not_found", "no available channel");

  @Override
  public Call call() {
    return OpenAiProvider.about("GET", context, upstreamId);
  }

  /** A job it says it does not know is lost; every other refusal is only of the question. */
  @Override
  public PollOutcome refused(Reply reply, JsonNode tree) {
    return isLost(reply.status(), tree)
        ? failed(ErrorCode.UPSTREAM_EXPIRED, RelayErrors.message(reply))
        : unanswered(reply, RelayErrors.message(reply));
  }

  /** An error object is the format's own way to say it; other shapes must say it in words. */
  private static boolean isLost(int status, JsonNode tree) {
    return switch (status) {
      case GONE -> true;
      case NOT_FOUND ->
          !isElsewhere(tree) && (RelayErrors.isGone(tree) || tree.at("/error").isObject());
      case BAD_REQUEST -> !isElsewhere(tree) && RelayErrors.isGone(tree);
      default -> false;
    };
  }

  private static boolean isElsewhere(JsonNode tree) {
    var said = tree.toString().toLowerCase(Locale.ROOT);
    return ELSEWHERE.stream().anyMatch(said::contains);
  }

  @Override
  public PollOutcome read(Reply reply, JsonNode tree) {
    var status = Json.text(tree, "/status", "/data/status");
    if (status.isEmpty()) {
      var why = RelayErrors.message(tree).orElse("no status");
      return new PollOutcome.Unanswered("the answer has no status: " + why, Optional.empty());
    }
    return switch (status.get().strip().toLowerCase(Locale.ROOT)) {
      case "queued",
          "pending",
          "submitted",
          "in_queue",
          "not_start",
          "in_progress",
          "processing",
          "running",
          "generating" ->
          new PollOutcome.Pending(Json.percent(tree, "/progress", "/data/progress"));
      case "completed", "succeeded", "success" -> new PollOutcome.Succeeded(result(tree));
      case "failed", "failure", "error" ->
          isCanceled(tree)
              ? new PollOutcome.Canceled()
              : new PollOutcome.Failed(RelayErrors.verdict(tree));
      case "cancelled", "canceled" -> new PollOutcome.Canceled();
      case "expired" -> failed(ErrorCode.UPSTREAM_EXPIRED, RelayErrors.message(tree).orElse(""));
      default -> new PollOutcome.Unrecognized(status.get());
    };
  }

  /** The format has no state for it, so that servers say it by the code of a failure. */
  private static boolean isCanceled(JsonNode tree) {
    return Json.text(tree, "/error/code").filter(CANCELED::contains).isPresent();
  }

  /** The format has no address in the object; its place follows from the id. */
  private VideoResult result(JsonNode tree) {
    var settings = OpenAiSettings.of(context);
    var url = settings.prefersUrl() ? Json.address(tree, VIDEO) : Optional.<URI>empty();
    var poster =
        url.isPresent()
            ? Json.address(tree, "/thumbnail_url")
            : Optional.of(settings.thumbnail(context, upstreamId));
    return new VideoResult(
        url.orElseGet(() -> settings.content(context, upstreamId)),
        settings.hasPosters() ? poster : Optional.empty(),
        Json.text(tree, "/enhanced_prompt", "/revised_prompt"),
        OptionalLong.empty(),
        Optional.empty());
  }

  private static PollOutcome failed(ErrorCode code, String why) {
    return new PollOutcome.Failed(new Failure(code, why));
  }
}
