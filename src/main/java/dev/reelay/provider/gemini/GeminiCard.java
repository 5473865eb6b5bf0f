package dev.reelay.provider.gemini;

import dev.reelay.money.Resolution;
import dev.reelay.provider.Card;
import dev.reelay.routing.AspectRatio;
import dev.reelay.routing.Capability;
import java.time.Duration;
import java.util.List;

/** What there is to know of the Gemini API. */
final class GeminiCard {
  static final int REFERENCES_MAX = 3;
  private static final Duration RESULT_LIFE = Duration.ofDays(2);
  private static final List<AspectRatio> RATIOS =
      List.of(AspectRatio.LANDSCAPE, AspectRatio.PORTRAIT);
  private static final List<Boolean> ALWAYS_SOUND = List.of(true);

  static final Card CARD =
      Card.of("Google's Gemini API: Omni and Veo", "a Gemini API key")
          .at("https://generativelanguage.googleapis.com")
          .models(
              new Card.OfferedModel(
                  "gemini-omni-1.1-flash",
                  "gemini-omni-1.1-flash",
                  new Capability(
                      List.of(8, 3, 4, 5, 6, 7, 9, 10),
                      List.of(Resolution.P720, Resolution.P1080),
                      RATIOS,
                      ALWAYS_SOUND,
                      new Capability.Pictures(true, false, REFERENCES_MAX))),
              veo("veo-3.1-generate-preview", "veo-3.1"),
              veo("veo-3.1-fast-generate-preview", "veo-3.1-fast"),
              veo("veo-3.1-lite-generate-preview", "veo-3.1-lite"))
          .can(
              Card.Feature.FIRST_FRAME,
              Card.Feature.LAST_FRAME,
              Card.Feature.REFERENCES,
              Card.Feature.NEGATIVE_PROMPT)
          .results(RESULT_LIFE, true)
          .cost(Card.Cost.TOKENS)
          .checked(Card.Evidence.VENDOR_SDK)
          .notes(
              "A model with `omni` in its name is asked by interactions, any other by long-running"
                  + " operations. Google's own SDK offers Veo with an API key up to its version 2"
                  + " only; the address still answers.",
              "Sound is always on. Veo makes 1080p and videos of references only at 8 seconds, and"
                  + " has no last frame without a first one; Omni has no last frame and no negative"
                  + " prompt.",
              "A Veo job that ends without a video was filtered: the task fails as refused content"
                  + " and is not charged.",
              "Only Omni jobs can be canceled, and only Omni says in tokens what a video took.",
              "The relay asks for a file; a video that comes inside an Omni answer all the same is"
                  + " taken out of it while it is fetched.",
              "Nothing tells of a create whose answer got lost: such a task waits for the operator"
                  + " or its deadline.");

  private GeminiCard() {}

  private static Card.OfferedModel veo(String upstream, String suggested) {
    return new Card.OfferedModel(
        upstream,
        suggested,
        new Capability(
            List.of(8, 4, 6),
            List.of(Resolution.P720, Resolution.P1080),
            RATIOS,
            ALWAYS_SOUND,
            new Capability.Pictures(true, true, REFERENCES_MAX)));
  }
}
