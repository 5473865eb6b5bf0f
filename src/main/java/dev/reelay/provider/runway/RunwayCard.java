package dev.reelay.provider.runway;

import dev.reelay.money.Resolution;
import dev.reelay.provider.Card;
import dev.reelay.routing.AspectRatio;
import dev.reelay.routing.Capability;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What there is to know of Runway. */
final class RunwayCard {
  private static final Duration RESULT_LIFE = Duration.ofHours(24);
  private static final int SECONDS_MIN = 2;
  private static final int SECONDS_MAX = 10;
  private static final List<AspectRatio> RATIOS =
      Stream.of("16:9", "9:16", "1:1", "4:3", "3:4", "21:9").map(AspectRatio::parse).toList();
  private static final List<AspectRatio> WAN_RATIOS =
      Stream.of("16:9", "9:16", "1:1", "4:3", "3:4").map(AspectRatio::parse).toList();
  private static final List<Resolution> UP_TO_1080 =
      List.of(Resolution.P720, Resolution.P480, Resolution.P1080);
  private static final int OTHERS_SECONDS_MAX = 15;

  /** All of a kind together; how many there may be is not said, the makers take three. */
  private static final Capability.Clips.Bound CLIPS = new Capability.Clips.Bound(3, 15);

  private static final List<AspectRatio> WIDE_OR_HIGH =
      List.of(AspectRatio.LANDSCAPE, AspectRatio.PORTRAIT);

  static final Card CARD =
      Card.of("Runway, also with models of other makers", "a Runway API key")
          .at("https://api.dev.runwayml.com")
          .models(
              own("gen4.5", "gen-4.5"),
              own("gen4_turbo", "gen-4-turbo"),
              new Card.OfferedModel(
                  "veo3.1",
                  "veo-3.1",
                  new Capability(
                      List.of(8, 4, 6),
                      List.of(Resolution.P720, Resolution.P1080),
                      WIDE_OR_HIGH,
                      List.of(true, false),
                      new Capability.Pictures(true, true, 0))),
              others("seedance2_5", "seedance-2.5", 4, UP_TO_1080, RATIOS, 9),
              others("wan3", "wan-3.0", 2, UP_TO_1080, WAN_RATIOS, 10))
          .can(
              Card.Feature.FIRST_FRAME,
              Card.Feature.LAST_FRAME,
              Card.Feature.REFERENCES,
              Card.Feature.REFERENCE_VIDEO,
              Card.Feature.REFERENCE_AUDIO,
              Card.Feature.AUDIO,
              Card.Feature.SEED,
              Card.Feature.NEGATIVE_PROMPT)
          .results(RESULT_LIFE, false)
          .cost(Card.Cost.UNITS)
          .checked(Card.Evidence.VENDOR_SDK)
          .notes(
              "Nothing tells of a create whose answer got lost: such a task waits for the operator"
                  + " or its deadline.",
              "`gen4_turbo` makes videos of a first frame only. Whether a model takes a last frame"
                  + " is said on its page; a last frame needs a first one.",
              "A result's address is renewed whenever the task is asked for, which the relay does"
                  + " before each further try to fetch it.",
              "Sizes are sent as the pixels that each model knows; to `hailuo3` and"
                  + " `grok_imagine_1_5` as ratio and resolution, to `h3_max` as resolution. Wan"
                  + " with a first frame is asked for `auto_720p` and the like, since it follows"
                  + " its picture.",
              "Of text alone `gen4.5` makes 16:9 and 9:16 only. Sound and its absence are asked"
                  + " of Veo, Seedance and Wan, a negative prompt of Veo, a seed of Runway's own,"
                  + " Veo, Seedance and `h3_max`: others refuse the word, so it is left out.",
              "Frames and references exclude each other. Seedance, Wan and Hailuo take pictures,"
                  + " videos and sounds to refer to, Grok pictures and sounds, Omni 1.1 pictures"
                  + " and videos. The lengths of these models are those of their makers.");

  private RunwayCard() {}

  private static Card.OfferedModel own(String upstream, String suggested) {
    return new Card.OfferedModel(
        upstream,
        suggested,
        new Capability(
            seconds(SECONDS_MIN, SECONDS_MAX),
            List.of(Resolution.P720),
            RATIOS,
            List.of(false),
            new Capability.Pictures(true, false, 0)));
  }

  /** Of another maker, with everything that it takes. */
  private static Card.OfferedModel others(
      String upstream,
      String suggested,
      int shortest,
      List<Resolution> resolutions,
      List<AspectRatio> ratios,
      int referencesMax) {
    return new Card.OfferedModel(
        upstream,
        suggested,
        new Capability(
            seconds(shortest, OTHERS_SECONDS_MAX),
            resolutions,
            ratios,
            List.of(true, false),
            new Capability.Pictures(true, true, referencesMax),
            new Capability.Clips(CLIPS, CLIPS)));
  }

  /** Five seconds are the usual length. */
  private static List<Integer> seconds(int least, int most) {
    return Stream.concat(
            Stream.of(5), IntStream.rangeClosed(least, most).filter(s -> s != 5).boxed())
        .toList();
  }
}
