package dev.reelay.provider.fal;

import dev.reelay.money.Resolution;
import dev.reelay.provider.Card;
import dev.reelay.provider.InputFields;
import dev.reelay.routing.AspectRatio;
import dev.reelay.routing.Capability;
import java.util.List;
import java.util.Map;

/** What there is to know of fal. */
final class FalCard {
  /** Their names of what a request may ask for, as Veo has them there. */
  static final Map<String, String> USUAL =
      Map.of(
          "duration", "duration",
          "aspect_ratio", "aspect_ratio",
          "resolution", "resolution",
          "audio", "generate_audio",
          "first_frame", "image_url",
          "seed", "seed",
          "negative_prompt", "negative_prompt");

  /** What is put behind a model's name where a picture comes along. */
  static final String PICTURE_PATH = "picture_path";

  static final Card CARD =
      Card.of("fal's queue, which hosts models of many makers", "a fal API key")
          .at("https://queue.fal.run")
          .settings(
              InputFields.fieldsSetting(
                  "`duration`, `aspect_ratio`, `resolution`, `seed`, `negative_prompt` alike,"
                      + " `audio=generate_audio`, `first_frame=image_url`, and `last_frame`,"
                      + " `references` nowhere"),
              InputFields.durationSetting("seconds", "text", "number"),
              new Card.Setting(
                  PICTURE_PATH,
                  "what stands behind a model's name where a request has a picture; `-` for"
                      + " nothing",
                  List.of("image-to-video", "<path>")),
              new Card.Setting(
                  FalSigning.WEBHOOKS,
                  "`unsigned` takes callbacks for their secret address alone, from a server between"
                      + " that signs nothing",
                  List.of("signed", FalSigning.UNSIGNED)),
              new Card.Setting(
                  FalSigning.KEYS,
                  "where fal's public keys are fetched, if not at `" + FalSigning.USUAL_KEYS + "`",
                  List.of("", "<address>")))
          .models(
              new Card.OfferedModel(
                  "fal-ai/veo3.1/fast",
                  "veo-3.1-fast",
                  new Capability(
                      List.of(8, 4, 6),
                      List.of(Resolution.P720, Resolution.P1080),
                      List.of(AspectRatio.LANDSCAPE, AspectRatio.PORTRAIT),
                      List.of(true, false),
                      new Capability.Pictures(true, false, 0))))
          .can(
              Card.Feature.FIRST_FRAME,
              Card.Feature.LAST_FRAME,
              Card.Feature.REFERENCES,
              Card.Feature.REFERENCE_VIDEO,
              Card.Feature.REFERENCE_AUDIO,
              Card.Feature.AUDIO,
              Card.Feature.SEED,
              Card.Feature.NEGATIVE_PROMPT)
          .push(Card.Push.SIGNED)
          .checked(Card.Evidence.VENDOR_SDK)
          .notes(
              "Each model has its own input; settings belong to the channel, so models that differ"
                  + " need channels of their own. Look at a model's page before selling it.",
              "`fields` also says where clips go: `reference_video` and `reference_audio` for one,"
                  + " `reference_videos` and `reference_audios` for a list, such as"
                  + " `reference_video=video_url`. Without a picture the model's own name is"
                  + " asked.",
              "A webhook is taken only with a right ED25519 signature of the last five minutes"
                  + " (docs.fal.ai, \"Verifying your webhook\"). Their public keys are fetched when"
                  + " they are first needed and kept for a day.",
              "A request's state and its result are two calls: a request that failed is `COMPLETED`"
                  + " too, and only its result says so.",
              "The history of requests is not used to resolve a lost answer: whether it shows all"
                  + " requests for models of others was never checked.");

  private FalCard() {}
}
