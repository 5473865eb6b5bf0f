package dev.reelay.provider.replicate;

import dev.reelay.money.Resolution;
import dev.reelay.provider.Card;
import dev.reelay.provider.Card.Setting;
import dev.reelay.provider.InputFields;
import dev.reelay.routing.AspectRatio;
import dev.reelay.routing.Capability;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What there is to know of Replicate. */
final class ReplicateCard {
  /** Their names of what a request may ask for, as most of its video models have them. */
  static final Map<String, String> USUAL =
      Map.of(
          "duration", "duration",
          "aspect_ratio", "aspect_ratio",
          "resolution", "resolution",
          "first_frame", "image",
          "last_frame", "last_frame_image",
          "seed", "seed");

  private static final Duration RESULT_LIFE = Duration.ofHours(1);

  static final Card CARD =
      Card.of("Replicate, which hosts models of many makers", "a Replicate API token")
          .at("https://api.replicate.com/v1")
          .settings(
              InputFields.fieldsSetting(
                  "`duration`, `aspect_ratio`, `resolution`, `seed` alike, `first_frame=image`,"
                      + " `last_frame=last_frame_image`, and `references`, `audio`,"
                      + " `negative_prompt` nowhere"),
              InputFields.durationSetting("number", "text", "seconds"),
              Setting.ability(
                  ReplicateProvider.LIST,
                  "the account's list resolves a lost answer if just one job fits; `complete` if"
                      + " you trust it to leave out none: a job that is not in it is then asked for"
                      + " again",
                  "match",
                  "complete"))
          .models(
              new Card.OfferedModel(
                  "bytedance/seedance-1-pro",
                  "seedance-1-pro",
                  new Capability(
                      List.of(5, 10),
                      List.of(Resolution.P720, Resolution.P480, Resolution.P1080),
                      List.of(AspectRatio.LANDSCAPE, AspectRatio.PORTRAIT, AspectRatio.SQUARE),
                      List.of(false),
                      new Capability.Pictures(true, true, 0))))
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
          .push(Card.Push.SIGNED_BY_SECRET)
          .checked(Card.Evidence.VENDOR_SDK)
          .notes(
              "A model is `owner/name`, or `owner/name:version` for one that is not official.",
              "`fields` also says where clips go: `reference_video` and `reference_audio` for one,"
                  + " `reference_videos` and `reference_audios` for a list, such as"
                  + " `reference_video=video`.",
              "Each model has its own input; the setting `fields` belongs to the channel, so models"
                  + " that differ need channels of their own. The row above is from memory of its"
                  + " page; look at the model's page before selling it.",
              "Webhooks are signed by Standard Webhooks with a secret of the account"
                  + " (`GET /v1/webhooks/default/secret`). Give it by `reelay channel"
                  + " callback-secret`, and one without a right signature of the last five minutes"
                  + " is refused.");

  private ReplicateCard() {}
}
