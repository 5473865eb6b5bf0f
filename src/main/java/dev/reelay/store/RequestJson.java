package dev.reelay.store;

import dev.reelay.asset.AssetId;
import dev.reelay.money.Resolution;
import dev.reelay.routing.AspectRatio;
import dev.reelay.routing.ChannelId;
import dev.reelay.routing.CredentialId;
import dev.reelay.routing.ModelName;
import dev.reelay.routing.Shape;
import dev.reelay.task.Clip;
import dev.reelay.task.ClipKind;
import dev.reelay.task.Parent;
import dev.reelay.task.Picture;
import dev.reelay.task.PictureRole;
import dev.reelay.task.TaskId;
import dev.reelay.task.VideoRequest;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The part of a request that has no column of its own. Columns keep what operators search by and
 * what is only kept for the caller.
 */
final class RequestJson {
  private RequestJson() {}

  /** What the columns of the same row give back. */
  record Columns(
      String dialect, ModelName requested, ModelName served, VideoRequest.Extras extras) {}

  static String write(VideoRequest request) {
    var fields =
        JsonFields.empty()
            .with("size", request.form().size())
            .with("orientation", request.form().orientation())
            .with("prompt", request.prompt())
            .with("shape", shape(request.shape()))
            .withValues("images", request.images().stream().map(RequestJson::picture).toList())
            .withTexts("roles", request.images().stream().map(p -> p.role().word()).toList())
            .with("options", JsonFields.empty().withTexts(request.options()));
    if (!request.clips().isEmpty()) {
      fields.withValues("clips", request.clips().stream().map(RequestJson::clip).toList());
    }
    request.extras().parent().ifPresent(parent -> fields.with("parent", job(parent)));
    return fields.json();
  }

  /** What the columns do not say of the task that it is a remix of. */
  private static JsonFields job(Parent parent) {
    return JsonFields.empty()
        .with("credential", parent.credential().value())
        .with("upstream_id", parent.upstreamId());
  }

  static Parent parent(String json, TaskId task, ModelName served, ChannelId channel) {
    var job = JsonFields.parse(json).object("parent");
    var credential = new CredentialId(job.number("credential"));
    return new Parent(task, served, channel, credential, job.text("upstream_id"));
  }

  static VideoRequest read(String json, Columns columns) {
    var fields = JsonFields.parse(json);
    var form =
        new VideoRequest.Form(
            columns.dialect(),
            columns.requested(),
            fields.text("size"),
            fields.text("orientation"));
    return new VideoRequest(
        form,
        columns.served(),
        fields.text("prompt"),
        shape(fields.object("shape")),
        pictures(fields),
        fields.maybe("clips", fields::values).orElse(List.of()).stream()
            .map(RequestJson::clip)
            .toList(),
        fields.object("options").allTexts(),
        columns.extras());
  }

  /** An address is a text, as it was before pictures could be stored. */
  private static JsonFields.Value picture(Picture picture) {
    return switch (picture) {
      case Picture.Web(String url, _) -> new JsonFields.Value.Text(url);
      case Picture.Stored stored ->
          new JsonFields.Value.Nested(
              JsonFields.empty()
                  .with("asset", stored.asset().value())
                  .with("type", stored.contentType())
                  .with("bytes", stored.bytes())
                  .with("sha256", stored.sha256()));
    };
  }

  private static List<Picture> pictures(JsonFields fields) {
    var images = fields.values("images");
    var roles = roles(fields, images.size());
    return IntStream.range(0, images.size())
        .mapToObj(i -> picture(images.get(i), roles.get(i)))
        .toList();
  }

  /** Rows from before pictures had roles have none. */
  private static List<PictureRole> roles(JsonFields fields, int pictures) {
    return fields
        .maybe("roles", fields::texts)
        .map(words -> words.stream().map(RequestJson::role).toList())
        .orElseGet(() -> Collections.nCopies(pictures, PictureRole.ofUnlabelled(pictures)));
  }

  private static PictureRole role(String word) {
    return PictureRole.of(word)
        .orElseThrow(() -> new StoreBroken("a stored picture has no known role: " + word));
  }

  private static Picture picture(JsonFields.Value value, PictureRole role) {
    return switch (value) {
      case JsonFields.Value.Text(String url) -> new Picture.Web(url, role);
      case JsonFields.Value.Nested(JsonFields fields) ->
          new Picture.Stored(
              new AssetId(fields.text("asset")),
              fields.text("type"),
              fields.number("bytes"),
              fields.text("sha256"),
              role);
    };
  }

  private static JsonFields.Value clip(Clip clip) {
    var fields = JsonFields.empty().with("kind", clip.kind().word());
    return new JsonFields.Value.Nested(
        switch (clip) {
          case Clip.Web(String url, _) -> fields.with("url", url);
          case Clip.Stored stored ->
              fields
                  .with("asset", stored.asset().value())
                  .with("type", stored.contentType())
                  .with("bytes", stored.bytes())
                  .with("sha256", stored.sha256());
        });
  }

  private static Clip clip(JsonFields.Value value) {
    return switch (value) {
      case JsonFields.Value.Text(String url) ->
          throw new StoreBroken("a stored clip has no kind: " + url);
      case JsonFields.Value.Nested(JsonFields fields) -> {
        var kind = kind(fields.text("kind"));
        yield fields
            .maybe("url", fields::text)
            .<Clip>map(url -> new Clip.Web(url, kind))
            .orElseGet(
                () ->
                    new Clip.Stored(
                        new AssetId(fields.text("asset")),
                        fields.text("type"),
                        fields.number("bytes"),
                        fields.text("sha256"),
                        kind));
      }
    };
  }

  private static ClipKind kind(String word) {
    return ClipKind.of(word)
        .orElseThrow(() -> new StoreBroken("a stored clip is of no known kind: " + word));
  }

  private static JsonFields shape(Shape shape) {
    return JsonFields.empty()
        .with("seconds", shape.seconds())
        .with("lines", shape.resolution().lines())
        .with("ratio", shape.ratio().toString())
        .with("audio", shape.audio());
  }

  private static Shape shape(JsonFields fields) {
    return new Shape(
        Math.toIntExact(fields.number("seconds")),
        new Resolution(Math.toIntExact(fields.number("lines"))),
        AspectRatio.parse(fields.text("ratio")),
        fields.flag("audio"));
  }
}
