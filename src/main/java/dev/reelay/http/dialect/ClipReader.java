package dev.reelay.http.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.reelay.asset.ClipLimits;
import dev.reelay.asset.ClipProbe;
import dev.reelay.http.ApiError;
import dev.reelay.http.Json;
import dev.reelay.task.ClipKind;
import dev.reelay.task.ErrorCode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Reads the reference videos and sounds of a create, under every name and in every shape that
 * clients have for them: addresses, data URLs, files of a form, objects around one of these, lists
 * of them, and any of that as JSON in a text. The same one under several names of its kind counts
 * once.
 *
 * <p>Providers fetch clips from an address. Where this relay has none that can be reached from
 * outside, a file would be of no use to anybody, so it is refused before anything is held.
 */
public final class ClipReader {
  /** Of one kind. */
  public static final int CLIPS_MAX = 10;

  private static final String DATA_SCHEME = "data:";
  private static final List<String> INNER_NAMES =
      List.of("url", "video_url", "audio_url", "video", "audio", "file_id");
  private static final int NESTING_MAX = 4;
  private static final int JSON_BYTES_MAX = 1 << 20;
  private static final Json JSON = new Json(JSON_BYTES_MAX);

  private final ClipProbe probe;
  private final UploadedFiles.Own uploads;
  private final boolean isPublished;

  /**
   * @param isPublished whether files that are kept here can be read from outside
   */
  public ClipReader(ClipProbe probe, UploadedFiles.Own uploads, boolean isPublished) {
    this.probe = probe;
    this.uploads = uploads;
    this.isPublished = isPublished;
  }

  /**
   * The clips in their order, videos first.
   *
   * @param sentAs gets the names that the caller used, by our own name of each kind
   * @throws dev.reelay.http.ApiRefusal 400 if one is no clip of its kind, too large, one too many,
   *     or a file that no provider could fetch
   */
  public List<AskedClip> read(Fields fields, Map<String, String> sentAs) {
    var clips = new ArrayList<AskedClip>();
    for (var kind : ClipKind.values()) {
      var found = new LinkedHashMap<String, AskedClip>();
      for (var name : ClipNames.all(kind)) {
        fields
            .first(name)
            .ifPresent(
                sent -> {
                  if (!name.equals(ClipNames.of(kind))) {
                    sentAs.putIfAbsent(ClipNames.of(kind), name);
                  }
                  new Place(found, kind, name).add(sent.node(), 0);
                });
      }
      clips.addAll(found.values());
    }
    return List.copyOf(clips);
  }

  /** Where in a create a clip stands. */
  private final class Place {
    private final Map<String, AskedClip> found;
    private final ClipKind kind;
    private final String name;

    Place(Map<String, AskedClip> found, ClipKind kind, String name) {
      this.found = found;
      this.kind = kind;
      this.name = name;
    }

    void add(JsonNode node, int depth) {
      var file = SentFile.in(node);
      if (depth > NESTING_MAX) {
        throw noClip(kind, name).refusal();
      } else if (file.isPresent()) {
        keep(given(name, file.get(), kind));
      } else if (node.isArray()) {
        node.forEach(item -> add(item, depth + 1));
      } else if (node.isObject()) {
        add(inner(node), depth + 1);
      } else if (node.isString()) {
        addText(node.asString().strip(), depth);
      } else if (!node.isNull()) {
        throw noClip(kind, name).refusal();
      }
    }

    private JsonNode inner(JsonNode object) {
      return INNER_NAMES.stream()
          .filter(object::hasNonNull)
          .map(object::path)
          .findFirst()
          .orElseThrow(() -> noClip(kind, name).refusal());
    }

    private void addText(String text, int depth) {
      if (text.startsWith("[") || text.startsWith("{")) {
        if (JSON.parse(text.getBytes(UTF_8)) instanceof Json.Parsed.Tree(JsonNode tree)) {
          add(tree, depth + 1);
          return;
        }
        throw noClip(kind, name).refusal();
      }
      if (text.regionMatches(true, 0, DATA_SCHEME, 0, DATA_SCHEME.length())) {
        keep(given(name, decoded(name, text), kind));
      } else if (!text.isEmpty()) {
        addNamed(text);
      }
    }

    /** A clip that lies here already, or elsewhere. */
    private void addNamed(String text) {
      switch (uploads.find(text)) {
        case UploadedFiles.Sought.Found(var upload) -> keep(uploaded(upload));
        case UploadedFiles.Sought.Gone _ -> throw UploadedFiles.gone(name).refusal();
        case UploadedFiles.Sought.NotOurs _ -> {
          if (!WebAddress.is(text)) {
            throw noClip(kind, name).refusal();
          }
          put(text, new AskedClip.Web(text, kind));
        }
      }
    }

