package dev.reelay.lab.dashscope;

import dev.reelay.lab.LabBody;
import dev.reelay.lab.LabOrder;
import dev.reelay.lab.LabRefusal;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A create of any Wan, read as strictly as its family reads it. */
record WanCreate(LabBody body) {
  private static final String[] SIZES = {
    "832*480",
    "480*832",
    "624*624",
    "1280*720",
    "720*1280",
    "960*960",
    "1088*832",
    "832*1088",
    "1920*1080",
    "1080*1920",
    "1440*1440",
    "1632*1248",
    "1248*1632"
  };
  private static final String[] RATIOS = {"16:9", "9:16", "1:1", "4:3", "3:4"};

  /** A sound by which a picture speaks goes with that picture. */
  private static final Set<String> FRAMES = Set.of("first_frame", "last_frame", "driving_audio");

  private static final List<String> CLIPS =
      List.of("reference_video", "reference_audio", "driving_audio");
  private static final int CLIPS_MAX = 5;

  /** What modes of the oldest family take beside the prompt. */
  private static final Map<String, String> PICTURES =
      Map.of("legacy-i2v", "img_url", "legacy-r2v", "reference_urls");

  /** The family of a model's name. */
  static String dialect(String model) {
    return model.startsWith("wan3") ? "wan3" : model.startsWith("wan2.7") ? "wan2.7" : "legacy";
  }

  LabOrder order(String id) {
    var model = body.text("model");
    var dialect = dialect(model);
    var modes = dialect.equals("wan3") ? "wan3\\.0-video" : "wan2\\.[67]-(t2v|i2v|r2v)";
    if (!model.matches(modes)) {
      throw LabRefusal.of(LabRefusal.Kind.NO_MODEL, "the model does not exist: " + model);
    }
    var input = body.object("input");
    var parameters = body.object("parameters");
    switch (dialect) {
      case "wan3" -> wan3(input, parameters);
      case "wan2.7" -> wan27(model.substring(model.length() - 3), input, parameters);
      default -> legacy(model.substring(model.length() - 3), input, parameters);
    }
    parameters.findInt("seed");
    parameters.findFlag("watermark");
    parameters.findFlag("prompt_extend");
    var seconds = parameters.findInt("duration").orElse(5);
    return LabOrder.of(id, model, input.text("prompt"), seconds, body);
  }

  private static void wan3(LabBody input, LabBody parameters) {
    requireMedia(input.only("prompt", "media"));
    parameters.only(
        "resolution", "ratio", "duration", "seed", "watermark", "audio", "prompt_extend");
    parameters.find("resolution", "480P", "720P", "1080P");
    parameters.find("ratio", RATIOS);
    parameters.findFlag("audio");
  }

  /** One frame has a name, two are a list; it is never silent, and says no word about that. */
  private static void wan27(String mode, LabBody input, LabBody parameters) {
    input.only("prompt", "negative_prompt", "img_url", "media", "audio_url");
    input.find("negative_prompt");
    requireMedia(input);
    input.findPicture("img_url", true);
    require(mode.equals("t2v") != (input.has("img_url") || input.has("media")), mode);
    require(!mode.equals("r2v") || input.has("media"), mode);
    parameters.only("resolution", "ratio", "duration", "seed", "watermark", "prompt_extend");
    parameters.find("resolution", "720P", "1080P");
    parameters.find("ratio", RATIOS);
    require(!mode.equals("i2v") || !parameters.has("ratio"), mode);
  }

  private static void legacy(String mode, LabBody input, LabBody parameters) {
    input.only("prompt", "negative_prompt", "img_url", "reference_urls", "audio_url");
    input.find("negative_prompt");
    input.findPicture("img_url", true);
    input.texts("reference_urls");
    for (var field : List.of("img_url", "reference_urls")) {
      require(input.has(field) == field.equals(PICTURES.get("legacy-" + mode)), mode);
    }
    parameters.only(
        "size",
        "resolution",
        "duration",
        "seed",
        "watermark",
        "audio",
        "prompt_extend",
        "shot_type");
    parameters.find("size", SIZES);
    parameters.find("resolution", "720P", "1080P");
    parameters.findFlag("audio");
    require(parameters.has("resolution") == mode.equals("i2v"), mode);
    require(parameters.has("size") != mode.equals("i2v"), mode);
  }

  /** Frames and references of any kind exclude each other; up to five clips of a kind. */
  private static void requireMedia(LabBody input) {
    var types = input.objects("media").stream().map(WanCreate::type).toList();
    if (types.stream().anyMatch(FRAMES::contains) && !FRAMES.containsAll(types)) {
      throw LabRefusal.malformed("input.media", "frames and references exclude each other");
    }
    for (var kind : CLIPS) {
      if (Collections.frequency(types, kind) > CLIPS_MAX) {
        throw LabRefusal.malformed("input.media", "too many of " + kind);
      }
    }
  }

  private static String type(LabBody entry) {
    var type =
        entry
            .only("type", "url")
            .find(
                "type",
                "first_frame",
                "last_frame",
                "reference_image",
                "reference_video",
                "reference_audio",
                "driving_audio")
            .orElse("");
    if (CLIPS.contains(type)) {
      entry.clip("url");
    } else {
      entry.findPicture("url", true);
    }
    return type;
  }

  private static void require(boolean holds, String mode) {
    if (!holds) {
      throw LabRefusal.malformed("input", "not what " + mode + " takes");
    }
  }
}
