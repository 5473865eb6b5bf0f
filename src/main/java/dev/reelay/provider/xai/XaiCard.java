package dev.reelay.provider.xai;

import dev.reelay.money.Resolution;
import dev.reelay.provider.Card;
import dev.reelay.provider.Card.OfferedModel;
import dev.reelay.routing.AspectRatio;
import dev.reelay.routing.Capability;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What there is to know of xAI. */
final class XaiCard {
  private static final int SECONDS_MAX = 15;
  private static final int USUAL_SECONDS = 6;
  private static final int REFERENCES_MAX = 7;
  private static final Capability.Clips CLIPS =
      new Capability.Clips(new Capability.Clips.Bound(1, 0), new Capability.Clips.Bound(3, 0));
  private static final List<AspectRatio> RATIOS =
      Stream.of("16:9", "9:16", "1:1", "4:3", "3:4", "3:2", "2:3").map(AspectRatio::parse).toList();
  private static final List<Resolution> UP_TO_720 = List.of(Resolution.P720, Resolution.P480);
  private static final List<Resolution> UP_TO_1080 =
      List.of(Resolution.P720, Resolution.P480, Resolution.P1080);

  static final Card CARD =
      Card.of("xAI: Grok Imagine", "an xAI API key")
          .at("https://api.x.ai/v1")
          .models(
              model("grok-imagine-video-1.5", true, UP_TO_1080),
              model("grok-imagine-video-1.5-lite", false, UP_TO_1080),
              model("grok-imagine-video", false, UP_TO_720))
          .can(
              Card.Feature.FIRST_FRAME,
              Card.Feature.LAST_FRAME,
              Card.Feature.REFERENCES,
              Card.Feature.REFERENCE_VIDEO,
              Card.Feature.REFERENCE_AUDIO,
              Card.Feature.AUDIO)
          .results(Duration.ZERO, false)
          .cost(Card.Cost.MONEY)
          .checked(Card.Evidence.VENDOR_SDK)
          .notes(
              "Nothing tells of a create whose answer got lost: such a task waits for the operator"
                  + " or its deadline.",
              "Frames and references exclude each other; with references it makes at most 720p; a"
                  + " last frame is for `grok-imagine-video-1.5` only.",
              "A reference video is footage that is changed: it comes alone, and the result has its"
                  + " size and length, whatever was asked for and held. Reference sounds are for"
                  + " videos without frames.",
              "There is no seed, negative prompt or cancel.",
              "A video that its moderation withholds comes as `done`; such a task fails as refused"
                  + " content.",
              "It reports what a job took in US dollars; nobody says how long a result stays at"
                  + " its address.");

  private XaiCard() {}

  private static OfferedModel model(String name, boolean lastFrame, List<Resolution> resolutions) {
    var pictures = new Capability.Pictures(true, lastFrame, REFERENCES_MAX);
    var audio = List.of(true, false);
    return new OfferedModel(
        name, name, new Capability(seconds(), resolutions, RATIOS, audio, pictures, CLIPS));
  }

  private static List<Integer> seconds() {
    var others = IntStream.rangeClosed(1, SECONDS_MAX).filter(s -> s != USUAL_SECONDS).boxed();
    return Stream.concat(Stream.of(USUAL_SECONDS), others).toList();
  }
}
