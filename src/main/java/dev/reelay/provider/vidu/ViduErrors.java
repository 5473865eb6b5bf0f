package dev.reelay.provider.vidu;

import dev.reelay.provider.Json;
import dev.reelay.provider.RelayErrors;
import dev.reelay.provider.Reply;
import dev.reelay.task.ErrorCode;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What its words mean; they stand in {@code err_code} of a job and in {@code reason} of an error.
 */
final class ViduErrors {
  static final String CANCELED = "UserCancelled";

  private static final String[] WORDS = {"/err_code", "/reason", "/code", "/message"};
  private static final List<String> CONTENT = List.of("PolicyViolation", "AuditSubmitIllegal");
  private static final String MONEY = "CreditInsufficient";

  /** Concurrency is called a quota there, and passes by itself. */
  private static final List<String> BUSY =
      List.of("QuotaExceeded", "TooManyRequests", "SystemThrottling");

  private ViduErrors() {}

  static Optional<String> jobId(JsonNode tree) {
    return Json.text(tree, "/task_id");
  }

  static boolean says(JsonNode tree, String word) {
    return Json.texts(tree, WORDS).anyMatch(text -> text.contains(word));
  }

  private static boolean saysOne(JsonNode tree, List<String> words) {
    return words.stream().anyMatch(word -> says(tree, word));
  }

  /** Why a create was refused; empty where it may have been made all the same. */
  static Optional<ErrorCode> refusal(Reply reply) {
    if (reply.status() < 300 || reply.status() >= 500) {
      return Optional.empty();
    }
    return Json.object(reply.body()).flatMap(ViduErrors::known).or(() -> byStatus(reply.status()));
  }

  private static Optional<ErrorCode> known(JsonNode tree) {
    if (saysOne(tree, CONTENT)) {
      return Optional.of(ErrorCode.CONTENT_REFUSED);
    }
    if (says(tree, MONEY)) {
      return Optional.of(ErrorCode.UPSTREAM_ACCOUNT);
    }
    if (says(tree, "ModelUnavailable")) {
      return Optional.of(ErrorCode.UPSTREAM_MODEL_GONE);
    }
    return saysOne(tree, BUSY) ? Optional.of(ErrorCode.UPSTREAM_BUSY) : Optional.empty();
  }

  private static Optional<ErrorCode> byStatus(int status) {
    return switch (status) {
      case 408 -> Optional.empty();
      case 429 -> Optional.of(ErrorCode.UPSTREAM_BUSY);
      case 400, 409, 413, 415, 422 -> Optional.of(ErrorCode.UPSTREAM_REJECTED);
      // A wrong address or credential: nothing there could have made a video.
      default -> Optional.of(ErrorCode.UPSTREAM_ACCOUNT);
    };
  }

  /** A verdict on a job that was made; what it lacked of ours is no fault of the request. */
  static ErrorCode verdict(JsonNode tree) {
    if (says(tree, "ImageDownloadFailure")) {
      return ErrorCode.UPSTREAM_REJECTED;
    }
    return known(tree).orElse(ErrorCode.UPSTREAM_FAILED);
  }

  /** The word and what else the answer says. */
  static String why(Reply reply) {
    return Json.object(reply.body())
        .map(ViduErrors::why)
        .filter(text -> !text.isEmpty())
        .orElseGet(() -> RelayErrors.message(reply));
  }

  static String why(JsonNode tree) {
    var word = Json.text(tree, "/err_code", "/reason").orElse("");
    var sentence = Json.text(tree, "/message", "/err_msg").orElse("");
    return sentence.isEmpty() || word.isEmpty() ? word + sentence : word + ": " + sentence;
  }
}
