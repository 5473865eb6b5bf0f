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
                      new Capability.Pictures(true, true, 0))))
          .can(
              Card.Feature.FIRST_FRAME,
              Card.Feature.LAST_FRAME,
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
              "Sizes are sent as pixels with a colon; to `hailuo3` and `grok_imagine_1_5` as ratio"
                  + " and resolution, to `h3_max` as resolution.",
              "Of text alone `gen4.5` makes 16:9 and 9:16 only. Sound and its absence are asked"
                  + " of Veo, Seedance and Wan, a negative prompt of Veo.");

  private RunwayCard() {}

  private static Card.OfferedModel own(String upstream, String suggested) {
    var seconds =
        Stream.concat(
                Stream.of(5),
                IntStream.rangeClosed(SECONDS_MIN, SECONDS_MAX).filter(s -> s != 5).boxed())
            .toList();
    return new Card.OfferedModel(
        upstream,
        suggested,
        new Capability(
            seconds,
            List.of(Resolution.P720),
            RATIOS,
            List.of(false),
            new Capability.Pictures(true, false, 0)));
  }
}
