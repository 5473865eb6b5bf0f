package dev.reelay.provider.kling;

import dev.reelay.money.Resolution;
import dev.reelay.provider.Card;
import dev.reelay.provider.Card.OfferedModel;
import dev.reelay.provider.Card.Setting;
import dev.reelay.routing.AspectRatio;
import dev.reelay.routing.Capability;
import dev.reelay.routing.Capability.Pictures;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What there is to know of Kling (vendor's documentation and price lists, November 2026). */
final class KlingCard {
  private static final Duration RESULT_LIFE = Duration.ofDays(30);
  private static final int SHORTEST_SECONDS = 3;
  private static final int LONGEST_SECONDS = 15;
  private static final int USUAL_SECONDS = 5;
  private static final List<Integer> FIVE_OR_TEN = List.of(5, 10);
  private static final List<Resolution> HD = List.of(Resolution.P720, Resolution.P1080);
  private static final List<Resolution> TO_4K =
      List.of(Resolution.P720, Resolution.P1080, Resolution.P4K);
  private static final List<AspectRatio> RATIOS =
      List.of(AspectRatio.LANDSCAPE, AspectRatio.PORTRAIT, AspectRatio.SQUARE);
  private static final List<Boolean> SOUND = List.of(true, false);
  private static final List<Boolean> SILENT = List.of(false);
  private static final Pictures FRAMES = new Pictures(true, true, 0);

  static final Card CARD =
      Card.of("Kling, both generations of its API", "an API key, or `access key:secret key`")
          .at("https://api-singapore.klingai.com")
          .settings(
              Setting.ability(
                  KlingProvider.GENERATION,
                  "which API a model is asked for by; by itself the model's name decides:"
                      + " `kling-v2-6` is of the old one, `kling-2.6` of the new one",
                  "",
                  KlingProvider.NEW,
                  KlingProvider.OLD))
          .models(
              model("kling-3.0", threeToFifteen(), TO_4K, SOUND, FRAMES),
              model("kling-3.0-turbo", threeToFifteen(), HD, SOUND, FRAMES),
              model("kling-2.6", FIVE_OR_TEN, HD, SOUND, FRAMES),
              model("kling-v3", threeToFifteen(), HD, SOUND, FRAMES),
              model("kling-v3-omni", threeToFifteen(), HD, SOUND, new Pictures(true, true, 7)),
              model("kling-v2-6", FIVE_OR_TEN, HD, SOUND, FRAMES),
              model("kling-v2-5-turbo", FIVE_OR_TEN, HD, SILENT, FRAMES),
              model("kling-v1-6", FIVE_OR_TEN, HD, SILENT, new Pictures(true, true, 4)))
          .can(
              Card.Feature.FIRST_FRAME,
              Card.Feature.LAST_FRAME,
              Card.Feature.REFERENCES,
              Card.Feature.AUDIO,
              Card.Feature.NEGATIVE_PROMPT)
          .results(RESULT_LIFE, false)
          .push(Card.Push.SIGNED_BY_SECRET)
          .cost(Card.Cost.UNITS)
          .notes(
              "For China the base URL is `https://api-beijing.klingai.com`.",
              "Of an access key and its secret key a token of 30 minutes is made for each call; one"
                  + " that is refused for its times is made once more by the clock of the answer.",
              "Code 1102 comes with status 429 and means that the resource pack is used up: the"
                  + " task then goes to another channel.",
              "Units are counted in hundredths: a price for each unit is one for 0.01 of Kling's.",
              "References and negative prompts are sent in the old generation only; a video that"
                  + " begins with a picture has that picture's ratio.",
              "The new generation documents addresses of pictures only: with `generation: new`"
                  + " stored pictures are given as addresses of this relay, where it has a public"
                  + " one.",
              "The new generation signs callbacks in the way of Standard Webhooks with a secret"
                  + " `whsec_…` of the account; that is known from notes and was not checked. Give"
                  + " the secret by `reelay channel callback-secret`, and such a callback without a"
                  + " right signature of the last five minutes is refused. One of the old"
                  + " generation is checked only where it is signed.",
              "It cannot cancel.");

  private KlingCard() {}

  private static List<Integer> threeToFifteen() {
    return Stream.concat(
            Stream.of(USUAL_SECONDS),
            IntStream.rangeClosed(SHORTEST_SECONDS, LONGEST_SECONDS).boxed())
        .distinct()
        .toList();
  }

  private static OfferedModel model(
      String name,
      List<Integer> seconds,
      List<Resolution> resolutions,
      List<Boolean> audio,
      Pictures pictures) {
    return new OfferedModel(
        name, name, new Capability(seconds, resolutions, RATIOS, audio, pictures));
  }
}
