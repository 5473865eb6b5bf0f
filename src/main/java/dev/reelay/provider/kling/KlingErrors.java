package dev.reelay.provider.kling;

import dev.reelay.provider.Json;
import dev.reelay.provider.Outcomes;
import dev.reelay.provider.RelayErrors;
import dev.reelay.provider.Reply;
import dev.reelay.task.ErrorCode;
import dev.reelay.task.Failure;
import dev.reelay.task.SubmitOutcome;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/**
 * What the business codes mean (vendor's table, November 2026). They decide, whatever the HTTP
 * status: an answer with 200 may carry one, and one with 429 may be about money.
 */
final class KlingErrors {
  private static final int TOO_EARLY = 1003;
  private static final int TOO_LATE = 1004;
  private static final int BAD_PARAMETER = 1201;
  private static final int UNKNOWN_RESOURCE = 1203;

  /** How refused content is called in the message of a failed job; there is no code beside it. */
  private static final List<String> CONTENT = List.of("risk control", "风控");

  private KlingErrors() {}

  /** The business code; empty where the answer has none. */
  static OptionalInt code(JsonNode tree) {
    return Json.text(tree, "/code")
        .filter(text -> text.matches("[0-9]{1,9}"))
        .map(text -> OptionalInt.of(Integer.parseInt(text)))
        .orElseGet(OptionalInt::empty);
  }

  /** Whether the call did what it was asked for. */
  static boolean isDone(Reply reply, JsonNode tree) {
    return reply.isSuccess() && code(tree).orElse(0) == 0;
  }

  /** A token of ours was refused for its times. */
  static boolean isClock(Reply reply) {
    var code = Json.object(reply.body()).map(KlingErrors::code).orElseGet(OptionalInt::empty);
    return code.orElse(0) == TOO_EARLY || code.orElse(0) == TOO_LATE;
  }

  /** It says that there is no such job; a route that is missing has no code. */
  static boolean isUnknownJob(JsonNode tree) {
    return switch (code(tree).orElse(0)) {
      case UNKNOWN_RESOURCE -> true;
      case BAD_PARAMETER -> RelayErrors.isGone(tree);
      default -> false;
    };
  }

  /** What a create that was not done came to. */
  static SubmitOutcome refusal(Reply reply) {
    var code = Json.object(reply.body()).map(KlingErrors::code).orElseGet(OptionalInt::empty);
    return switch (code.orElse(0)) {
      case 1000, 1001, 1002, 1003, 1004, 1100, 1101, 1102, 1103, 1202, 1304 ->
          Outcomes.rejected(ErrorCode.UPSTREAM_ACCOUNT, message(reply));
      case UNKNOWN_RESOURCE -> Outcomes.rejected(ErrorCode.UPSTREAM_MODEL_GONE, message(reply));
      case 1200, 1201 -> Outcomes.rejected(ErrorCode.UPSTREAM_REJECTED, message(reply));
      case 1300, 1301 -> Outcomes.rejected(ErrorCode.CONTENT_REFUSED, message(reply));
      case 1302, 1303 -> Outcomes.rejected(ErrorCode.UPSTREAM_BUSY, message(reply));
      // 5000 to 5002, and whatever is new: the job may be there, and can be looked up.
      default -> byStatus(reply);
    };
  }

  private static SubmitOutcome byStatus(Reply reply) {
    return switch (reply.status()) {
      case 301, 307, 308, 401, 402, 403, 404, 405 ->
          Outcomes.rejected(ErrorCode.UPSTREAM_ACCOUNT, message(reply));
      case 429 -> Outcomes.rejected(ErrorCode.UPSTREAM_BUSY, message(reply));
      case 400, 413, 415, 422 -> Outcomes.rejected(ErrorCode.UPSTREAM_REJECTED, message(reply));
      default -> new SubmitOutcome.Ambiguous(message(reply));
    };
  }

  static String message(Reply reply) {
    return RelayErrors.message(reply);
  }

  /** A verdict on a job that was made. */
  static Failure verdict(String message) {
    var lower = message.toLowerCase(Locale.ROOT);
    var content =
        CONTENT.stream().anyMatch(lower::contains)
            || RelayErrors.isContent(Json.body().put("message", message));
    return new Failure(content ? ErrorCode.CONTENT_REFUSED : ErrorCode.UPSTREAM_FAILED, message);
  }
}
