package dev.reelay.provider;

import dev.reelay.task.ErrorCode;
import dev.reelay.task.Failure;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** What the error texts of relays mean. There is no list of codes, so words decide. */
public final class RelayErrors {
  private static final int PLAIN_TEXT_CHARS_MAX = 200;
  private static final List<String> CONTENT =
      List.of(
          "content_policy",
          "content policy",
          "content violation",
          "content_violation",
          "guardrail",
          "moderation",
          "sensitive",
          "safety",
          "nsfw",
          "inappropriate",
          "violates our",
          "may violate",
          "prohibited",
          "审核",
          "敏感",
          "违规",
          "违禁");
  private static final List<String> MONEY =
      List.of("insufficient", "quota", "balance", "arrears", "余额", "额度", "欠费");
  private static final List<String> GONE =
      List.of(
          "not_exist", "not exist", "not_found", "not found", "no such", "expired", "不存在", "已过期");
  private static final List<String> JOB = List.of("task", "video", "job", "任务", "视频");

  /** What is said of a model, and not of something that a model cannot do. */
  private static final Pattern MODEL_UNKNOWN =
      Pattern.compile(
          "model_not_found|(no such|unknown) model"
              + "|model\\b[^;,]{0,80}?\\b(does not exist|not exist|not found|not offered)"
              + "|no available channel|模型[^；，]{0,80}?不存在|无可用渠道");

  private static final String[] MESSAGES = {
    "/error/message",
    "/error",
    "/error/message_zh",
    "/message",
    "/fail_reason",
    "/error_message",
    "/detail",
    "/detail/0/msg",
    "/detail/failure_reason",
    "/detail/pending_info/failure_reason",
    "/detail/draft_info/reason_str",
    "/data/fail_reason",
    "/data/error/message",
    "/data/error"
  };
  private static final String[] CODES = {
    "/error/code", "/error/type", "/code", "/detail/draft_info/kind"
  };

  private RelayErrors() {}

  /** The sentence for people in an answer, if it has one. */
  public static Optional<String> message(JsonNode tree) {
    return Json.text(tree, MESSAGES);
  }

  /** The same, or else what the answer was. */
  public static String message(Reply reply) {
    return Json.object(reply.body())
        .flatMap(RelayErrors::message)
        .orElseGet(() -> "the relay answered HTTP " + reply.status() + plain(reply.body()));
  }

  private static String plain(String body) {
    var text = body.strip();
    return text.isEmpty() || text.length() > PLAIN_TEXT_CHARS_MAX || text.startsWith("<")
        ? ""
        : ": " + text;
  }

  /** The content was refused. */
  public static boolean isContent(JsonNode tree) {
    return says(tree, CONTENT);
  }

  /** Our account there has no money or quota left. */
  public static boolean isMoney(JsonNode tree) {
    return says(tree, MONEY);
  }

  /** It says in so many words that it does not know the job; a missing route is no such word. */
  public static boolean isGone(JsonNode tree) {
    return says(tree, GONE) && says(tree, JOB);
  }

  /** The same where a job is called by one of these names. */
  public static boolean isGone(JsonNode tree, String... names) {
    return says(tree, GONE) && says(tree, List.of(names));
  }

  /** It says in so many words that it does not offer the model; a missing route is no such word. */
  public static boolean isModelUnknown(JsonNode tree) {
    return MODEL_UNKNOWN.matcher(said(tree)).find();
  }

  /** The same of an answer. */
  public static boolean isModelUnknown(Reply reply) {
    return Json.object(reply.body()).filter(RelayErrors::isModelUnknown).isPresent();
  }

  /** A verdict on a job that was made. */
  public static Failure verdict(JsonNode tree) {
    var code = isContent(tree) ? ErrorCode.CONTENT_REFUSED : ErrorCode.UPSTREAM_FAILED;
    return new Failure(code, message(tree).orElse(""));
  }

  private static boolean says(JsonNode tree, List<String> words) {
    return words.stream().anyMatch(said(tree)::contains);
  }

  /** All its sentences and codes, in lower case. */
  private static String said(JsonNode tree) {
    var all =
        Json.texts(tree, MESSAGES).collect(Collectors.joining(" "))
            + " "
            + Json.texts(tree, CODES).collect(Collectors.joining(" "));
    return all.toLowerCase(Locale.ROOT);
  }
}
