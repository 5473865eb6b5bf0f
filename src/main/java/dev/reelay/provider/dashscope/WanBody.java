package dev.reelay.provider.dashscope;

import dev.reelay.money.Resolution;
import dev.reelay.provider.Context;
import dev.reelay.provider.Json;
import dev.reelay.provider.SentPicture;
import dev.reelay.provider.Submission;
import dev.reelay.provider.dashscope.WanDialect.Mode;
import dev.reelay.routing.Shape;
import dev.reelay.task.VideoRequest;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The body of a create in the dialect of its model. */
record WanBody(Context context, Submission submission) {
  /** The sizes of the legacy dialect that are not plainly lines times ratio. */
  private static final Map<String, String> SIZES =
      Map.ofEntries(
          Map.entry("480p 16:9", "832*480"),
          Map.entry("480p 9:16", "480*832"),
          Map.entry("480p 1:1", "624*624"),
          Map.entry("720p 1:1", "960*960"),
          Map.entry("720p 4:3", "1088*832"),
          Map.entry("720p 3:4", "832*1088"),
          Map.entry("1080p 1:1", "1440*1440"),
          Map.entry("1080p 4:3", "1632*1248"),
          Map.entry("1080p 3:4", "1248*1632"));

  /** Why no model of this name makes it, if none does. */
  Optional<String> impossible() {
    var frames = hasFirst() || hasLast();
    var apart = hasReferences() || (dialect() == WanDialect.WAN_3 && hasSound());
    if (frames && apart) {
      return Optional.of("this provider takes frames or references, not both");
    }
    return switch (dialect()) {
      case LEGACY ->
          hasLast()
              ? Optional.of("this model takes no last frame")
              : mismatch().or(this::unheardSound);
      case WAN_2_7 -> mismatch().or(this::unheardSound);
      case WAN_3 -> Optional.empty();
    };
  }

  /** Before Wan 3.0 one sound goes along, to models that make some, and beside no references. */
  private Optional<String> unheardSound() {
    var takesOne = dialect() == WanDialect.WAN_2_7 || makesSound(context.upstreamModel());
    var sounds = submission.referenceAudios().size();
    return sounds == 0 || (sounds == 1 && takesOne && mode() != Mode.R2V)
        ? Optional.empty()
        : Optional.of("this model does not take that many sounds beside what was given");
  }

  private Optional<String> mismatch() {
    if (hasLast() && !hasFirst()) {
      return Optional.of("this model takes a last frame only beside a first one");
    }
    var model = context.upstreamModel();
    return !WanDialect.namesMode(model) || model.contains(suffix(mode()))
        ? Optional.empty()
        : Optional.of("the model " + model + " does not make videos from what was given");
  }

  ObjectNode json() {
    var body = Json.body();
    body.put("model", model());
    var input = body.putObject("input").put("prompt", request().prompt());
    var parameters = body.putObject("parameters");
    switch (dialect()) {
      case LEGACY -> legacy(input, parameters);
      case WAN_2_7 -> wan27(input, parameters);
      case WAN_3 -> wan3(input, parameters);
    }
    parameters.put("duration", shape().seconds());
    copy(parameters, "seed", "seed");
    copy(parameters, "watermark", "watermark");
    return body;
  }

  private String model() {
    var named = context.upstreamModel();
    return dialect() == WanDialect.WAN_3 || WanDialect.namesMode(named)
        ? named
        : named + suffix(mode());
  }

  private void legacy(ObjectNode input, ObjectNode parameters) {
    switch (mode()) {
      case T2V -> parameters.put("size", size());
      case I2V -> {
        input.put("img_url", submission.firstFrame().orElseThrow().asText());
        parameters.put("resolution", resolution());
      }
      case R2V -> {
        var urls = input.putArray("reference_urls");
        submission.references().forEach(picture -> urls.add(picture.asText()));
        submission.referenceVideos().forEach(urls::add);
        parameters.put("size", size());
      }
    }
    copy(input, "negative_prompt", "negative_prompt");
    copy(parameters, "enhance_prompt", "prompt_extend");
    copy(parameters, "shot_type", "shot_type");
    submission.referenceAudios().forEach(url -> input.put("audio_url", url));
    if (makesSound(context.upstreamModel())) {
      parameters.put("audio", shape().audio());
    }
  }

