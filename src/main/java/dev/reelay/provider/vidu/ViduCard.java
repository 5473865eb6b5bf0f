package dev.reelay.provider.vidu;

import dev.reelay.money.Resolution;
import dev.reelay.provider.Card;
import dev.reelay.routing.AspectRatio;
import dev.reelay.routing.Capability;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What there is to know of Vidu. */
final class ViduCard {
  private static final Duration RESULT_LIFE = Duration.ofHours(24);
  private static final int REFERENCES_MAX = 7;
  private static final int SECONDS_MAX = 8;
  private static final List<AspectRatio> RATIOS =
      List.of(AspectRatio.LANDSCAPE, AspectRatio.PORTRAIT, AspectRatio.SQUARE);
  private static final List<Resolution> RESOLUTIONS = List.of(Resolution.P720, Resolution.P1080);

  static final Card CARD =
      Card.of("Vidu", "a Vidu API key")
          .at("https://api.vidu.com")
          .settings(
              new Card.Setting(
                  ViduProvider.OFF_PEAK,
                  "`true` asks for the cheap queue, which may take two days: give the model a long"
                      + " deadline",
                  List.of("false", "true")),
              new Card.Setting(
                  ViduSigning.CALLBACKS,
                  "`unsigned` takes callbacks for their secret address alone, from a server between"
                      + " that signs nothing",
                  List.of("signed", ViduSigning.UNSIGNED)))
          .models(model("viduq3-pro"), model("viduq3-turbo"))
          .can(
              Card.Feature.FIRST_FRAME,
              Card.Feature.LAST_FRAME,
              Card.Feature.REFERENCES,
              Card.Feature.SEED)
          .results(RESULT_LIFE, false)
          .push(Card.Push.SIGNED)
          .cost(Card.Cost.UNITS)
          .notes(
              "In China the base URL is `https://api.vidu.cn`, with keys of its own.",
              "Frames and references exclude each other; a last frame needs a first one. With"
                  + " frames the ratio is that of the picture.",
              "A callback is taken only with a right HMAC-SHA256 of the last five minutes, made"
                  + " with the key that made the job (platform.vidu.com, \"Callback signature\"):"
                  + " after a change of the key, callbacks of older jobs are refused, and polls"
                  + " tell of them. What it covers is the address and the time, not the body.",
              "The lengths and numbers of references above are a careful choice: look at the"
                  + " model's page.");

  private ViduCard() {}

  private static Card.OfferedModel model(String name) {
    var seconds =
        Stream.concat(
                Stream.of(5), IntStream.rangeClosed(1, SECONDS_MAX).filter(s -> s != 5).boxed())
            .toList();
    var pictures = new Capability.Pictures(true, true, REFERENCES_MAX);
    return new Card.OfferedModel(
        name, name, new Capability(seconds, RESOLUTIONS, RATIOS, List.of(false), pictures));
  }
}
