package dev.reelay.provider.vertex;

import dev.reelay.provider.Call;
import dev.reelay.provider.Context;
import dev.reelay.provider.Json;
import dev.reelay.provider.OnePoll;
import dev.reelay.provider.Outcomes;
import dev.reelay.provider.Reply;
import dev.reelay.provider.gemini.GeminiErrors;
import dev.reelay.task.ErrorCode;
import dev.reelay.task.PollOutcome;
import dev.reelay.task.VideoResult;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Asks for an operation by a call to its model: one call. */
record VertexPoll(Context context, VertexJob job) implements OnePoll {
  private static final String VIDEO = "/response/videos/0";
  private static final String BYTES = VIDEO + "/bytesBase64Encoded";
  private static final String SCHEME = "gs://";

  @Override
  public Call call() {
    return job.question(context).skimmed();
  }

  @Override
  public PollOutcome refused(Reply reply, JsonNode tree) {
    return GeminiErrors.isGone(reply, tree)
        ? Outcomes.failed(ErrorCode.UPSTREAM_EXPIRED, GeminiErrors.why(reply))
        : unanswered(reply, GeminiErrors.why(reply));
  }

  /**
   * A video that is there is done, even where it is so long that nothing behind it was read. Else
   * there are no words: what is not done has a name only.
   */
  @Override
  public PollOutcome read(Reply reply, JsonNode tree) {
    if (Json.text(tree, BYTES).isPresent()) {
      return new PollOutcome.Succeeded(VideoResult.of(job.inside(context, BYTES)));
    }
    if (Json.text(tree, "/name").isEmpty()) {
      return unanswered(reply, "the answer has no name");
    }
    if (!tree.at("/done").asBoolean(false)) {
      return new PollOutcome.Pending(OptionalInt.empty());
    }
    if (tree.has("error")) {
      return Outcomes.failed(
          GeminiErrors.verdict(tree), Json.text(tree, "/error/message").orElse(""));
    }
    return tree.at("/response").isObject()
        ? done(reply, tree)
        : unanswered(reply, "done, without a response");
  }

  private PollOutcome done(Reply reply, JsonNode tree) {
    if (tree.at(VIDEO).isMissingNode()) {
      return Outcomes.failed(
          ErrorCode.CONTENT_REFUSED,
          Json.text(tree, "/response/raiMediaFilteredReasons/0")
              .orElse("the provider's filter left no video"));
    }
    var file = Json.text(tree, VIDEO + "/gcsUri");
    if (file.isEmpty()) {
      return Outcomes.failed(ErrorCode.RESULT_MISSING, "");
    }
    return stored(file.get())
        .<PollOutcome>map(video -> new PollOutcome.Succeeded(VideoResult.of(video)))
        .orElseGet(() -> unanswered(reply, "the video is not in the channel's `storage_uri`"));
  }

  /**
   * Only in the operator's own bucket, so that no answer chooses what else is fetched. A video that
   * lies in another one, since the setting was changed meanwhile, waits for the operator.
   */
  private Optional<URI> stored(String file) {
    return VertexPlace.bucket(context)
        .filter(bucket -> file.startsWith(SCHEME + bucket + "/"))
        .map(_ -> URI.create(storage() + path(file)));
  }

  /** Whoever plays Google for the channel plays its storage too. */
  private String storage() {
    return VertexProvider.isGoogle(context.baseUrl())
        ? "https://storage.googleapis.com"
        : context.at("/storage").toString();
  }

  private static String path(String file) {
    return Stream.of(file.substring(SCHEME.length()).split("/"))
        .map(Context::segment)
        .collect(Collectors.joining("/", "/", ""));
  }
}
