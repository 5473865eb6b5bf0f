package dev.reelay.store;

import dev.reelay.money.Resolution;
import dev.reelay.routing.AspectRatio;
import dev.reelay.routing.ModelName;
import dev.reelay.routing.Shape;
import dev.reelay.task.VideoRequest;

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
    return JsonFields.empty()
        .with("size", request.form().size())
        .with("orientation", request.form().orientation())
        .with("prompt", request.prompt())
        .with("shape", shape(request.shape()))
        .withTexts("images", request.images())
        .with("options", JsonFields.empty().withTexts(request.options()))
        .json();
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
        fields.texts("images"),
        fields.object("options").allTexts(),
        columns.extras());
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
