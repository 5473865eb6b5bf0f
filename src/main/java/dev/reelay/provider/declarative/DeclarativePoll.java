package dev.reelay.provider.declarative;

import dev.reelay.money.Bill;
import dev.reelay.money.Money;
import dev.reelay.provider.Context;
import dev.reelay.provider.Json;
import dev.reelay.provider.Operation;
import dev.reelay.provider.Outcomes;
import dev.reelay.provider.Reply;
import dev.reelay.provider.Step;
import dev.reelay.task.ErrorCode;
import dev.reelay.task.PollOutcome;
import dev.reelay.task.VideoResult;
import java.net.URI;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Asks for a job as the description says: one call. */
record DeclarativePoll(Description description, Context context, String upstreamId)
    implements Operation<PollOutcome> {
  @Override
  public Step<PollOutcome> begin() {
    var values = Values.about(context, "id", upstreamId);
    var call = poll().request().call(context, description.auth(), values);
    return new Step.Send<>(call, new Step.NoState(), false);
  }

  @Override
  public Step<PollOutcome> next(Step.State state, Reply reply) {
    return new Step.Done<>(
        Json.object(reply.body())
            .filter(_ -> reply.isSuccess())
            .flatMap(tree -> poll().status().text(tree).map(word -> read(tree, word)))
            .orElseGet(() -> refused(reply)));
  }

  /** Only a rule can say that a job is gone; every other refusal is only of the question. */
  private PollOutcome refused(Reply reply) {
    var why = description.errors().why(reply);
    return description
        .errors()
        .ruled(reply)
        .filter(means -> means == ErrorTable.Meaning.GONE)
        .map(_ -> Outcomes.failed(ErrorCode.UPSTREAM_EXPIRED, why))
        .orElseGet(() -> Outcomes.unanswered(reply, why, context.now()));
  }

  private PollOutcome read(JsonNode tree, String word) {
    return Optional.ofNullable(poll().words().get(word))
        .map(meaning -> read(tree, meaning))
        .orElseGet(() -> new PollOutcome.Unrecognized(word));
  }

  private PollOutcome read(JsonNode tree, Description.Word meaning) {
    var why = poll().answer().error().text(tree).orElse("");
    return switch (meaning) {
      case PENDING -> new PollOutcome.Pending(poll().answer().progress().percent(tree));
      case SUCCEEDED ->
          poll()
              .answer()
              .video()
              .address(tree)
              .<PollOutcome>map(video -> new PollOutcome.Succeeded(result(tree, video)))
              .orElseGet(() -> Outcomes.failed(ErrorCode.RESULT_MISSING, why));
      case FAILED ->
          Outcomes.failed(
              description.errors().isContent(tree, why)
                  ? ErrorCode.CONTENT_REFUSED
                  : ErrorCode.UPSTREAM_FAILED,
              why,
              bill(tree));
      case CONTENT -> Outcomes.failed(ErrorCode.CONTENT_REFUSED, why, bill(tree));
      case CANCELED -> new PollOutcome.Canceled();
      case EXPIRED -> Outcomes.failed(ErrorCode.UPSTREAM_EXPIRED, why);
    };
  }

  private VideoResult result(JsonNode tree, URI video) {
    var answer = poll().answer();
    var bill = bill(tree);
    return new VideoResult(
        video,
        answer.thumbnail().address(tree),
        answer.prompt().text(tree),
        bill.units(),
        bill.cost());
  }

  private Bill bill(JsonNode tree) {
    var answer = poll().answer();
    return new Bill(
        answer.units().whole(tree), answer.cost().text(tree).flatMap(DeclarativePoll::money));
  }

  private static Optional<Money> money(String text) {
    return text.matches("[0-9]{1,9}(\\.[0-9]{1,6})?")
        ? Optional.of(Money.parse(text))
        : Optional.empty();
  }

  private Description.Poll poll() {
    return description.poll();
  }
}
