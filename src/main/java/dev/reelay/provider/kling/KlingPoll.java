package dev.reelay.provider.kling;

import dev.reelay.money.Bill;
import dev.reelay.provider.Context;
import dev.reelay.provider.Json;
import dev.reelay.provider.Outcomes;
import dev.reelay.provider.Reply;
import dev.reelay.task.ErrorCode;
import dev.reelay.task.PollOutcome;
import dev.reelay.task.VideoResult;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** Reads what an answer says of one job. */
record KlingPoll(Context context, KlingJob job) {
  /** Units are told with decimals and counted here in hundredths. */
  static final int HUNDREDTHS = 100;

  private static final String AMOUNT = "[0-9]{1,9}(\\.[0-9]{1,9})?";
  private static final String[] VIDEO = {"/task_result/videos/0/url", "/outputs/0/url"};
  private static final String[] MESSAGES = {"/task_status_msg", "/message"};

  PollOutcome read(Reply reply) {
    var tree = Json.object(reply.body());
    if (tree.filter(answer -> KlingErrors.isDone(reply, answer)).isPresent()) {
      return said(tree.get())
          .map(KlingPoll::outcome)
          .orElseGet(() -> Outcomes.unanswered(reply, "the answer has no such job", context.now()));
    }
    return job.kind().isPresent() && tree.filter(KlingErrors::isUnknownJob).isPresent()
        ? Outcomes.failed(ErrorCode.UPSTREAM_EXPIRED, KlingErrors.message(reply))
        : Outcomes.unanswered(reply, KlingErrors.message(reply), context.now());
  }

  /** The job in an answer about one, or about several as the new generation gives it. */
  private Optional<JsonNode> said(JsonNode tree) {
    var data = tree.at("/data");
    return data.isArray()
        ? StreamSupport.stream(data.spliterator(), false).filter(this::isOurs).findFirst()
        : Optional.of(data).filter(JsonNode::isObject);
  }

  private boolean isOurs(JsonNode item) {
    return id(item).filter(job.id()::equals).isPresent();
  }

  static Optional<String> id(JsonNode item) {
    return Json.text(item, "/id", "/task_id");
  }

  /** What an answer of the new generation says of several jobs. */
  static Map<String, PollOutcome> read(Context context, List<String> ids, Reply reply) {
    return Json.object(reply.body())
        .filter(tree -> KlingErrors.isDone(reply, tree))
        .map(tree -> Outcomes.ofEach(ids, tree.at("/data"), KlingPoll::id, KlingPoll::outcome))
        .orElseGet(
            () ->
                Outcomes.ofAll(
                    ids, Outcomes.unanswered(reply, KlingErrors.message(reply), context.now())));
  }

  static PollOutcome outcome(JsonNode item) {
    var status = Json.text(item, "/task_status", "/status");
    if (status.isEmpty()) {
      return new PollOutcome.Unanswered("the job has no status", Optional.empty());
    }
    return switch (status.get()) {
      case "submitted", "processing" -> new PollOutcome.Pending(OptionalInt.empty());
      // The old generation leaves out the end of the word.
      case "succeed", "succeeded" -> done(item);
      case "failed" ->
          new PollOutcome.Failed(
              KlingErrors.verdict(Json.text(item, MESSAGES).orElse("")), Bill.ofUnits(units(item)));
      default -> new PollOutcome.Unrecognized(status.get());
    };
  }

  private static PollOutcome done(JsonNode item) {
    var result = Json.address(item, VIDEO).map(VideoResult::of);
    return Outcomes.done(result.map(video -> video.withUnits(units(item))), "");
  }

  private static OptionalLong units(JsonNode item) {
    var told =
        Stream.concat(
                Json.texts(item, "/final_unit_deduction"),
                StreamSupport.stream(item.at("/billing").spliterator(), false)
                    .filter(b -> Json.text(b, "/charge_type").filter("unit"::equals).isPresent())
                    .flatMap(b -> Json.texts(b, "/amount")))
            .filter(text -> text.matches(AMOUNT))
            .map(BigDecimal::new)
            .reduce(BigDecimal::add);
    return told.map(
            sum ->
                OptionalLong.of(
                    sum.multiply(BigDecimal.valueOf(HUNDREDTHS))
                        .setScale(0, RoundingMode.UP)
                        .longValueExact()))
        .orElseGet(OptionalLong::empty);
  }
}
