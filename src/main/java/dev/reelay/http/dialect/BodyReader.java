package dev.reelay.http.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.reelay.http.ApiError;
import dev.reelay.http.ApiRefusal;
import dev.reelay.http.FieldName;
import dev.reelay.http.Json;
import dev.reelay.http.Percent;
import dev.reelay.http.Request;
import dev.reelay.task.ErrorCode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Reads the body of a route that takes fields: JSON, {@code multipart/form-data} or a URL-encoded
 * form, all into the one tree that {@link Fields} reads. What it is, the bytes say; clients often
 * name another type than they send, and no claim of theirs may choose a parser with other powers.
 * Files of a form stand in the tree as {@link SentFile}.
 */
public final class BodyReader {
  private static final String URL_ENCODED = "application/x-www-form-urlencoded";
  private static final String BLANKS = " \t\r\n\u00ef\u00bb\u00bf";

  private final int bytesMax;
  private final Json json;

  /**
   * Makes a reader.
   *
   * @param bytesMax the longest body taken, files included
   */
  public BodyReader(int bytesMax) {
    this.bytesMax = bytesMax;
    this.json = new Json(bytesMax);
  }

  /**
   * A body that was understood.
   *
   * @param tree an object
   * @param warnings what of it was left out
   */
  public record Body(JsonNode tree, List<String> warnings) {
    public Body {
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * Reads the body of a request, once.
   *
   * @throws ApiRefusal 400 if it is neither a JSON object nor a form
   * @throws dev.reelay.http.Refused if it is too large or did not arrive whole
   */
  public Body read(Request request) {
    var type = request.header(FieldName.CONTENT_TYPE).orElse("");
    return read(request.body(bytesMax), type);
  }

  /**
   * The bytes of a body, read once.
   *
   * @throws dev.reelay.http.Refused if it is too large or did not arrive whole
   */
  public byte[] bytes(Request request) {
    return request.body(bytesMax);
  }

  /** As {@link #read(Request)}, where a body may be missing. */
  public Optional<Body> readAny(Request request) {
    var type = request.header(FieldName.CONTENT_TYPE).orElse("");
    var bytes = request.body(bytesMax);
    return bytes.length == 0 ? Optional.empty() : Optional.of(read(bytes, type));
  }

  /** As {@link #read(Request)}, of bytes and the type that the client claims. */
  public Body read(byte[] bytes, String type) {
    if (!looksLikeJson(bytes)) {
      var boundary = Multipart.boundary(bytes, type);
      if (boundary.isPresent()) {
        return form(Multipart.parts(bytes, boundary.get()));
      }
      if (type.strip().toLowerCase(Locale.ROOT).startsWith(URL_ENCODED) && bytes.length > 0) {
        return urlEncoded(new String(bytes, UTF_8));
      }
      if (type.strip().toLowerCase(Locale.ROOT).startsWith("multipart/")) {
        throw badForm("The boundary of the form is not in the body.", "请求体中没有表单边界。");
      }
    }
    return new Body(jsonObject(bytes), List.of());
  }

  /** The refusal of a form that cannot be read. */
  static ApiRefusal badForm(String english, String chinese) {
    return ApiError.of(ErrorCode.INVALID_FORM, english, chinese).refusal();
  }

  private static boolean looksLikeJson(byte[] bytes) {
    for (byte b : bytes) {
      if (BLANKS.indexOf(b & 0xff) < 0) {
        return b == '{' || b == '[';
      }
    }
    return false;
  }

  private JsonNode jsonObject(byte[] bytes) {
    return switch (json.parse(bytes)) {
      case Json.Parsed.Tree(JsonNode root) when root.isObject() -> root;
      case Json.Parsed.Tree _ ->
          throw ApiError.of(
                  ErrorCode.INVALID_JSON, "The body must be a JSON object.", "请求体必须是 JSON 对象。")
              .refusal();
      case Json.Parsed.Malformed(String why) ->
          throw ApiError.of(
                  ErrorCode.INVALID_JSON,
                  ErrorCode.INVALID_JSON.english() + " " + why + ".",
                  ErrorCode.INVALID_JSON.chinese() + why)
              .refusal();
    };
  }

  private Body form(List<Multipart.Part> parts) {
    var tree = new FormTree();
    var warnings = new ArrayList<String>();
    for (int i = 0; i < parts.size(); i++) {
      var part = parts.get(i);
      if (part.head().name().isEmpty()) {
        warnings.add("Part " + (i + 1) + " of the form has no name and was ignored.");
      } else {
        put(tree, part.head().name().get(), value(part), warnings);
      }
    }
    return new Body(tree.tree(), warnings);
  }

  private static void put(FormTree tree, String name, JsonNode value, List<String> warnings) {
    if (!tree.put(name, value)) {
      warnings.add(
          "The field `" + Fields.plain(name) + "` contradicts an earlier one and was ignored.");
    }
  }

  /**
   * A part with the name of a file is a file unless it claims to be text; one that is no text is a
   * file whatever it claims. A file input that was left empty is sent as a file of no bytes:
   * absent.
   */
  private JsonNode value(Multipart.Part part) {
    var head = part.head();
    boolean isNamedFile = head.hasFileName() && !head.claimsText();
    if (part.content().hasRemaining() && (isNamedFile || !isText(part.content()))) {
      return new SentFile(part.content()).node();
    }
    var text = UTF_8.decode(part.content().duplicate()).toString();
    if (head.claimsJson()
        && json.parse(text.getBytes(UTF_8)) instanceof Json.Parsed.Tree(JsonNode root)) {
      return root;
    }
    return JsonNodeFactory.instance.stringNode(text);
  }

  private static boolean isText(ByteBuffer content) {
    try {
      return UTF_8.newDecoder().decode(content.duplicate()).chars().noneMatch(c -> c == 0);
    } catch (CharacterCodingException _) {
      return false;
    }
  }

  private static Body urlEncoded(String text) {
    var fields = text.strip().split("&", Multipart.PARTS_MAX + 1);
    if (fields.length > Multipart.PARTS_MAX) {
      throw badForm(
          "The form has more than " + Multipart.PARTS_MAX + " fields.",
          "表单最多 " + Multipart.PARTS_MAX + " 个字段。");
    }
    var tree = new FormTree();
    var warnings = new ArrayList<String>();
    for (var field : fields) {
      int equals = field.indexOf('=');
      var name = Percent.decode(equals < 0 ? field : field.substring(0, equals), true);
      var value = equals < 0 ? "" : Percent.decode(field.substring(equals + 1), true);
      if (!name.isBlank()) {
        put(tree, name, JsonNodeFactory.instance.stringNode(value), warnings);
      }
    }
    return new Body(tree.tree(), warnings);
  }
}
