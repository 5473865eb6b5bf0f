package dev.reelay.provider.xai;

import dev.reelay.money.Bill;
import dev.reelay.money.Money;
import dev.reelay.money.Ratio;
import dev.reelay.provider.Call;
import dev.reelay.provider.Context;
import dev.reelay.provider.Json;
import dev.reelay.provider.OnePoll;
import dev.reelay.provider.Outcomes;
import dev.reelay.provider.Reply;
import dev.reelay.provider.Step;
import dev.reelay.task.ErrorCode;
import dev.reelay.task.PollOutcome;
import dev.reelay.task.VideoResult;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/** Asks for a job: one call. */
record XaiPoll(Context context, String upstreamId) implements OnePoll {
  /** While the job works; the body may be empty. */
  private static final int ACCEPTED = 202;

  private static final int NOT_FOUND = 404;

  /** Ten thousand million ticks are one US dollar (public documentation, November 2026). */
  private static final Ratio MICROS_PER_TICK = new Ratio(1, 10_000);

  @Override
  public Call call() {
    var uri = context.atVersion1("/v1/videos/" + Context.segment(upstreamId));
    return Call.get(uri, context.bearer()).with("Accept", "application/json");
  }

  @Override
  public Step<PollOutcome> next(Step.State state, Reply reply) {
    if (reply.status() == ACCEPTED && reply.body().isBlank()) {
      return new Step.Done<>(new PollOutcome.Pending(OptionalInt.empty()));
    }
    return OnePoll.super.next(state, reply);
  }

  @Override
  public PollOutcome refused(Reply reply, JsonNode tree) {
    return reply.status() == NOT_FOUND && XaiErrors.isGone(tree)
        ? Outcomes.failed(ErrorCode.UPSTREAM_EXPIRED, XaiErrors.why(reply))
        : unanswered(reply, XaiErrors.why(reply));
  }

  /** An answer with a video may leave out the word. */
  @Override
  public PollOutcome read(Reply reply, JsonNode tree) {
    var status = Json.text(tree, "/status").or(() -> video(tree).map(_ -> "done"));
    if (status.isEmpty()) {
      return unanswered(reply, "the answer has no status");
    }
    return switch (status.get()) {
      case "pending" -> new PollOutcome.Pending(Json.percent(tree, "/progress"));
      case "done" -> done(tree);
      case "failed" -> Outcomes.failed(verdict(tree), message(tree), bill(tree));
      case "expired" -> Outcomes.failed(ErrorCode.UPSTREAM_EXPIRED, message(tree));
      default -> new PollOutcome.Unrecognized(status.get());
    };
  }

  private static ErrorCode verdict(JsonNode tree) {
    return XaiErrors.isContent(tree) ? ErrorCode.CONTENT_REFUSED : ErrorCode.UPSTREAM_FAILED;
  }

  private static String message(JsonNode tree) {
    return Json.text(tree, "/error/message", "/error/code", "/error").orElse("");
  }

  /** Moderation speaks in a success: then there is no video, or none to be shown. */
  private static PollOutcome done(JsonNode tree) {
    if (tree.at("/video/respect_moderation").asBoolean(true)) {
      return Outcomes.done(video(tree), message(tree));
    }
    return Outcomes.failed(
        ErrorCode.CONTENT_REFUSED, "the provider's moderation withheld the video", bill(tree));
  }

  /** What it says that it took, also for a video that it withholds. */
  private static Bill bill(JsonNode tree) {
    return Bill.ofCost(cost(tree));
  }

  private static Optional<VideoResult> video(JsonNode tree) {
    return Json.address(tree, "/video/url", "/video/file_output/public_url")
        .map(VideoResult::of)
        .map(video -> video.withCost(cost(tree)));
  }

  private static Optional<Money> cost(JsonNode tree) {
    var ticks = Json.whole(tree, "/usage/cost_in_usd_ticks");
    return ticks.isPresent()
        ? Optional.of(Money.ofMicros(ticks.getAsLong()).timesHalfUp(MICROS_PER_TICK))
        : Optional.empty();
  }
}
