package dev.reelay.routing;

import static dev.reelay.money.Resolution.P1080;
import static dev.reelay.money.Resolution.P480;
import static dev.reelay.money.Resolution.P720;
import static dev.reelay.routing.AspectRatio.LANDSCAPE;
import static dev.reelay.routing.AspectRatio.PORTRAIT;
import static dev.reelay.routing.AspectRatio.SQUARE;

import dev.reelay.money.Money;
import dev.reelay.money.Price;
import dev.reelay.money.Rate;
import dev.reelay.money.Rates;
import dev.reelay.money.Resolution;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the sandbox offers: models under the names that clients know, made-up prices at which a
 * balance of 5.00 makes a dozen videos, and aliases for the other names of the unified format. The
 * sandbox takes pictures and clips and never fetches them.
 */
public final class SandboxCatalogue {
  /** The model that the sandbox serves even beside real channels. */
  public static final ModelName ALWAYS = new ModelName("sandbox-video");

  /** A place holder: the sandbox listens on another port in each run. */
  public static final URI BASE_URL = URI.create("http://sandbox.invalid");

  public static final String CHANNEL_NAME = "sandbox";

  /** Grows with what this class says, so that an upgrade installs what is new. */
  public static final int EDITION = 1;

  private static final ModelName SORA = new ModelName("sora-2");
  private static final ModelName SORA_PRO = new ModelName("sora-2-pro");
  private static final ModelName VEO_FAST = new ModelName("veo3.1-fast");
  private static final int REFERENCES_MAX = 10;
  private static final int CLIPS_MAX = 3;
  private static final Capability.Pictures PICTURES =
      new Capability.Pictures(true, true, REFERENCES_MAX);
  private static final Capability.Clips CLIPS =
      new Capability.Clips(
          new Capability.Clips.Bound(CLIPS_MAX, 0), new Capability.Clips.Bound(CLIPS_MAX, 0));
  private static final List<Boolean> SILENT = List.of(false);

  private SandboxCatalogue() {}

  public static List<Model> models() {
    return List.of(
        new Model(
            ALWAYS,
            capability(
                List.of(5, 1, 2, 3, 4, 6, 8, 10, 12, 15),
                List.of(P720, P480, P1080),
                List.of(
                    LANDSCAPE,
                    PORTRAIT,
                    SQUARE,
                    new AspectRatio(4, 3),
                    new AspectRatio(3, 4),
                    new AspectRatio(3, 2),
                    new AspectRatio(2, 3)))),
        new Model(
            SORA,
            capability(
                List.of(4, 5, 8, 10, 12, 15), List.of(P720), List.of(LANDSCAPE, PORTRAIT, SQUARE))),
        new Model(
            SORA_PRO,
            capability(
                List.of(4, 5, 8, 10, 12, 15, 25),
                List.of(P720, P1080),
                List.of(LANDSCAPE, PORTRAIT, SQUARE))),
        new Model(
            VEO_FAST,
            capability(List.of(8, 4, 5, 6, 10), List.of(P720), List.of(LANDSCAPE, PORTRAIT))));
  }

  /** In dollars: 0.01 a video, 0.05 a second, 0.10 or 0.16 a second by size, 0.40 a video. */
  public static Map<ModelName, Price> prices() {
    return Map.of(
        ALWAYS,
        new Price.PerVideo(Rates.flat(Money.parse("0.01"))),
        SORA,
        new Price.PerSecond(Rates.flat(Money.parse("0.05"))),
        SORA_PRO,
        new Price.PerSecond(new Rates(List.of(rate(P720, "0.10"), rate(P1080, "0.16")))),
        VEO_FAST,
        new Price.PerVideo(Rates.flat(Money.parse("0.40"))));
  }

  /** The other names of the unified format, each an alias of the nearest of ours. */
  public static List<Alias> aliases() {
    return Stream.of(
            of(SORA, "sora-2-all", "grok-video-3", "grok-imagine-video"),
            of(SORA, "grok-video-3-pro", "grok-video-3-max"),
            of(VEO_FAST, "veo2", "veo2-fast", "veo2-pro", "veo2-fast-frames"),
            of(VEO_FAST, "veo2-fast-components", "veo2-pro-components"),
            of(VEO_FAST, "veo3", "veo3-fast", "veo3-pro"),
            of(VEO_FAST, "veo3-frames", "veo3-fast-frames", "veo3-pro-frames"),
            of(VEO_FAST, "veo3.1", "veo3.1-pro", "veo3.1-4k", "veo3.1-pro-4k"),
            of(VEO_FAST, "veo3.1-components", "veo3.1-fast-components", "veo3.1-components-4k"),
            of(VEO_FAST, "veo_3_1", "veo_3_1-fast", "veo_3_1-lite"),
            of(VEO_FAST, "veo_3_1-4K", "veo_3_1-fast-4K", "veo_3_1-lite-4K"),
            of(VEO_FAST, "veo-3.1", "veo-3.1-fast"),
            of(ALWAYS, "jimeng-video-3.0", "jimeng-video-2.0"),
            of(ALWAYS, "viduq3-pro", "viduq2-pro", "viduq2-pro-fast", "viduq2-turbo"),
            of(ALWAYS, "viduq1", "vidu2.0"),
            of(ALWAYS, "wan-ai/wan2.1-t2v-14b", "wan-ai/wan2.1-i2v-14b-720p"),
            of(ALWAYS, "seedance-lite", "kling-video"))
        .flatMap(List::stream)
        .toList();
  }

  private static Capability capability(
      List<Integer> seconds, List<Resolution> resolutions, List<AspectRatio> ratios) {
    return new Capability(seconds, resolutions, ratios, SILENT, PICTURES, CLIPS);
  }

  private static Rate rate(Resolution resolution, String amountPerSecond) {
    return new Rate(Optional.of(resolution), Optional.empty(), Money.parse(amountPerSecond));
  }

  private static List<Alias> of(ModelName target, String... names) {
    return Stream.of(names).map(name -> new Alias(new ModelName(name), List.of(target))).toList();
  }
}
