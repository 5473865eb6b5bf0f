package dev.reelay.http.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.reelay.asset.PictureLimits;
import dev.reelay.asset.PictureProbe;
import dev.reelay.http.ApiError;
import dev.reelay.http.Json;
import dev.reelay.task.ErrorCode;
import dev.reelay.task.PictureRole;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Reads the pictures of a create, under every name and in every shape that clients have for them:
 * addresses, data URLs, bare base64, files of a form, objects around one of these, lists of them,
 * and any of that as JSON in a text. Clients send the same one under every name they know, so they
 * are gathered in order and each counts once; what their names say of their roles is settled by
 * {@link FoundPictures}. What is sent as bytes is known by its header; nothing is decoded.
 */
public final class PictureReader {
  public static final int PICTURES_MAX = 16;
  public static final int PICTURE_BYTES_MAX = PictureLimits.BYTES_MAX;
  static final int PICTURE_SIDE_PIXELS_MAX = PictureLimits.SIDE_PIXELS_MAX;
  private static final String[] INNER_NAMES = {"url", "image_url", "image", "file_id"};

  /** Members in which the object around a picture may say what it is for. */
  private static final List<String> ROLE_NAMES = List.of("role", "frame_type", "type");

  private static final int NESTING_MAX = 4;

  private final PictureProbe probe;
  private final UploadedFiles.Own uploads;
  private final Json json = new Json(PICTURE_BYTES_MAX * 2);

  /** Makes a reader for callers without uploads. */
  public PictureReader(PictureProbe probe) {
    this(probe, UploadedFiles.Own.NONE);
  }

  PictureReader(PictureProbe probe, UploadedFiles.Own uploads) {
    this.probe = probe;
    this.uploads = uploads;
  }

  /**
   * The pictures in their order.
   *
   * @param sentAs gets the names that the caller used, by our own name of each kind
   * @throws dev.reelay.http.ApiRefusal 400 if one is no picture, too large or one too many
   */
  public List<AskedPicture> read(Fields fields, Map<String, String> sentAs) {
    var found = new Found();
    for (var name : PictureNames.all()) {
      fields
          .first(name.text())
          .ifPresent(
              sent -> {
                sentAs.putIfAbsent(PictureNames.of(name.role()), name.text());
                found.in(name).add(sent.node(), 0);
              });
    }
    sentAs.entrySet().removeIf(entry -> entry.getKey().equals(entry.getValue()));
    return found.pictures.settled();
  }

  /** What one create has so far. */
  private final class Found {
    private final FoundPictures pictures = new FoundPictures();

    /** Under which key a text's picture is known, so that it is read once. */
    private final Map<String, String> keys = new HashMap<>();

    Place in(PictureNames.Name name) {
      return new Place(this, name.text(), name.role());
    }
  }

  /** Where in a create a picture stands, and what that says of it. */
  private final class Place {
    private final Found found;
    private final String name;
    private final Optional<PictureRole> role;

    Place(Found found, String name, Optional<PictureRole> role) {
      this.found = found;
      this.name = name;
      this.role = role;
    }

    void add(JsonNode node, int depth) {
      var file = SentFile.in(node);
      if (depth > NESTING_MAX) {
        throw noPicture(name).refusal();
      } else if (file.isPresent()) {
        keep(file.get());
      } else if (node.isArray()) {
        node.forEach(item -> add(item, depth + 1));
      } else if (node.isObject()) {
        new Place(found, name, role(name, node).or(() -> role)).add(inner(name, node), depth + 1);
      } else if (node.isString()) {
        addText(node.asString().strip(), depth);
      } else if (!node.isNull()) {
        throw noPicture(name).refusal();
      }
    }

    private void addText(String text, int depth) {
      var known = found.keys.get(text);
      if (text.isEmpty() || (known != null && found.pictures.addAgain(known, name, role))) {
        return;
      }
      if (text.startsWith("[") || text.startsWith("{")) {
        if (json.parse(text.getBytes(UTF_8)) instanceof Json.Parsed.Tree(JsonNode tree)) {
          add(tree, depth + 1);
          return;
        }
        throw noPicture(name).refusal();
      }
      found.keys.put(text, DataUrl.is(text) ? keep(decoded(name, text)) : keepNamed(text));
    }

