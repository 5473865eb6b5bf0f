package dev.reelay.provider.gemini;

import dev.reelay.provider.Json;
import dev.reelay.provider.RelayErrors;
import dev.reelay.provider.Reply;
import dev.reelay.task.ErrorCode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What {@code {"error":{"code","message","status"}}} means, with an API key and at Vertex; the
 * sentence tells the kinds apart.
 */
public final class GeminiErrors {
  private static final List<String> CONTENT = List.of("blocked", "usage guidelines", "responsible");
  private static final List<String> KEY = List.of("api key");

  /** Said with 429, but a minute of waiting does not help. */
  private static final List<String> MONEY = List.of("spend", "billing account", "prepay");

  private GeminiErrors() {}

  /** Why a create was refused; empty where it may have been made all the same. */
  public static Optional<ErrorCode> refusal(Reply reply) {
    if (reply.status() < 300 || reply.status() >= 500 || reply.status() == 408) {
      return Optional.empty();
    }
    var tree = Json.object(reply.body());
    return Optional.of(
        switch (reply.status()) {
          case 400, 409, 413, 422 -> invalid(tree);
          case 404 -> tree.isPresent() ? ErrorCode.UPSTREAM_MODEL_GONE : ErrorCode.UPSTREAM_ACCOUNT;
          case 429 -> says(tree, MONEY) ? ErrorCode.UPSTREAM_ACCOUNT : ErrorCode.UPSTREAM_BUSY;
          default -> ErrorCode.UPSTREAM_ACCOUNT;
        });
  }

  /** Only here do words tell of content: with 403 an API, not a prompt, is what is blocked. */
  private static ErrorCode invalid(Optional<JsonNode> tree) {
    if (tree.filter(GeminiErrors::isContent).isPresent()) {
      return ErrorCode.CONTENT_REFUSED;
    }
    return says(tree, KEY) ? ErrorCode.UPSTREAM_ACCOUNT : ErrorCode.UPSTREAM_REJECTED;
  }

  static boolean isContent(JsonNode tree) {
    return RelayErrors.isContent(tree) || says(Optional.of(tree), CONTENT);
  }

  private static boolean says(Optional<JsonNode> tree, List<String> words) {
    var text = tree.flatMap(t -> Json.text(t, "/error/message")).orElse("");
    var lower = text.toLowerCase(Locale.ROOT);
    return words.stream().anyMatch(lower::contains);
  }

  /** A verdict on a job that was made. */
  public static ErrorCode verdict(JsonNode tree) {
    return isContent(tree) ? ErrorCode.CONTENT_REFUSED : ErrorCode.UPSTREAM_FAILED;
  }

  /** A record that is gone is told by its own name, a missing route is not. */
  public static boolean isGone(Reply reply, JsonNode tree) {
    return reply.status() == 404
        && Json.text(tree, "/error/status").filter("NOT_FOUND"::equals).isPresent();
  }

  /** The sentence for people. */
  public static String why(Reply reply) {
    return RelayErrors.message(reply);
  }
}
