package dev.reelay.provider.ark;

import dev.reelay.provider.Json;
import dev.reelay.provider.RelayErrors;
import dev.reelay.provider.Reply;
import dev.reelay.task.ErrorCode;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What the words in {@code error.code} mean; they are dotted, and their beginning tells the kind.
 */
final class ArkErrors {
  private static final int TOO_MANY = 429;

  /** Input or output of any kind; a real face is one of them. */
  private static final List<String> CONTENT =
      List.of("SensitiveContent", "PolicyViolation", "RiskDetection", "ContentSecurity");

  /** Said with 429, but no waiting helps: quota and spending limits, arrears. */
  private static final List<String> MONEY =
      List.of("QuotaExceeded", "SetLimitExceeded", "AccountOverdue", "InsufficientBalance");

  private static final List<String> ACCOUNT =
      List.of("Authentication", "AccessDenied", "OperationDenied", "InvalidSubscription");

  /** The account may not use the model, or there is none, or its endpoint is none or is closed. */
  private static final List<String> MODEL =
      List.of("ModelNotOpen", "InvalidEndpoint", "ModelNotFound", "NotFound");

  private ArkErrors() {}

  static String code(JsonNode tree) {
    return Json.text(tree, "/error/code").orElse("");
  }

  static boolean isContent(JsonNode tree) {
    return begins(tree, CONTENT);
  }

  private static boolean begins(JsonNode tree, List<String> words) {
    var code = code(tree);
    return words.stream().anyMatch(code::contains);
  }

  /** Why a create was refused; empty where it may have been made all the same. */
  static Optional<ErrorCode> refusal(Reply reply) {
    var tree = Json.object(reply.body());
    if (reply.status() < 400 || reply.status() >= 500) {
      return reply.status() >= 300 && reply.status() < 400
          ? Optional.of(ErrorCode.UPSTREAM_ACCOUNT)
          : Optional.empty();
    }
    if (tree.filter(ArkErrors::isContent).isPresent()) {
      return Optional.of(ErrorCode.CONTENT_REFUSED);
    }
    if (tree.filter(t -> begins(t, MONEY) || begins(t, ACCOUNT)).isPresent()) {
      return Optional.of(ErrorCode.UPSTREAM_ACCOUNT);
    }
    if (tree.filter(t -> begins(t, MODEL)).isPresent()) {
      return Optional.of(ErrorCode.UPSTREAM_MODEL_GONE);
    }
    return switch (reply.status()) {
      case 401, 402, 403, 404, 405 -> Optional.of(ErrorCode.UPSTREAM_ACCOUNT);
      case 408 -> Optional.empty();
      case TOO_MANY -> Optional.of(ErrorCode.UPSTREAM_BUSY);
      default -> Optional.of(ErrorCode.UPSTREAM_REJECTED);
    };
  }

  /** The word and the sentence, as people at the provider's support want to hear them. */
  static String why(Reply reply) {
    return RelayErrors.message(reply);
  }
}
