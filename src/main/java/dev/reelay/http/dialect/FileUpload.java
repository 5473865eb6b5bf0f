package dev.reelay.http.dialect;

import dev.reelay.access.Caller;
import dev.reelay.asset.Asset;
import dev.reelay.asset.Uploads;
import dev.reelay.http.ApiError;
import dev.reelay.http.Callers;
import dev.reelay.http.FieldName;
import dev.reelay.http.JsonText;
import dev.reelay.http.Reply;
import dev.reelay.http.Request;
import dev.reelay.http.ResultAddresses;
import dev.reelay.task.ClipKind;
import dev.reelay.task.ErrorCode;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * {@code POST /api/upload}: keeps a picture, a video or a sound for creates to come, of any client
 * format, and answers with its id and an address under which it can be read until it expires. The
 * file comes in a form, whatever its field is called, as the body itself, or as text in JSON.
 */
public final class FileUpload {
  static final Duration LIFE = Duration.ofHours(24);
  static final int FULL_RETRY_SECONDS = 60;
  private static final String FIELD = "file";
  private static final List<String> MEDIA_TYPES = List.of("image/", "video/", "audio/");
  private static final List<String> TEXT_FIELDS = List.of(FIELD, "image", "video", "audio", "data");

  private final Callers callers;
  private final CreateReader reader;
  private final KeepInputs inputs;
  private final Uploads uploads;
  private final ResultAddresses addresses;
  private final InstantSource clock;

  public FileUpload(
      Callers callers,
      CreateReader reader,
      KeepInputs inputs,
      Uploads uploads,
      ResultAddresses addresses,
      InstantSource clock) {
    this.callers = callers;
    this.reader = reader;
    this.inputs = inputs;
    this.uploads = uploads;
    this.addresses = addresses;
    this.clock = clock;
  }

  /** Counts as a create. */
  public Reply upload(Request request) {
    var caller = callers.creating(request);
    if (!uploads.hasRoom(caller.tenant().id(), clock.instant())) {
      throw full().refusal();
    }
    var file = sent(caller, request);
    var asset = inputs.keep(file, clock.instant().plus(LIFE));
    // If the store breaks here, nobody knows whether it committed: the file stays until swept.
    if (!uploads.add(caller.tenant().id(), asset, clock.instant())) {
      inputs.drop(List.of(asset));
      throw full().refusal();
    }
    return Reply.json(200, answer(request, asset));
  }

  private GivenFile sent(Caller caller, Request request) {
    var read = reader.inputs(caller);
    var type = request.header(FieldName.CONTENT_TYPE).orElse("").strip().toLowerCase(Locale.ROOT);
    var bytes = reader.bodies().bytes(request);
    var body = new SentFile(ByteBuffer.wrap(bytes));
    var whole = judged(read, "body", body);
    if (whole.isPresent()) {
      return whole.get();
    }
    if (MEDIA_TYPES.stream().anyMatch(type::startsWith)) {
      throw unknownKind("body").refusal();
    }
    var tree = reader.bodies().read(bytes, type).tree();
    var files = new ArrayList<JsonNode>();
    tree.forEach(node -> collect(node, files));
    if (files.size() > 1) {
      throw ApiError.field(FIELD, "One call takes one file.", "每次只能上传一个文件。").refusal();
    }
    if (!files.isEmpty()) {
      return known(read, FIELD, SentFile.in(files.getFirst()).orElseThrow());
    }
    return TEXT_FIELDS.stream()
        .flatMap(name -> text(tree, name).map(text -> known(read, name, text)).stream())
        .findFirst()
        .orElseThrow(() -> missing().refusal());
  }

  private GivenFile known(InputReader read, String name, SentFile file) {
    return judged(read, name, file).orElseThrow(() -> unknownKind(name).refusal());
  }

  /** What it is, is told by its bytes alone; empty if it is nothing that is kept here. */
  private Optional<GivenFile> judged(InputReader read, String name, SentFile file) {
    var clip = reader.probes().clips().probe(file.bytes());
    if (clip.isPresent()) {
      var kind = clip.get().isVideo() ? ClipKind.VIDEO : ClipKind.AUDIO;
      return Optional.of(read.clips().given(name, file, kind).file());
    }
    return reader
        .probes()
        .pictures()
        .probe(file.bytes())
        .map(_ -> read.pictures().given(name, file).file());
  }

  private static void collect(JsonNode node, List<JsonNode> files) {
    if (SentFile.in(node).isPresent()) {
      files.add(node);
    } else {
      node.forEach(inner -> collect(inner, files));
    }
  }

  private static Optional<SentFile> text(JsonNode tree, String name) {
    return Optional.of(tree.path(name))
        .filter(JsonNode::isString)
        .map(node -> node.asString().strip())
        .filter(DataUrl::is)
        .map(text -> ClipReader.decoded(name, text));
  }

  private byte[] answer(Request request, Asset asset) {
    return new JsonText()
        .object()
        .field("id", UploadedFiles.ID_PREFIX + asset.id().value())
        .field("object", "file")
        .field("url", request.baseUrl() + addresses.path(asset))
        .field("content_type", asset.contentType())
        .field("bytes", asset.bytes())
        .field("width", asset.width())
        .field("height", asset.height())
        .field("sha256", asset.sha256())
        .field("created_at", clock.instant().getEpochSecond())
        .field("expires_at", asset.expiresAt().getEpochSecond())
        .endObject()
        .bytes();
  }

  private static ApiError missing() {
    return ApiError.field(
        FIELD,
        "`file` is missing: send a picture, video or sound as a file of a form, as the body"
            + " itself, or as a data URL in JSON.",
        "缺少 `file`：请以表单文件、请求体或 JSON 中的 data URL 上传图片、视频或音频。");
  }

  private static ApiError unknownKind(String name) {
    return ApiError.of(
            ErrorCode.UNSUPPORTED_MEDIA,
            "`"
                + name
                + "`: the file is no PNG, JPEG, WebP or GIF, no whole MP4, MOV or WebM, and no MP3,"
                + " WAV or M4A, whatever it is called.",
            "`" + name + "`：文件不是图片（PNG、JPEG、WebP、GIF）、完整视频（MP4、MOV、WebM）或音频（MP3、WAV、M4A）。")
        .about(name);
  }

  private static ApiError full() {
    long megabytes = Uploads.BYTES_MAX >> 20;
    return ApiError.of(
            ErrorCode.UPLOAD_LIMIT,
            "At most %d uploads of %d MiB in all are kept; each expires after %d hours."
                .formatted(Uploads.COUNT_MAX, megabytes, LIFE.toHours()),
            "最多保留 %d 个上传文件，共 %d MiB；每个文件 %d 小时后过期。"
                .formatted(Uploads.COUNT_MAX, megabytes, LIFE.toHours()))
        .fact("limit", String.valueOf(Uploads.COUNT_MAX))
        .retryAfter(FULL_RETRY_SECONDS);
  }
}
