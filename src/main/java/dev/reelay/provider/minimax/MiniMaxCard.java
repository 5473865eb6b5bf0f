package dev.reelay.provider.minimax;

import dev.reelay.money.Resolution;
import dev.reelay.provider.Card;
import dev.reelay.provider.Card.OfferedModel;
import dev.reelay.routing.AspectRatio;
import dev.reelay.routing.Capability;
import dev.reelay.routing.Capability.Pictures;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What there is to know of MiniMax (vendor's documentation and price lists, November 2026). */
final class MiniMaxCard {
  /** The shortest that was seen documented; up to nine hours are. */
  private static final Duration RESULT_LIFE = Duration.ofHours(1);

  private static final int USUAL_SECONDS = 5;
  private static final int LONGEST_SECONDS = 15;
  private static final Resolution P768 = new Resolution(768);

  /** What they call 2K. */
  private static final Resolution P1440 = new Resolution(1440);

  private static final List<AspectRatio> RATIOS =
      Stream.of("16:9", "9:16", "1:1", "4:3", "3:4", "21:9").map(AspectRatio::parse).toList();
  private static final int REFERENCES_MAX = 9;
  private static final int CLIPS_MAX = 3;

  static final Card CARD =
      Card.of("MiniMax: Hailuo by the first version of its API, H3 by the second", "an API key")
          .at("https://api.minimax.io")
          .models(
              withClips(
                  h3(
                      "MiniMax-H3",
                      4,
                      List.of(P768, P1440),
                      new Pictures(true, true, REFERENCES_MAX))),
              h3("MiniMax-H3-Max", 5, List.of(P768, Resolution.P480), new Pictures(true, true, 0)),
              hailuo("MiniMax-Hailuo-2.3", new Pictures(true, false, 0)),
              hailuo("MiniMax-Hailuo-02", new Pictures(true, true, 0)))
          .can(
              Card.Feature.FIRST_FRAME,
              Card.Feature.LAST_FRAME,
              Card.Feature.REFERENCES,
              Card.Feature.REFERENCE_VIDEO,
              Card.Feature.REFERENCE_AUDIO)
          .results(RESULT_LIFE, false)
          .push(Card.Push.CHALLENGE)
          .cost(Card.Cost.UNITS)
          .checked(Card.Evidence.VENDOR_SDK)
          .notes(
              "For China the base URL is `https://api.minimaxi.com`; keys of the one are unknown to"
                  + " the other.",
              "The model decides the version: `MiniMax-H3…` is asked for by `/v2`, all else by"
                  + " `/v1`. Only `/v2` lists jobs, cancels those that still wait, and tells the"
                  + " seconds that are billed.",
              "Sound is not chosen: H3 always has it, Hailuo never. There is no seed and no"
                  + " negative prompt.",
              "Reference videos and sounds are for `MiniMax-H3`, a sound only beside a picture or a"
                  + " video.",
              "The ratio is sent for videos without first and last frame, and by `/v2` only.",
              "`enhance_prompt` is their `prompt_optimizer`, in `/v1` only.",
              "The spelling of the list was not found documented: what it answers is read with"
                  + " care, and is no proof that a job does not exist.",
              "Callbacks carry no signature; a challenge is answered only at an address that this"
                  + " relay gave.",
              "They publish 300 calls a minute and 30 jobs at once for H3, 20 calls a minute for"
                  + " Hailuo, and polls of 10 s.",
              "Jobs can be asked for during seven days.");

  private MiniMaxCard() {}

  private static OfferedModel h3(
      String name, int shortest, List<Resolution> resolutions, Pictures pictures) {
    var seconds =
        Stream.concat(
                Stream.of(USUAL_SECONDS), IntStream.rangeClosed(shortest, LONGEST_SECONDS).boxed())
            .distinct()
            .toList();
    return new OfferedModel(
        name, name, new Capability(seconds, resolutions, RATIOS, List.of(true), pictures));
  }

  private static OfferedModel withClips(OfferedModel model) {
    var can = model.capability();
    var bound = new Capability.Clips.Bound(CLIPS_MAX, 0);
    return new OfferedModel(
        model.upstream(),
        model.suggested(),
        can.taking(can.pictures(), new Capability.Clips(bound, bound)));
  }

  private static OfferedModel hailuo(String name, Pictures pictures) {
    return new OfferedModel(
        name,
        name,
        new Capability(
            List.of(6, 10),
            List.of(P768, Resolution.P1080),
            List.of(AspectRatio.LANDSCAPE),
            List.of(false),
            pictures));
  }
}