    /** A picture that lies here already, or elsewhere. */
    private String keepNamed(String text) {
      return switch (uploads.find(text)) {
        case UploadedFiles.Sought.Found(var upload) -> keep(uploaded(name, upload));
        case UploadedFiles.Sought.Gone _ -> throw UploadedFiles.gone(name).refusal();
        case UploadedFiles.Sought.NotOurs _ -> {
          if (!WebAddress.is(text)) {
            throw noPicture(name).refusal();
          }
          found.pictures.add(text, new AskedPicture.Web(text), name, role);
          yield text;
        }
      };
    }

    private String keep(SentFile file) {
      return keep(given(name, file));
    }

    private String keep(AskedPicture.Given picture) {
      found.pictures.add(picture.sha256(), picture, name, role);
      return picture.sha256();
    }
  }

  /**
   * A file as a picture.
   *
   * @throws dev.reelay.http.ApiRefusal 400 if it is none, or too large
   */
  AskedPicture.Given given(String name, SentFile file) {
    var bytes = file.bytes();
    if (bytes.remaining() > PICTURE_BYTES_MAX) {
      throw tooLarge(name).refusal();
    }
    var facts = probe.probe(bytes.duplicate());
    if (facts.isEmpty()) {
      throw unknownKind(name).refusal();
    }
    if (!PictureLimits.allow(facts.get())) {
      throw tooManyPixels(name, facts.get()).refusal();
    }
    return new AskedPicture.Given(bytes, file.sha256(), facts.get(), Optional.empty());
  }

  /** A file that was judged when it was uploaded. */
  private static AskedPicture.Given uploaded(String name, UploadedFiles.Upload upload) {
    var asset = upload.asset();
    if (!asset.contentType().startsWith("image/")) {
      throw unknownKind(name).refusal();
    }
    var facts = new PictureProbe.Facts(asset.contentType(), asset.width(), asset.height());
    return new AskedPicture.Given(upload.bytes(), asset.sha256(), facts, Optional.empty());
  }

  /** What the object around a picture says of it; a {@code type} may be about something else. */
  private static Optional<PictureRole> role(String name, JsonNode object) {
    for (var member : ROLE_NAMES) {
      var word = object.path(member);
      if (!word.isString() || word.asString().isBlank()) {
        continue;
      }
      var role = PictureNames.role(word.asString());
      if (role.isPresent()) {
        return role;
      }
      if (member.equals(ROLE_NAMES.getFirst())) {
        throw unknownRole(name).refusal();
      }
    }
    return Optional.empty();
  }

  /** What an object holds: {@code {"url":…}}, or OpenAI's {@code {"image_url":{"url":…}}}. */
  private static JsonNode inner(String name, JsonNode object) {
    for (var inner : INNER_NAMES) {
      if (object.hasNonNull(inner)) {
        return object.path(inner);
      }
    }
    throw noPicture(name).refusal();
  }

  static SentFile decoded(String name, String text) {
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

  private static ApiError unknownRole(String name) {
    var words = PictureNames.words();
    return ApiError.field(
            name,
            "`" + name + "`: the `role` of a picture is one of " + String.join(", ", words) + ".",
            "`" + name + "`：图片的 `role` 可用：" + String.join("、", words) + "。")
        .allowing(words);
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
                name,
                facts.width(),
                facts.height(),
                PictureLimits.PIXELS_MAX,
                PICTURE_SIDE_PIXELS_MAX),
        "`%s`：图片尺寸 %d x %d 过大，总像素最多 %d，单边最多 %d。"
            .formatted(
                name,
                facts.width(),
                facts.height(),
                PictureLimits.PIXELS_MAX,
                PICTURE_SIDE_PIXELS_MAX));
  }

  private static ApiError unknownKind(String name) {
    return ApiError.of(
            ErrorCode.UNSUPPORTED_MEDIA,
            "`" + name + "`: the file is no PNG, JPEG, WebP or GIF, whatever it is called.",
            "`" + name + "`：文件不是 PNG、JPEG、WebP 或 GIF 图片。")
        .about(name);
  }
}
