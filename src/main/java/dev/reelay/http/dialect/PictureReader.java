package dev.reelay.http.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.reelay.asset.PictureProbe;
import dev.reelay.http.ApiError;
import dev.reelay.http.Json;
import dev.reelay.http.dialect.Fields.Sent;
import dev.reelay.task.ErrorCode;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Reads the pictures of a create, under every name and in every shape that clients have for them:
 * addresses, data URLs, bare base64, files of a form, objects around one of these, lists of them,
 * and any of that as JSON in a text. Clients send the same one under every name they know, so they
 * are gathered in order and each counts once. What is sent as bytes is known by its header; nothing
 * is decoded.
 */
public final class PictureReader {
  public static final int PICTURES_MAX = 16;
  public static final int PICTURE_BYTES_MAX = 20 << 20;

  /** A header that promises more would be a bomb for whoever decodes it. */
  public static final long PICTURE_PIXELS_MAX = 64_000_000;

  public static final int PICTURE_SIDE_PIXELS_MAX = 16_384;
  private static final String[] NAMES = {
    "images",
    "input_reference",
    "input_references",
    "reference_images",
    "image",
    "first_frame_image"
  };
  private static final String[] INNER_NAMES = {"url", "image_url", "image"};
  private static final int NESTING_MAX = 4;

  private final PictureProbe probe;
  private final Json json = new Json(PICTURE_BYTES_MAX * 2);

  public PictureReader(PictureProbe probe) {
    this.probe = probe;
  }

  /**
   * The pictures in their order.
   *
   * @param sentAs gets the name that the caller used, if it is not {@code images}
   * @throws dev.reelay.http.ApiRefusal 400 if one is no picture, too large or one too many
   */
  public List<AskedPicture> read(Fields fields, Map<String, String> sentAs) {
    var sent = fields.all(NAMES);
    var found = new Found();
    for (var field : sent) {
      found.add(field.name(), field.node(), 0);
    }
    sent.stream()
        .map(Sent::name)
        .findFirst()
        .filter(name -> !name.equals(NAMES[0]))
        .ifPresent(name -> sentAs.put(NAMES[0], name));
    return List.copyOf(found.pictures.values());
  }

  /** What one create has so far, each picture under its address or hash. */
  private final class Found {
    private final Map<String, AskedPicture> pictures = new LinkedHashMap<>();
    private final Set<String> texts = new HashSet<>();

    void add(String name, JsonNode node, int depth) {
      var file = SentFile.in(node);
      if (depth > NESTING_MAX) {
        throw noPicture(name).refusal();
      } else if (file.isPresent()) {
        keep(name, file.get());
      } else if (node.isArray()) {
        node.forEach(item -> add(name, item, depth + 1));
      } else if (node.isObject()) {
        add(name, inner(name, node), depth + 1);
      } else if (node.isString()) {
        addText(name, node.asString().strip(), depth);
      } else if (!node.isNull()) {
        throw noPicture(name).refusal();
      }
    }

    private void addText(String name, String text, int depth) {
      if (text.isEmpty() || !texts.add(text)) {
        return;
      }
      if (text.startsWith("[") || text.startsWith("{")) {
        if (json.parse(text.getBytes(UTF_8)) instanceof Json.Parsed.Tree(JsonNode tree)) {
          add(name, tree, depth + 1);
          return;
        }
        throw noPicture(name).refusal();
      }
      if (DataUrl.is(text)) {
        keep(name, decoded(name, text));
      } else if (WebAddress.is(text)) {
        keep(name, text, new AskedPicture.Web(text));
      } else {
        throw noPicture(name).refusal();
      }
    }

    private void keep(String name, SentFile file) {
      var bytes = file.bytes();
      if (bytes.remaining() > PICTURE_BYTES_MAX) {
        throw tooLarge(name).refusal();
      }
      var facts = probe.probe(bytes.duplicate());
      if (facts.isEmpty()) {
        throw unknownKind(name).refusal();
      }
      int longest = Math.max(facts.get().width(), facts.get().height());
      if (facts.get().pixels() > PICTURE_PIXELS_MAX || longest > PICTURE_SIDE_PIXELS_MAX) {
        throw tooManyPixels(name, facts.get()).refusal();
      }
      var hash = file.sha256();
      keep(name, hash, new AskedPicture.Given(bytes, hash, facts.get()));
    }

    private void keep(String name, String key, AskedPicture picture) {
      pictures.putIfAbsent(key, picture);
      if (pictures.size() > PICTURES_MAX) {
        throw ApiError.field(
                name,
                "`" + name + "`: at most " + PICTURES_MAX + " pictures.",
                "`" + name + "`：最多 " + PICTURES_MAX + " 张图片。")
            .refusal();
      }
    }
  }

  /** What an object holds: {@code {"url":…}}, or OpenAI's {@code {"image_url":{"url":…}}}. */
  private static JsonNode inner(String name, JsonNode object) {
    for (var inner : INNER_NAMES) {
      if (object.hasNonNull(inner)) {
        return object.path(inner);
      }
    }
    if (object.hasNonNull("file_id")) {
      throw ApiError.field(
              name,
              "`"
                  + name
                  + "`: there are no uploaded files here; send the picture itself or its"
                  + " address instead of `file_id`.",
              "`" + name + "`：不支持 `file_id`，请直接提供图片或图片地址。")
          .refusal();
    }
    throw noPicture(name).refusal();
  }

  private static SentFile decoded(String name, String text) {
    if (DataUrl.bytesMax(text) > PICTURE_BYTES_MAX) {
      throw tooLarge(name).refusal();
    }
    return DataUrl.decode(text)
        .filter(bytes -> bytes.length > 0)
        .map(bytes -> new SentFile(ByteBuffer.wrap(bytes)))
        .orElseThrow(
            () ->
                ApiError.field(
                        name,
                        "`" + name + "`: a data URL reads `data:image/png;base64,…`.",
                        "`" + name + "`：data URL 格式应为 `data:image/png;base64,…`。")
                    .refusal());
  }

  private static ApiError noPicture(String name) {
    return ApiError.field(
        name,
        "`"
            + name
            + "` must hold http or https URLs of at most "
            + WebAddress.CHARS_MAX
            + " characters, data URLs or files.",
        "`" + name + "` 必须是 http(s) 图片地址、data URL 或图片文件。");
  }

  private static ApiError tooLarge(String name) {
    int megabytes = PICTURE_BYTES_MAX >> 20;
    return ApiError.field(
        name,
        "`" + name + "`: a picture may have at most " + megabytes + " MiB; send its address.",
        "`" + name + "`：单张图片最大 " + megabytes + " MiB，请改用图片地址。");
  }

  private static ApiError tooManyPixels(String name, PictureProbe.Facts facts) {
    return ApiError.field(
        name,
        "`%s`: a picture of %d x %d pixels is too large; at most %d in all, %d on a side."
            .formatted(
                name, facts.width(), facts.height(), PICTURE_PIXELS_MAX, PICTURE_SIDE_PIXELS_MAX),
        "`%s`：图片尺寸 %d x %d 过大，总像素最多 %d，单边最多 %d。"
            .formatted(
                name, facts.width(), facts.height(), PICTURE_PIXELS_MAX, PICTURE_SIDE_PIXELS_MAX));
  }

  private static ApiError unknownKind(String name) {
    return ApiError.of(
            ErrorCode.UNSUPPORTED_MEDIA,
            "`" + name + "`: the file is no PNG, JPEG, WebP or GIF, whatever it is called.",
            "`" + name + "`：文件不是 PNG、JPEG、WebP 或 GIF 图片。")
        .about(name);
  }
}
