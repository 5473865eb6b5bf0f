package dev.reelay.store;

import dev.reelay.money.Resolution;
import dev.reelay.routing.AspectRatio;
import dev.reelay.routing.Capability;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A model's capability as the database keeps it. The field names are stored and never change. */
final class CapabilityJson {
  private static final JsonMapper JSON = JsonMapper.shared();

  private CapabilityJson() {}

  static String write(Capability capability) {
    var root = JSON.createObjectNode();
    var seconds = root.putArray("seconds");
    capability.seconds().forEach(seconds::add);
    var resolutions = root.putArray("resolutions");
    capability.resolutions().forEach(resolution -> resolutions.add(resolution.toString()));
    var ratios = root.putArray("ratios");
    capability.ratios().forEach(ratio -> ratios.add(ratio.toString()));
    var audio = root.putArray("audio");
    capability.audio().forEach(audio::add);
    var pictures = capability.pictures();
    root.putObject("pictures")
        .put("first_frame", pictures.firstFrame())
        .put("last_frame", pictures.lastFrame())
        .put("references_max", pictures.referencesMax())
        .put("together", pictures.together());
    var clips = root.putObject("clips");
    write(clips.putObject("videos"), capability.clips().videos());
    write(clips.putObject("audios"), capability.clips().audios());
    return root.toString();
  }

  static Capability read(String json) {
    var root = JSON.readTree(json);
    return new Capability(
        list(root, "seconds", JsonNode::asInt),
        list(root, "resolutions", node -> Resolution.parse(node.asString())),
        list(root, "ratios", node -> AspectRatio.parse(node.asString())),
        list(root, "audio", JsonNode::asBoolean),
        pictures(root),
        clips(root));
  }

  private static void write(ObjectNode node, Capability.Clips.Bound bound) {
    node.put("most", bound.most())
        .put("seconds_max", bound.secondsMax())
        .put("beside_frames", bound.besideFrames());
  }

  /** Rows from before there were clips say nothing of them. */
  private static Capability.Clips clips(JsonNode root) {
    return root.has("clips")
        ? new Capability.Clips(
            bound(root.required("clips").required("videos")),
            bound(root.required("clips").required("audios")))
        : Capability.Clips.NONE;
  }

  private static Capability.Clips.Bound bound(JsonNode node) {
    return new Capability.Clips.Bound(
        node.required("most").asInt(),
        node.required("seconds_max").asInt(),
        node.required("beside_frames").asBoolean());
  }

  /** Rows from before pictures had roles say how many only. */
  private static Capability.Pictures pictures(JsonNode root) {
    if (!root.has("pictures")) {
      return Capability.Pictures.upTo(root.required("images_max").asInt());
    }
    var pictures = root.required("pictures");
    return new Capability.Pictures(
        pictures.required("first_frame").asBoolean(),
        pictures.required("last_frame").asBoolean(),
        pictures.required("references_max").asInt(),
        pictures.required("together").asBoolean());
  }

  private static <T> List<T> list(JsonNode root, String field, Function<JsonNode, T> read) {
    return root.required(field).valueStream().map(read).toList();
  }
}
