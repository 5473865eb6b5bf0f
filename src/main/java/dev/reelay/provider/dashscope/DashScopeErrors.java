package dev.reelay.provider.dashscope;

import dev.reelay.provider.Json;
import dev.reelay.provider.RelayErrors;
import dev.reelay.provider.Reply;
import dev.reelay.task.ErrorCode;
import java.util.List;
import java.util.Optional;

/**
 * What the words in {@code code} mean; they are flat, dotted, and their beginning tells the kind.
 */
final class DashScopeErrors {
  private static final List<String> CONTENT = List.of("DataInspection", "InfringementSuspect");
  private static final List<String> ACCOUNT =
      List.of(
          "InvalidApiKey",
          "Arrearage",
          "AccessDenied",
          "FreeTierOnly",
          "BillOverdue",
          "NotPurchased");

  private static final List<String> MODEL = List.of("ModelNotFound", "ModelUnavailable");
  private static final String BUSY = "Throttling";

  private DashScopeErrors() {}

  static boolean isContent(String code) {
    return has(code, CONTENT);
  }

  private static boolean has(String code, List<String> words) {
    return words.stream().anyMatch(code::contains);
  }

  /** Why a create was refused; empty where it may have been made all the same. */
  static Optional<ErrorCode> refusal(Reply reply) {
    if (reply.status() < 300 || reply.status() >= 500 || reply.status() == 408) {
      return Optional.empty();
    }
    var code = Json.object(reply.body()).flatMap(tree -> Json.text(tree, "/code")).orElse("");
    if (isContent(code)) {
      return Optional.of(ErrorCode.CONTENT_REFUSED);
    }
    if (has(code, ACCOUNT)) {
      return Optional.of(ErrorCode.UPSTREAM_ACCOUNT);
    }
    if (has(code, MODEL)) {
      return Optional.of(ErrorCode.UPSTREAM_MODEL_GONE);
    }
    if (code.startsWith(BUSY)) {
      return Optional.of(ErrorCode.UPSTREAM_BUSY);
    }
    return switch (reply.status()) {
      // A wrong base URL: nothing there could have made a video.
      case 301, 302, 307, 308, 404, 405 -> Optional.of(ErrorCode.UPSTREAM_ACCOUNT);
      case 401, 402, 403 -> Optional.of(ErrorCode.UPSTREAM_ACCOUNT);
      case 429 -> Optional.of(ErrorCode.UPSTREAM_BUSY);
      default -> Optional.of(ErrorCode.UPSTREAM_REJECTED);
    };
  }

  static String why(Reply reply) {
    return RelayErrors.message(reply);
  }
}
