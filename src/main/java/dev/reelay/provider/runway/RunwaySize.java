package dev.reelay.provider.runway;

import dev.reelay.money.Resolution;
import dev.reelay.routing.Shape;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a family wants its size: pixels with a colon, a ratio beside a resolution, or a resolution
 * alone (types of the SDK 4.20.1).
 */
final class RunwaySize {
  /** Runway's own have these only, which are not exactly of the ratio. */
  private static final Map<String, String> OWN =
      Map.of(
          "720p 1:1", "960:960",
          "720p 4:3", "1104:832",
          "720p 3:4", "832:1104",
          "720p 21:9", "1584:672");

  private static final Map<String, String> SEEDANCE =
      Map.ofEntries(
          Map.entry("480p 21:9", "992:432"),
          Map.entry("480p 4:3", "752:560"),
          Map.entry("480p 1:1", "640:640"),
          Map.entry("480p 3:4", "560:752"),
          Map.entry("720p 21:9", "1470:630"),
          Map.entry("720p 4:3", "1112:834"),
          Map.entry("720p 1:1", "960:960"),
          Map.entry("720p 3:4", "834:1112"),
          Map.entry("1080p 21:9", "2206:946"),
          Map.entry("1080p 4:3", "1664:1248"),
          Map.entry("1080p 1:1", "1440:1440"),
          Map.entry("1080p 3:4", "1248:1664"),
          Map.entry("4k 21:9", "3840:1646"),
          Map.entry("4k 4:3", "3840:2880"),
          Map.entry("4k 1:1", "3840:3840"),
          Map.entry("4k 3:4", "2880:3840"));

  /** The one resolution in which two generations of Seedance differ. */
  private static final Map<String, String> SEEDANCE_2 =
      Map.of("480p 16:9", "864:496", "480p 9:16", "496:864");

  private static final Map<String, String> SEEDANCE_2_5 =
      Map.of("480p 16:9", "854:480", "480p 9:16", "480:854");

  private static final Map<String, String> WAN =
      Map.ofEntries(
          Map.entry("480p 16:9", "832:480"),
          Map.entry("480p 4:3", "720:544"),
          Map.entry("480p 1:1", "624:624"),
          Map.entry("480p 3:4", "544:720"),
          Map.entry("480p 9:16", "480:832"),
          Map.entry("720p 4:3", "1104:832"),
          Map.entry("720p 1:1", "960:960"),
          Map.entry("720p 3:4", "832:1104"),
          Map.entry("1080p 4:3", "1648:1248"),
          Map.entry("1080p 1:1", "1440:1440"),
          Map.entry("1080p 3:4", "1248:1648"));

  private static final Map<String, String> HAPPYHORSE =
      Map.of(
          "720p 1:1", "960:960",
          "720p 4:3", "1108:832",
          "720p 3:4", "832:1108",
          "1080p 1:1", "1440:1440",
          "1080p 4:3", "1662:1248",
          "1080p 3:4", "1248:1662");

  private static final Resolution P768 = new Resolution(768);

  private RunwaySize() {}

  /**
   * @param pictured the video begins with a picture, whose ratio some follow
   */
  static void put(ObjectNode body, RunwayFamily family, Shape shape, boolean pictured) {
    switch (family) {
      case OWN -> putPixels(body, shape, OWN);
      case SEEDANCE_2 -> putPixels(body, shape, SEEDANCE, SEEDANCE_2);
      case SEEDANCE_2_5 -> putPixels(body, shape, SEEDANCE, SEEDANCE_2_5);
      case VEO, OMNI_1_1, OTHER -> putPixels(body, shape);
      case WAN -> {
        if (pictured) {
          body.put("ratio", "auto_" + shape.resolution());
        } else {
          putPixels(body, shape, WAN);
        }
      }
      case HAPPYHORSE -> {
        if (pictured) {
          body.put("resolution", shape.resolution().toString());
        } else {
          putPixels(body, shape, HAPPYHORSE);
        }
      }
      case HAILUO ->
          body.put("resolution", shape.resolution().compareTo(P768) > 0 ? "2k" : "768p")
              .put("ratio", shape.ratio().toString());
      case GROK -> {
        body.put("resolution", shape.resolution().toString());
        if (!pictured) {
          body.put("ratio", shape.ratio().toString());
        }
      }
      case H3_MAX -> body.put("resolution", shape.resolution().toString());
    }
  }

  /** By the first table that has them, else as they are exactly. */
  @SafeVarargs
  private static void putPixels(ObjectNode body, Shape shape, Map<String, String>... tables) {
    var key = shape.resolution() + " " + shape.ratio();
    var pixels = shape.width() + ":" + shape.height();
    for (var table : tables) {
      pixels = table.getOrDefault(key, pixels);
    }
    body.put("ratio", pixels);
  }
}
