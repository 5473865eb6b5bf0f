package dev.reelay.provider;

import dev.reelay.task.ErrorCode;
import dev.reelay.task.Job;
import dev.reelay.task.SubmitOutcome;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** What a relay's answer to a create came to, the same in every format that relays speak. */
public final class RelayCreates {
  private RelayCreates() {}

  /**
   * @param ids where the id of a job may stand, the best place first
   */
  public static SubmitOutcome outcome(Reply reply, String... ids) {
    if (reply.isSuccess()) {
      return accepted(reply, ids);
    }
    return switch (reply.status()) {
      case 301, 307, 308, 401, 402, 403, 405 -> rejected(ErrorCode.UPSTREAM_ACCOUNT, reply);
      case 404 -> rejected(missing(reply), reply);
      case 429 -> rejected(tooMany(reply), reply);
      case 400, 413, 415, 422 -> rejected(fault(reply), reply);
      default -> new SubmitOutcome.Ambiguous(RelayErrors.message(reply));
    };
  }

  private static SubmitOutcome accepted(Reply reply, String... ids) {
    return Outcomes.accepted(
        Json.object(reply.body())
            .filter(tree -> !isOnlyAnError(tree))
            .flatMap(
                tree ->
                    Json.texts(tree, ids)
                        .filter(id -> id.length() <= Job.UPSTREAM_ID_CHARS_MAX)
                        .findFirst()));
  }

  /** Some put an error into a success; the id beside it then names the request, not a job. */
  private static boolean isOnlyAnError(JsonNode tree) {
    return Json.text(tree, "/error/message", "/error").isPresent() && !tree.has("status");
  }

  /** A wrong name of the model or a wrong base URL: nothing there could have made a video. */
  private static ErrorCode missing(Reply reply) {
    return RelayErrors.isModelUnknown(reply)
        ? ErrorCode.UPSTREAM_MODEL_GONE
        : ErrorCode.UPSTREAM_ACCOUNT;
  }

  private static ErrorCode tooMany(Reply reply) {
    return says(reply, RelayErrors::isMoney) ? ErrorCode.UPSTREAM_ACCOUNT : ErrorCode.UPSTREAM_BUSY;
  }

  private static ErrorCode fault(Reply reply) {
    if (says(reply, RelayErrors::isContent)) {
      return ErrorCode.CONTENT_REFUSED;
    }
    if (RelayErrors.isModelUnknown(reply)) {
      return ErrorCode.UPSTREAM_MODEL_GONE;
    }
    return says(reply, RelayErrors::isMoney)
        ? ErrorCode.UPSTREAM_ACCOUNT
        : ErrorCode.UPSTREAM_REJECTED;
  }

  private static boolean says(Reply reply, Predicate<JsonNode> saying) {
    return Json.object(reply.body()).filter(saying).isPresent();
  }

  private static SubmitOutcome rejected(ErrorCode code, Reply reply) {
    return Outcomes.rejected(code, RelayErrors.message(reply));
  }
}
