package dev.reelay.provider.gemini;

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
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Asks for an interaction, and once it is complete for its file, which may still be processed. A
 * video that came within the interaction, although a file was asked for, needs no second question.
 */
record OmniPoll(Context context, String upstreamId) implements Operation<PollOutcome> {
  /** Of an address only the name of the file is used, so that no other host is ever asked. */
  private static final Pattern FILE = Pattern.compile("/files/([A-Za-z0-9_-]{1,200})(?:[:?/].*)?$");

  private record Interaction() implements Step.State {}

  /**
   * @param tokens what the interaction took
   */
  private record File(String name, OptionalLong tokens) implements Step.State {}

  @Override
  public Step<PollOutcome> begin() {
    return new Step.Send<>(
        GeminiProvider.interaction(context, upstreamId).skimmed(), new Interaction(), false);
  }

  @Override
  public Step<PollOutcome> next(Step.State state, Reply reply) {
    var tree = Json.object(reply.body());
    if (tree.isEmpty()) {
      return new Step.Done<>(unanswered(reply, "the answer has no JSON object"));
    }
    return state instanceof File file
        ? new Step.Done<>(fileRead(reply, tree.get(), file))
        : interactionRead(reply, tree.get());
  }

  private Step<PollOutcome> interactionRead(Reply reply, JsonNode tree) {
    if (!reply.isSuccess()) {
      return new Step.Done<>(
          GeminiErrors.isGone(reply, tree)
              ? Outcomes.failed(ErrorCode.UPSTREAM_EXPIRED, GeminiErrors.why(reply))
              : unanswered(reply, GeminiErrors.why(reply)));
    }
    var status = Json.text(tree, "/status");
    if (status.isEmpty()) {
      return new Step.Done<>(unanswered(reply, "the answer has no status"));
    }
    return switch (status.get()) {
      case "queued", "in_progress" -> new Step.Done<>(new PollOutcome.Pending(OptionalInt.empty()));
      case "completed" -> completed(tree);
      case "failed", "incomplete", "budget_exceeded" ->
          new Step.Done<>(Outcomes.failed(GeminiErrors.verdict(tree), message(tree)));
      case "cancelled" -> new Step.Done<>(new PollOutcome.Canceled());
      default -> new Step.Done<>(new PollOutcome.Unrecognized(status.get()));
    };
  }

  private Step<PollOutcome> completed(JsonNode tree) {
    var name = uri(tree).flatMap(OmniPoll::fileName);
    return name.isPresent()
        ? new Step.Send<>(
            GeminiProvider.get(context, "/files/" + name.get()),
            new File(name.get(), tokens(tree)),
            false)
        : new Step.Done<>(
            Outcomes.done(pointer(tree).map(place -> inside(place, tree)), message(tree)));
  }

  private static Optional<String> uri(JsonNode tree) {
    return videos(tree).flatMap(place -> Json.texts(tree, place + "/uri")).findFirst();
  }

  private static Optional<String> pointer(JsonNode tree) {
    return videos(tree)
        .map(place -> place + "/data")
        .filter(place -> Json.text(tree, place).isPresent())
        .findFirst();
  }

  /** Where videos stand in the interaction. */
  private static Stream<String> videos(JsonNode tree) {
    return IntStream.range(0, tree.at("/steps").size())
        .mapToObj(step -> "/steps/" + step + "/content")
        .flatMap(
            content ->
                IntStream.range(0, tree.at(content).size()).mapToObj(part -> content + "/" + part))
        .filter(place -> Json.text(tree, place + "/type").filter("video"::equals).isPresent());
  }

  private VideoResult inside(String pointer, JsonNode tree) {
    var uri = GeminiProvider.interaction(context, upstreamId).uri();
    return VideoResult.of(URI.create(uri + "#" + pointer)).withUnits(tokens(tree));
  }

  private static Optional<String> fileName(String uri) {
    var matcher = FILE.matcher(uri);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  private PollOutcome fileRead(Reply reply, JsonNode tree, File file) {
    if (!reply.isSuccess()) {
      return GeminiErrors.isGone(reply, tree)
          ? Outcomes.failed(ErrorCode.RESULT_MISSING, GeminiErrors.why(reply))
          : unanswered(reply, GeminiErrors.why(reply));
    }
    return switch (Json.text(tree, "/state").orElse("")) {
      case "ACTIVE" -> new PollOutcome.Succeeded(result(file));
      case "FAILED" -> Outcomes.failed(ErrorCode.RESULT_MISSING, message(tree));
      default -> new PollOutcome.Pending(OptionalInt.empty());
    };
  }

  private VideoResult result(File file) {
    var call = GeminiProvider.get(context, "/files/" + file.name() + ":download?alt=media");
    return VideoResult.of(call.uri()).withUnits(file.tokens());
  }

  private static OptionalLong tokens(JsonNode tree) {
    return Json.whole(tree, "/usage/total_output_tokens");
  }

  private static String message(JsonNode tree) {
    return Json.text(tree, "/error/message").orElse("");
  }

  private PollOutcome unanswered(Reply reply, String why) {
    return Outcomes.unanswered(reply, why, context.now());
  }
}