    private AskedClip.Given uploaded(UploadedFiles.Upload upload) {
      var asset = upload.asset();
      boolean isVideo = asset.contentType().startsWith("video/");
      var facts =
          new ClipProbe.Facts(
              asset.contentType(), isVideo, asset.width(), asset.height(), asset.millis());
      if (!asset.contentType().startsWith(kind.word() + "/")) {
        throw unknownKind(kind, name).refusal();
      }
      requirePublished(name);
      return new AskedClip.Given(upload.bytes(), asset.sha256(), facts, kind);
    }

    private void keep(AskedClip.Given clip) {
      put(clip.sha256(), clip);
    }

    private void put(String key, AskedClip clip) {
      found.putIfAbsent(key, clip);
      if (found.size() > CLIPS_MAX) {
        throw ApiError.field(
                name,
                "`" + name + "`: at most " + CLIPS_MAX + " of a kind.",
                "`" + name + "`：每类最多 " + CLIPS_MAX + " 个。")
            .refusal();
      }
    }
  }

  /**
   * A file as a clip.
   *
   * @throws dev.reelay.http.ApiRefusal 400 if it is none of this kind, too large, or of no use
   */
  AskedClip.Given given(String name, SentFile file, ClipKind kind) {
    requirePublished(name);
    if (file.bytes().remaining() > ClipLimits.BYTES_MAX) {
      throw tooLarge(name).refusal();
    }
    var facts = probe.probe(file.bytes()).filter(f -> f.isVideo() == (kind == ClipKind.VIDEO));
    return new AskedClip.Given(
        file.bytes(),
        file.sha256(),
        facts.orElseThrow(() -> unknownKind(kind, name).refusal()),
        kind);
  }

  private void requirePublished(String name) {
    if (!isPublished) {
      throw ApiError.field(
              name,
              "`"
                  + name
                  + "`: no provider could fetch a file from this relay, for it has no public"
                  + " address (REELAY_PUBLIC_URL); send an http or https URL.",
              "`" + name + "`：本站未设置公网地址（REELAY_PUBLIC_URL），上游无法读取上传的文件，请改用 http(s) 地址。")
          .refusal();
    }
  }

  static SentFile decoded(String name, String text) {
    if (DataUrl.bytesMax(text) > ClipLimits.BYTES_MAX) {
      throw tooLarge(name).refusal();
    }
    return DataUrl.decode(text)
        .filter(bytes -> bytes.length > 0)
        .map(bytes -> new SentFile(ByteBuffer.wrap(bytes)))
        .orElseThrow(
            () ->
                ApiError.field(
                        name,
                        "`" + name + "`: a data URL reads `data:video/mp4;base64,…`.",
                        "`" + name + "`：data URL 格式应为 `data:video/mp4;base64,…`。")
                    .refusal());
  }

  private static ApiError noClip(ClipKind kind, String name) {
    var chinese =
        switch (kind) {
          case VIDEO -> "视频";
          case AUDIO -> "音频";
        };
    return ApiError.field(
        name,
        "`%s` must hold http or https URLs of at most %d characters, data URLs or files of %s."
            .formatted(name, WebAddress.CHARS_MAX, kind.word()),
        "`%s` 必须是 http(s) %s地址、data URL 或%s文件。".formatted(name, chinese, chinese));
  }

  private static ApiError tooLarge(String name) {
    int megabytes = ClipLimits.BYTES_MAX >> 20;
    return ApiError.field(
        name,
        "`" + name + "`: one file may have at most " + megabytes + " MiB; send its address.",
        "`" + name + "`：单个文件最大 " + megabytes + " MiB，请改用文件地址。");
  }

  private static ApiError unknownKind(ClipKind kind, String name) {
    return switch (kind) {
      case VIDEO ->
          ApiError.of(
                  ErrorCode.UNSUPPORTED_MEDIA,
                  "`" + name + "`: the file is no whole MP4, MOV or WebM, whatever it is called.",
                  "`" + name + "`：文件不是完整的 MP4、MOV 或 WebM 视频。")
              .about(name);
      case AUDIO ->
          ApiError.of(
                  ErrorCode.UNSUPPORTED_MEDIA,
                  "`" + name + "`: the file is no MP3, WAV or M4A, whatever it is called.",
                  "`" + name + "`：文件不是 MP3、WAV 或 M4A 音频。")
              .about(name);
    };
  }
}
