package dev.reelay.provider.runway;

import dev.reelay.money.Resolution;
import dev.reelay.routing.Shape;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a model wants its size: pixels with a colon, a ratio beside a resolution, or a resolution
 * alone (types of the SDK 4.20.1).
 */
final class RunwaySize {
  /** Asked as their makers ask them. */
  private static final List<String> BY_RATIO = List.of("hailuo3", "grok_imagine");

  /** The picture or the maker decides the ratio; the field is not known there. */
  private static final List<String> BY_RESOLUTION = List.of("h3_max");

  /** These follow their picture, and know a ratio only without one. */
  private static final List<String> RATIO_OF_PICTURE = List.of("grok_imagine", "happyhorse");

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

  /**
   * @param pictured the video begins with a picture
   */
  static void put(ObjectNode body, String model, Shape shape, boolean pictured) {
    var followsPicture = pictured && is(model, RATIO_OF_PICTURE);
    if (is(model, BY_RATIO) || is(model, BY_RESOLUTION) || followsPicture) {
      body.put("resolution", shape.resolution().toString());
    }
    if (!is(model, BY_RESOLUTION) && !followsPicture) {
      body.put("ratio", is(model, BY_RATIO) ? shape.ratio().toString() : pixels(model, shape));
    }
  }

  private static boolean is(String model, List<String> beginnings) {
    return beginnings.stream().anyMatch(model::startsWith);
  }

  private static String pixels(String model, Shape shape) {
    var exact = shape.width() + ":" + shape.height();
    var own = model.startsWith("gen4") && shape.resolution().equals(Resolution.P720);
    return own ? OWN.getOrDefault(shape.ratio().toString(), exact) : exact;
  }
}
