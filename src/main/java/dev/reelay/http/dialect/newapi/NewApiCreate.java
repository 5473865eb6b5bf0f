package dev.reelay.http.dialect.newapi;

import dev.reelay.http.dialect.BodyReader.Body;
import dev.reelay.http.dialect.ClipNames;
import dev.reelay.http.dialect.InputReader;
import dev.reelay.http.dialect.PictureNames;
import dev.reelay.http.dialect.UnifiedCreate;
import dev.reelay.http.dialect.VideoAsk;
import java.util.List;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the body of {@code POST /v1/video/generations}. What differs from the unified format is
 * that a size comes as two numbers, and that what only some models take comes inside {@code
 * metadata}.
 */
final class NewApiCreate {
  static final String DIALECT = "newapi";

  /** What new-api's adapters read from the metadata and we read at the top. */
  private static final List<String> LIFTED =
      List.of(
          "aspect_ratio",
          "resolution",
          "negative_prompt",
          "seed",
          "style",
          "watermark",
          "generate_audio",
          "enhance_prompt",
          "camera_fixed",
          "service_tier",
          "mode",
          "cfg_scale");

  private NewApiCreate() {}

  /**
   * What the body asks for.
   *
   * @param models the names that may be asked for
   * @throws dev.reelay.http.ApiRefusal 400 with the field, or 404 for what can be no model's name
   */
  static VideoAsk read(Body body, InputReader inputs, Supplier<List<String>> models) {
    var fields = JsonNodeFactory.instance.objectNode();
    body.tree().properties().forEach(entry -> fields.set(entry.getKey(), entry.getValue()));
    readPixels(fields);
    lift(fields, fields.path("metadata"));
    liftInputs(fields);
    return UnifiedCreate.read(new Body(fields, body.warnings()), inputs, models).in(DIALECT);
  }

  /** 0 is what a program sends that leaves the size to us. */
  private static void readPixels(ObjectNode fields) {
    var width = fields.path("width");
    var height = fields.path("height");
    if (width.isMissingNode() || height.isMissingNode()) {
      return;
    }
    fields.remove(List.of("width", "height"));
    if (fields.path("size").isMissingNode() && isPositive(width) && isPositive(height)) {
      fields.put("size", width.asString() + "x" + height.asString());
    }
  }

  private static boolean isPositive(JsonNode number) {
    return number.isValueNode() && !List.of("", "0").contains(number.asString().strip());
  }

  /**
   * Pictures and clips are taken out of the metadata, which is kept for the caller and has short
   * values.
   */
  private static void liftInputs(ObjectNode fields) {
    if (!(fields.path("metadata") instanceof ObjectNode sent)) {
      return;
    }
    var metadata = sent.deepCopy();
    for (var names : List.of(PictureNames.texts(), ClipNames.texts())) {
      for (var name : names) {
        var input = metadata.remove(name);
        if (input != null && !fields.has(name)) {
          fields.set(name, input);
        }
      }
    }
    fields.set("metadata", metadata);
  }

  private static void lift(ObjectNode fields, JsonNode metadata) {
    for (var name : LIFTED) {
      if (!fields.has(name) && metadata.isObject() && metadata.has(name)) {
        fields.set(name, metadata.path(name));
      }
    }
  }
}
