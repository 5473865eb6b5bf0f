package dev.reelay.http.webhook;

import dev.reelay.http.ApiError;
import dev.reelay.http.Json;
import dev.reelay.http.Request;
import dev.reelay.task.ErrorCode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * A JSON object in which every field is known and of its type. Whatever else is sent is refused by
 * its name, so that a misspelled wish is not taken for no wish.
 */
final class StrictBody {
  static final int BYTES_MAX = 64 << 10;
  static final int TEXT_CHARS_MAX = 8 << 10;
  private static final Json JSON = new Json(TEXT_CHARS_MAX);

  private final JsonNode object;

  private StrictBody(JsonNode object) {
    this.object = object;
  }

  /** Reads a body; an empty one is an object without fields. */
  static StrictBody of(Request request, Set<String> known) {
    var bytes = request.body(BYTES_MAX);
    if (bytes.length == 0) {
      return of("{}".getBytes(java.nio.charset.StandardCharsets.US_ASCII), known);
    }
    return of(bytes, known);
  }

  private static StrictBody of(byte[] bytes, Set<String> known) {
    return switch (JSON.parse(bytes)) {
      case Json.Parsed.Malformed(String why) ->
          throw ApiError.of(ErrorCode.INVALID_JSON, "Not read: " + why + ".", "请求体无法解析。").refusal();
      case Json.Parsed.Tree(JsonNode root) -> {
        if (!root.isObject()) {
          throw ApiError.of(ErrorCode.INVALID_JSON, "Send one JSON object.", "请求体必须是 JSON 对象。")
              .refusal();
        }
        requireKnown(root, known);
        yield new StrictBody(root);
      }
    };
  }

  private static void requireKnown(JsonNode root, Set<String> known) {
    for (var name : root.propertyNames()) {
      if (!known.contains(name)) {
        throw ApiError.field(
                name, "`" + name + "` is no field of this call.", "该接口没有字段 `" + name + "`。")
            .allowing(known.stream().sorted().toList())
            .refusal();
      }
    }
  }

  boolean isEmpty() {
    return object.isEmpty();
  }

  Optional<String> text(String name, int charsMax) {
    var node = object.path(name);
    if (node.isMissingNode() || node.isNull()) {
      return Optional.empty();
    }
    if (!node.isString() || node.asString().length() > charsMax) {
      throw wrong(name, "a text of at most " + charsMax + " characters", "文本");
    }
    return Optional.of(node.asString());
  }

  Optional<Boolean> claim(String name) {
    var node = object.path(name);
    if (node.isMissingNode() || node.isNull()) {
      return Optional.empty();
    }
    if (!node.isBoolean()) {
      throw wrong(name, "true or false", "true 或 false");
    }
    return Optional.of(node.asBoolean());
  }

  Optional<List<String>> texts(String name) {
    var node = object.path(name);
    if (node.isMissingNode() || node.isNull()) {
      return Optional.empty();
    }
    var texts = new ArrayList<String>();
    if (!node.isArray() || node.isEmpty()) {
      throw wrong(name, "a list of texts, not empty", "非空文本列表");
    }
    for (var item : node) {
      if (!item.isString()) {
        throw wrong(name, "a list of texts, not empty", "非空文本列表");
      }
      texts.add(item.asString());
    }
    return Optional.of(texts);
  }

  /** A moment as RFC 3339 writes it. */
  Optional<Instant> moment(String name) {
    var text = text(name, TEXT_CHARS_MAX);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(OffsetDateTime.parse(text.get()).toInstant());
    } catch (DateTimeException _) {
      throw wrong(name, "a time such as 2026-11-25T08:00:00Z", "时间，例如 2026-11-25T08:00:00Z");
    }
  }

  static RuntimeException wrong(String name, String english, String chinese) {
    return ApiError.field(
            name, "`" + name + "` must be " + english + ".", "`" + name + "` 必须是" + chinese + "。")
        .refusal();
  }

  static RuntimeException missing(String name) {
    return ApiError.field(name, "`" + name + "` is missing.", "缺少 `" + name + "`。").refusal();
  }
}
