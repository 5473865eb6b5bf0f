package dev.reelay.provider.minimax;

import dev.reelay.provider.Json;
import dev.reelay.provider.Outcomes;
import dev.reelay.provider.RelayErrors;
import dev.reelay.provider.Reply;
import dev.reelay.task.ErrorCode;
import dev.reelay.task.PollOutcome;
import dev.reelay.task.SubmitOutcome;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What a refusal means. The first version answers 200 whatever happened and tells by a code in
 * {@code base_resp}; the second one tells by HTTP status and an {@code error} object.
 */
final class MiniMaxErrors {
  private static final String[] MESSAGES = {"/base_resp/status_msg", "/error/message"};
  private static final String[] CODES = {"/base_resp/status_code", "/error/code"};
  private static final int NOT_FOUND = 404;
  private static final int BAD_REQUEST = 400;

  private MiniMaxErrors() {}

  /** The code of {@code base_resp}; 0 where all went well or nothing is said. */
  static int code(JsonNode tree) {
    return Json.text(tree, CODES)
        .filter(text -> text.matches("[0-9]{1,9}"))
        .map(Integer::parseInt)
        .orElse(0);
  }

  /** Whether the call did what it was asked for. */
  static boolean isDone(Reply reply, JsonNode tree) {
    return reply.isSuccess() && code(tree) == 0 && !tree.at("/error").isObject();
  }

  static String why(Reply reply) {
    return Json.object(reply.body())
        .flatMap(tree -> Json.text(tree, MESSAGES))
        .orElseGet(() -> RelayErrors.message(reply));
  }

  /** What a create that was not done came to. */
  static SubmitOutcome refusal(Reply reply) {
    var tree = Json.object(reply.body());
    var why = why(reply);
    var isModel = RelayErrors.isModelUnknown(Json.body().put("message", why));
    return switch (tree.map(MiniMaxErrors::code).orElse(0)) {
      case 1002 -> Outcomes.rejected(ErrorCode.UPSTREAM_BUSY, why);
      case 1004, 1008, 2049 -> Outcomes.rejected(ErrorCode.UPSTREAM_ACCOUNT, why);
      case 1026, 1027 -> Outcomes.rejected(ErrorCode.CONTENT_REFUSED, why);
      case 2013 ->
          Outcomes.rejected(
              isModel ? ErrorCode.UPSTREAM_MODEL_GONE : ErrorCode.UPSTREAM_REJECTED, why);
      default ->
          isModel && (reply.status() == NOT_FOUND || reply.status() == BAD_REQUEST)
              ? Outcomes.rejected(ErrorCode.UPSTREAM_MODEL_GONE, why)
              : byStatus(reply.status(), why, tree.filter(RelayErrors::isContent).isPresent());
    };
  }

  private static SubmitOutcome byStatus(int status, String why, boolean content) {
    return switch (status) {
      case 301, 307, 308, 401, 402, 403, 404, 405 ->
          Outcomes.rejected(ErrorCode.UPSTREAM_ACCOUNT, why);
      case 422 -> Outcomes.rejected(ErrorCode.CONTENT_REFUSED, why);
      case 429 -> Outcomes.rejected(ErrorCode.UPSTREAM_BUSY, why);
      case 400, 413, 415 ->
          Outcomes.rejected(content ? ErrorCode.CONTENT_REFUSED : ErrorCode.UPSTREAM_REJECTED, why);
      // Also a 200 with a code that nobody knows: the job may be there.
      default -> new SubmitOutcome.Ambiguous(why);
    };
  }

  /**
   * A poll that was not answered: only one that says in so many words that there is no such job
   * ends it, as after the seven days for which jobs are kept.
   */
  static PollOutcome refusedPoll(Reply reply, Instant now) {
    var gone =
        Json.object(reply.body())
            .filter(tree -> reply.status() == NOT_FOUND || code(tree) != 0)
            .filter(tree -> RelayErrors.isGone(Json.body().put("message", why(reply))));
    return gone.isPresent()
        ? Outcomes.failed(ErrorCode.UPSTREAM_EXPIRED, why(reply))
        : Outcomes.unanswered(reply, why(reply), now);
  }

  /** A verdict on a job that was made. */
  static PollOutcome verdict(int code, Optional<String> message) {
    var why = message.orElse("");
    var content =
        code == 1026 || code == 1027 || RelayErrors.isContent(Json.body().put("message", why));
    return Outcomes.failed(content ? ErrorCode.CONTENT_REFUSED : ErrorCode.UPSTREAM_FAILED, why);
  }
}
