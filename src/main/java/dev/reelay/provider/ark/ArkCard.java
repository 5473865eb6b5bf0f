package dev.reelay.provider.ark;

import dev.reelay.money.Resolution;
import dev.reelay.provider.Card;
import dev.reelay.provider.Card.OfferedModel;
import dev.reelay.routing.AspectRatio;
import dev.reelay.routing.Capability;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What there is to know of Ark and ModelArk. */
final class ArkCard {
  private static final Duration RESULT_LIFE = Duration.ofHours(24);
  private static final int REFERENCES_MAX = 9;
  private static final List<AspectRatio> RATIOS =
      Stream.of("16:9", "9:16", "1:1", "4:3", "3:4", "21:9").map(AspectRatio::parse).toList();
  private static final List<Resolution> UP_TO_720 = List.of(Resolution.P720, Resolution.P480);
  private static final List<Resolution> UP_TO_1080 =
      List.of(Resolution.P720, Resolution.P480, Resolution.P1080);

  static final Card CARD =
      Card.of("Volcengine Ark and BytePlus ModelArk: Seedance", "an Ark API key of that site")
          .at("https://ark.ap-southeast.bytepluses.com/api/v3")
          .settings(
              Card.Setting.ability(
                  ArkProvider.LIST,
                  "the account's list resolves a lost answer if just one job fits; `complete` if"
                      + " you trust it to leave out none: a job that is not in it is then asked for"
                      + " again",
                  "match",
                  "complete"))
          .models(
              model("dreamina-seedance-2-5-260628", "seedance-2.5", clips(10, 30), UP_TO_720),
              model("dreamina-seedance-2-0-260128", "seedance-2.0", clips(3, 15), UP_TO_1080),
              model(
                  "dreamina-seedance-2-0-fast-260128",
                  "seedance-2.0-fast",
                  clips(3, 15),
                  UP_TO_720),
              frames("seedance-1-5-pro-251215", "seedance-1.5-pro", 4, 12, UP_TO_1080))
          .can(
              Card.Feature.FIRST_FRAME,
              Card.Feature.LAST_FRAME,
              Card.Feature.REFERENCES,
              Card.Feature.REFERENCE_VIDEO,
              Card.Feature.REFERENCE_AUDIO,
              Card.Feature.AUDIO,
              Card.Feature.SEED)
          .results(RESULT_LIFE, false)
          .push(Card.Push.SECRET_ADDRESS)
          .cost(Card.Cost.TOKENS)
          .checked(Card.Evidence.VENDOR_SDK)
          .notes(
              "In China the base URL is `https://ark.cn-beijing.volces.com/api/v3`, the models"
                  + " begin with `doubao-`, and the keys are others. A model may also be an"
                  + " endpoint `ep-…`.",
              "Frames and references exclude each other; a last frame needs a first one.",
              "Reference videos and sounds are for Seedance 2: three of a kind and 15 seconds in"
                  + " all, with 2.5 ten and 30. With 2.0 a sound needs a picture or a video beside"
                  + " it; they refuse what is more.",
              "Only a job that still waits can be canceled: the same call throws away the record of"
                  + " one that has ended, so the job is looked at first.",
              "The options `watermark`, `camera_fixed` and `service_tier` (`flex` is half the price"
                  + " and slow) go along; there is no negative prompt.",
              "The list shows no prompts, and for endpoints not the name that was asked for.");

  private ArkCard() {}

  private static OfferedModel model(
      String upstream, String suggested, Capability.Clips clips, List<Resolution> resolutions) {
    var pictures = new Capability.Pictures(true, true, REFERENCES_MAX);
    var offered = offered(upstream, suggested, seconds(4, 15), resolutions, pictures);
    return new OfferedModel(upstream, suggested, offered.capability().taking(pictures, clips));
  }

  private static Capability.Clips clips(int most, int secondsMax) {
    var bound = new Capability.Clips.Bound(most, secondsMax);
    return new Capability.Clips(bound, bound);
  }

  private static OfferedModel frames(
      String upstream, String suggested, int least, int most, List<Resolution> resolutions) {
    var pictures = new Capability.Pictures(true, true, 0);
    return offered(upstream, suggested, seconds(least, most), resolutions, pictures);
  }

  private static OfferedModel offered(
      String upstream,
      String suggested,
      List<Integer> seconds,
      List<Resolution> resolutions,
      Capability.Pictures pictures) {
    var audio = List.of(true, false);
    return new OfferedModel(
        upstream, suggested, new Capability(seconds, resolutions, RATIOS, audio, pictures));
  }

  /** Five seconds are the usual length everywhere. */
  private static List<Integer> seconds(int least, int most) {
    return Stream.concat(
            Stream.of(5), IntStream.rangeClosed(least, most).filter(s -> s != 5).boxed())
        .toList();
  }
}
