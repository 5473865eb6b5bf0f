package dev.reelay.store;

import dev.reelay.money.Resolution;
import dev.reelay.routing.AspectRatio;
import dev.reelay.routing.Capability;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

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
    return root.put("images_max", capability.imagesMax()).toString();
  }

  static Capability read(String json) {
    var root = JSON.readTree(json);
    return new Capability(
        list(root, "seconds", JsonNode::asInt),
        list(root, "resolutions", node -> Resolution.parse(node.asString())),
        list(root, "ratios", node -> AspectRatio.parse(node.asString())),
        list(root, "audio", JsonNode::asBoolean),
        root.required("images_max").asInt());
  }

  private static <T> List<T> list(JsonNode root, String field, Function<JsonNode, T> read) {
    return root.required(field).valueStream().map(read).toList();
  }
}
