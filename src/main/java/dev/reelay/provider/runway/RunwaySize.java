package dev.reelay.provider.runway;

import dev.reelay.money.Resolution;
import dev.reelay.routing.Shape;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** How a model wants its size: pixels with a colon, or a ratio beside a resolution. */
final class RunwaySize {
  /** Models of others that are asked as their makers ask them. */
  private static final List<String> BY_RATIO = List.of("hailuo3", "h3_max", "wan3");

  /** Runway's own models have these sizes only, which are not exactly of the ratio. */
  private static final Map<String, String> OWN =
      Map.of(
          "16:9", "1280:720",
          "9:16", "720:1280",
          "1:1", "960:960",
          "4:3", "1104:832",
          "3:4", "832:1104",
          "21:9", "1584:672");

  private RunwaySize() {}

  static void put(ObjectNode body, String model, Shape shape) {
    var ratio = shape.ratio().toString();
    if (BY_RATIO.stream().anyMatch(model::startsWith)) {
      body.put("ratio", ratio);
      body.put("resolution", shape.resolution().toString());
      return;
    }
    var pixels = shape.width() + ":" + shape.height();
    var own = model.startsWith("gen4") && shape.resolution().equals(Resolution.P720);
    body.put("ratio", own ? OWN.getOrDefault(ratio, pixels) : pixels);
  }
}