  /** Before 2.5 videos are silent, and the word is refused. */
  private static boolean makesSound(String model) {
    return model.startsWith("wan2.5") || model.startsWith("wan2.6");
  }

  private void wan27(ObjectNode input, ObjectNode parameters) {
    parameters.put("resolution", resolution());
    switch (mode()) {
      case T2V -> {
        parameters.put("ratio", shape().ratio().toString());
        submission.referenceAudios().forEach(url -> input.put("audio_url", url));
      }
      case I2V -> {
        // One frame by its name; the list is for more, and takes the ratio from the picture as
        // well.
        if (hasLast() || hasSound()) {
          media(input);
        } else {
          input.put("img_url", submission.firstFrame().orElseThrow().asText());
        }
      }
      case R2V -> {
        media(input);
        parameters.put("ratio", shape().ratio().toString());
      }
    }
    copy(input, "negative_prompt", "negative_prompt");
    copy(parameters, "enhance_prompt", "prompt_extend");
  }

  private void wan3(ObjectNode input, ObjectNode parameters) {
    if (!submission.pictures().isEmpty() || !submission.clips().isEmpty()) {
      media(input);
    }
    parameters.put("resolution", resolution());
    parameters.put("ratio", shape().ratio().toString());
    parameters.put("audio", shape().audio());
    copy(parameters, "enhance_prompt", "prompt_extend");
  }

  private void media(ObjectNode input) {
    var media = input.putArray("media");
    submission.firstFrame().ifPresent(picture -> add(media, "first_frame", picture));
    submission.lastFrame().ifPresent(picture -> add(media, "last_frame", picture));
    submission.references().forEach(picture -> add(media, "reference_image", picture));
    submission.referenceVideos().forEach(url -> add(media, "reference_video", url));
    var sound = dialect() == WanDialect.WAN_3 ? "reference_audio" : "driving_audio";
    submission.referenceAudios().forEach(url -> add(media, sound, url));
  }

  private static void add(ArrayNode media, String type, SentPicture picture) {
    add(media, type, picture.asText());
  }

  private static void add(ArrayNode media, String type, String url) {
    media.addObject().put("type", type).put("url", url);
  }

  private void copy(ObjectNode into, String option, String theirs) {
    request().option(option).ifPresent(value -> Json.putOption(into, theirs, value));
  }

  private Mode mode() {
    return hasReferences() ? Mode.R2V : hasFirst() ? Mode.I2V : Mode.T2V;
  }

  private static String suffix(Mode mode) {
    return "-" + mode.name().toLowerCase(Locale.ROOT);
  }

  private String size() {
    var shape = shape();
    return SIZES.getOrDefault(
        shape.resolution() + " " + shape.ratio(), shape.width() + "*" + shape.height());
  }

  private String resolution() {
    return shape().resolution().equals(Resolution.P4K) ? "4K" : shape().resolution().lines() + "P";
  }

  private WanDialect dialect() {
    return WanDialect.of(context);
  }

  private boolean hasFirst() {
    return submission.firstFrame().isPresent();
  }

  private boolean hasLast() {
    return submission.lastFrame().isPresent();
  }

  private boolean hasReferences() {
    return !submission.references().isEmpty() || !submission.referenceVideos().isEmpty();
  }

  private boolean hasSound() {
    return !submission.referenceAudios().isEmpty();
  }

  private VideoRequest request() {
    return submission.request();
  }

  private Shape shape() {
    return request().shape();
  }
}
