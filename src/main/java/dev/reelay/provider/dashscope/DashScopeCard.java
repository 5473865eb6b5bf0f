package dev.reelay.provider.dashscope;

import dev.reelay.money.Resolution;
import dev.reelay.provider.Card;
import dev.reelay.provider.Card.OfferedModel;
import dev.reelay.routing.AspectRatio;
import dev.reelay.routing.Capability;
import dev.reelay.routing.Capability.Clips;
import dev.reelay.routing.Capability.Clips.Bound;
import dev.reelay.routing.Capability.Pictures;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What there is to know of DashScope. */
final class DashScopeCard {
  private static final int REFERENCES_MAX = 10;
  private static final List<AspectRatio> RATIOS =
      Stream.of("16:9", "9:16", "1:1", "4:3", "3:4").map(AspectRatio::parse).toList();
  private static final List<Resolution> BOTH = List.of(Resolution.P720, Resolution.P1080);
  private static final List<Resolution> ALL =
      List.of(Resolution.P720, Resolution.P480, Resolution.P1080);
  private static final List<Boolean> WITH_OR_WITHOUT = List.of(true, false);

  static final Card CARD =
      Card.of("Alibaba Cloud Model Studio (DashScope): Wan", "an API key of that region")
          .at("https://dashscope-intl.aliyuncs.com")
          .settings(
              new Card.Setting(
                  DashScopeProvider.DIALECT,
                  "how a model is asked; by its name if nothing is set, and as Wan 3.0 if the name"
                      + " tells nothing",
                  List.of("auto", "legacy", "wan2.7", "wan3")),
              Card.Setting.ability(
                  DashScopeProvider.LIST,
                  "the account's list resolves a lost answer if just one task fits; `complete` if"
                      + " you trust it to leave out none: a task that is not in it is then asked"
                      + " for again",
                  "match",
                  "complete"))
          .models(
              new OfferedModel(
                  "wan3.0-video",
                  "wan-3.0",
                  new Capability(
                      seconds(2, 15),
                      ALL,
                      RATIOS,
                      WITH_OR_WITHOUT,
                      new Pictures(true, true, REFERENCES_MAX),
                      new Clips(new Bound(5, 15), new Bound(5, 15)))),
              new OfferedModel(
                  "wan2.7",
                  "wan-2.7",
                  new Capability(
                      seconds(2, 15),
                      BOTH,
                      RATIOS,
                      List.of(true),
                      new Pictures(true, true, 5),
                      new Clips(new Bound(5, 0), new Bound(1, 0, true)))),
              new OfferedModel(
                  "wan2.6",
                  "wan-2.6",
                  new Capability(
                      List.of(5, 10, 15),
                      BOTH,
                      RATIOS,
                      WITH_OR_WITHOUT,
                      Pictures.upTo(3),
                      new Clips(new Bound(3, 0), new Bound(1, 0, true)))))
          .can(
              Card.Feature.FIRST_FRAME,
              Card.Feature.LAST_FRAME,
              Card.Feature.REFERENCES,
              Card.Feature.REFERENCE_VIDEO,
              Card.Feature.REFERENCE_AUDIO,
              Card.Feature.AUDIO,
              Card.Feature.SEED,
              Card.Feature.NEGATIVE_PROMPT)
          .results(DashScopeProvider.RECORD_LIFE, false)
          .cost(Card.Cost.UNITS)
          .checked(Card.Evidence.VENDOR_SDK)
          .notes(
              "In China the base URL is `https://dashscope.aliyuncs.com`; a key belongs to its"
                  + " region.",
              "A name without a mode, such as `wan2.6` or `wan2.7`, gets `-t2v`, `-i2v` or `-r2v`"
                  + " by what a request brings.",
              "Up to Wan 2.6 there is no last frame; Wan 2.7 is never silent; Wan 3.0 has no"
                  + " negative prompt.",
              "Wan 3.0 takes reference videos and sounds of 15 seconds in all of a kind, apart from"
                  + " frames. Before it one sound goes to videos of texts and of a first frame, and"
                  + " videos are references only.",
              "Tasks and results are gone after 24 hours, also for a relay that slept: such a task"
                  + " fails as lost and costs nothing here.",
              "Twenty questions a second are allowed to an account over all of its keys: set"
                  + " `--polls-per-minute 1200`, divided by the number of relays and keys.",
              "Only a task that still waits can be canceled. Units are the seconds that are"
                  + " billed.");

  private DashScopeCard() {}

  /** Five seconds are the usual length. */
  private static List<Integer> seconds(int least, int most) {
    return Stream.concat(
            Stream.of(5), IntStream.rangeClosed(least, most).filter(s -> s != 5).boxed())
        .toList();
  }
}
