package dev.reelay.provider.declarative;

import dev.reelay.provider.Context;
import dev.reelay.provider.SentPicture;
import dev.reelay.provider.Submission;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The values that a template may name. */
final class Values {
  static final Set<String> OF_REQUEST =
      Set.of(
          "model",
          "prompt",
          "seconds",
          "width",
          "height",
          "size",
          "ratio",
          "resolution",
          "lines",
          "orientation",
          "audio",
          "seed",
          "negative_prompt",
          "first_frame",
          "last_frame",
          "references",
          "reference_video",
          "reference_videos",
          "reference_audio",
          "reference_audios",
          "pictures",
          "token",
          "callback");
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private Values() {}

  static Map<String, JsonNode> of(
      Context context, Submission submission, Map<String, Description.Mapped> maps) {
    var values = new HashMap<String, JsonNode>();
    var request = submission.request();
    var shape = request.shape();
    request.options().forEach((name, value) -> values.put("option." + name, typed(value)));
    text(values, "model", context.upstreamModel());
    text(values, "prompt", request.prompt());
    values.put("seconds", JSON.numberNode(shape.seconds()));
    values.put("width", JSON.numberNode(shape.width()));
    values.put("height", JSON.numberNode(shape.height()));
    text(values, "size", shape.width() + "x" + shape.height());
    text(values, "ratio", shape.ratio().toString());
    text(values, "resolution", shape.resolution().toString());
    values.put("lines", JSON.numberNode(shape.resolution().lines()));
    text(values, "orientation", shape.ratio().orientation());
    values.put("audio", JSON.booleanNode(shape.audio()));
    request.seed().ifPresent(seed -> values.put("seed", JSON.numberNode(seed)));
    request.option("negative_prompt").ifPresent(no -> text(values, "negative_prompt", no));
    picture(values, "first_frame", submission.firstFrame());
    picture(values, "last_frame", submission.lastFrame());
    pictures(values, "references", submission.references());
    pictures(values, "pictures", submission.pictures());
    clips(values, "reference_video", submission.referenceVideos());
    clips(values, "reference_audio", submission.referenceAudios());
    text(values, "token", submission.token());
    submission.callback().ifPresent(uri -> text(values, "callback", uri.toString()));
    addMapped(values, maps);
    return values;
  }

  /** A value that the table does not have is not there. */
  private static void addMapped(
      Map<String, JsonNode> values, Map<String, Description.Mapped> maps) {
    maps.forEach(
        (name, mapped) ->
            Optional.ofNullable(values.get(mapped.from()))
                .map(value -> mapped.table().get(value.asString()))
                .ifPresent(value -> text(values, name, value)));
  }

  private static JsonNode typed(String value) {
    return value.equals("true") || value.equals("false")
        ? JSON.booleanNode(value.equals("true"))
        : JSON.stringNode(value);
  }

  private static void text(Map<String, JsonNode> values, String name, String value) {
    values.put(name, JSON.stringNode(value));
  }

  private static void picture(
      Map<String, JsonNode> values, String name, Optional<SentPicture> picture) {
    picture.ifPresent(found -> text(values, name, found.asText()));
  }

  private static void pictures(
      Map<String, JsonNode> values, String name, List<SentPicture> pictures) {
    if (!pictures.isEmpty()) {
      var array = JSON.arrayNode();
      pictures.forEach(picture -> array.add(picture.asText()));
      values.put(name, array);
    }
  }

  /** One of a kind has a name, and so has the list. */
  private static void clips(Map<String, JsonNode> values, String name, List<String> urls) {
    if (!urls.isEmpty()) {
      var array = JSON.arrayNode();
      urls.forEach(array::add);
      values.put(name + "s", array);
      text(values, name, urls.getFirst());
    }
  }

  /** Of a call about a job, or about jobs. */
  static Map<String, JsonNode> about(Context context, String name, String value) {
    return Map.of(name, JSON.stringNode(value), "model", JSON.stringNode(context.upstreamModel()));
  }
}
