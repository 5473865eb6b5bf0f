package dev.reelay.provider.xai;

import dev.reelay.provider.Json;
import dev.reelay.provider.RelayErrors;
import dev.reelay.provider.Reply;
import dev.reelay.task.ErrorCode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What their errors mean. Two shapes are seen, {@code {"error":{"message","type","code"}}} and
 * {@code {"code","error"}}; the codes are sentences, so that words decide.
 */
final class XaiErrors {
  /** Said with 403 and with 429, but no waiting helps. */
  private static final List<String> MONEY = List.of("credits", "spending limit", "billing");

  private static final List<String> CONTENT = List.of("usage guidelines", "safety_check");

  private static final List<String> KEY = List.of("api key");
  private static final List<String> GONE = List.of("not found");
  private static final List<String> JOB = List.of("request");

  private XaiErrors() {}

  /** Why a create was refused; empty where it may have been made all the same. */
  static Optional<ErrorCode> refusal(Reply reply) {
    if (reply.status() < 300 || reply.status() >= 500 || reply.status() == 408) {
      return Optional.empty();
    }
    var tree = Json.object(reply.body());
    if (tree.filter(XaiErrors::isContent).isPresent()) {
      return Optional.of(ErrorCode.CONTENT_REFUSED);
    }
    if (tree.filter(t -> RelayErrors.isMoney(t) || says(t, MONEY)).isPresent()) {
      return Optional.of(ErrorCode.UPSTREAM_ACCOUNT);
    }
    if (tree.filter(RelayErrors::isModelUnknown).isPresent()) {
      return Optional.of(ErrorCode.UPSTREAM_MODEL_GONE);
    }
    return Optional.of(
        switch (reply.status()) {
          case 400, 409, 413, 415, 422 -> aboutKey(tree);
          case 429 -> ErrorCode.UPSTREAM_BUSY;
          default -> ErrorCode.UPSTREAM_ACCOUNT;
        });
  }

  /** A wrong key is answered with 400 too. */
  private static ErrorCode aboutKey(Optional<JsonNode> tree) {
    return tree.filter(t -> says(t, KEY)).isPresent()
        ? ErrorCode.UPSTREAM_ACCOUNT
        : ErrorCode.UPSTREAM_REJECTED;
  }

  static boolean isContent(JsonNode tree) {
    return RelayErrors.isContent(tree) || says(tree, CONTENT);
  }

  /** A missing route answers 404 too, but never speaks of a request. */
  static boolean isGone(JsonNode tree) {
    return RelayErrors.isGone(tree) || (says(tree, GONE) && says(tree, JOB));
  }

  private static boolean says(JsonNode tree, List<String> words) {
    var all = String.join(" ", Json.texts(tree, "/error/message", "/error", "/code").toList());
    var lower = all.toLowerCase(Locale.ROOT);
    return words.stream().anyMatch(lower::contains);
  }

  /** Their sentence, for people. */
  static String why(Reply reply) {
    return RelayErrors.message(reply);
  }
}
