package dev.reelay.provider.runway;

import dev.reelay.provider.Json;
import dev.reelay.provider.RelayErrors;
import dev.reelay.provider.Reply;
import dev.reelay.task.ErrorCode;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What their answers to a create and the failure codes of a task mean. */
final class RunwayErrors {
  private static final int FORBIDDEN = 403;

  private RunwayErrors() {}

  /** Why a create was refused; empty where it may have been made all the same. */
  static Optional<ErrorCode> refusal(Reply reply) {
    if (reply.status() < 300 || reply.status() >= 500 || reply.status() == 408) {
      return Optional.empty();
    }
    var tree = Json.object(reply.body());
    if (tree.filter(RelayErrors::isContent).isPresent()) {
      return Optional.of(ErrorCode.CONTENT_REFUSED);
    }
    if (tree.filter(t -> RelayErrors.isMoney(t) || says(t, "credits")).isPresent()) {
      return Optional.of(ErrorCode.UPSTREAM_ACCOUNT);
    }
    if (tree.filter(t -> isModelGone(reply.status(), t)).isPresent()) {
      return Optional.of(ErrorCode.UPSTREAM_MODEL_GONE);
    }
    return Optional.of(
        switch (reply.status()) {
          case 400, 409, 413, 415, 422 -> ErrorCode.UPSTREAM_REJECTED;
          case 429 -> ErrorCode.UPSTREAM_BUSY;
          default -> ErrorCode.UPSTREAM_ACCOUNT;
        });
  }

  /** An organization without a model is refused it like a stranger. */
  private static boolean isModelGone(int status, JsonNode tree) {
    return RelayErrors.isModelUnknown(tree)
        || (status == FORBIDDEN && says(tree, "model") && says(tree, "not available"));
  }

  private static boolean says(JsonNode tree, String word) {
    return Json.text(tree, "/error").filter(text -> text.contains(word)).isPresent();
  }

  /** By the beginning of {@code failureCode}; an unknown one is an ordinary failure. */
  static ErrorCode verdict(JsonNode tree) {
    var code = Json.text(tree, "/failureCode").orElse("");
    if (code.startsWith("SAFETY.") || code.startsWith("INPUT_PREPROCESSING.SAFETY")) {
      return ErrorCode.CONTENT_REFUSED;
    }
    return code.startsWith("ASSET.INVALID")
        ? ErrorCode.UPSTREAM_REJECTED
        : ErrorCode.UPSTREAM_FAILED;
  }

  /** Their sentence, for people. */
  static String why(Reply reply) {
    return RelayErrors.message(reply);
  }
}
