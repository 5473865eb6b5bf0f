package dev.reelay.provider.openai;

import dev.reelay.provider.Card;
import dev.reelay.provider.Card.Setting;
import java.time.Duration;
import java.util.List;

/** What there is to know of servers that speak {@code /v1/videos}; every setting is optional. */
final class OpenAiCard {
  static final Card CARD =
      Card.of(
              "any server with `/v1/videos`: model servers, gateways, another Reelay",
              "its API key, if it has one")
          .settings(
              new Setting(
                  "auth_header",
                  "the header that carries the key; only `Authorization` puts `Bearer` before it",
                  List.of("Authorization", "<header>")),
              new Setting("body", "how a create is sent", List.of("json", "multipart")),
              new Setting(
                  "input_reference",
                  "a picture is sent as `{\"image_url\": …}`, or as its address or data URL alone",
                  List.of("object", "text")),
              Setting.ability(
                  OpenAiProvider.IDEMPOTENCY_KEY,
                  "the server honours the `Idempotency-Key` header: a lost answer is then resolved"
                      + " by asking again",
                  "false",
                  "true"),
              Setting.ability(
                  OpenAiProvider.LIST,
                  "`GET /v1/videos` lists the key's videos newest first: a lost answer is then"
                      + " resolved if just one of them fits. `complete` if it surely leaves out"
                      + " none: a video that is not in it is then asked for again",
                  "none",
                  "match",
                  "complete"),
              new Setting(
                  "query",
                  "parameters for every address, such as `api-version=preview`",
                  List.of("", "<parameters>")),
              new Setting(
                  "result",
                  "the video is fetched from `/v1/videos/{id}/content`, or from `video_url` or"
                      + " `url` of the answer where that is an http address",
                  List.of("content", "url")),
              new Setting(
                  "poster",
                  "the poster is asked for by `?variant=thumbnail`, or not at all, for a server"
                      + " that would send the video again",
                  List.of("thumbnail", "none")),
              Setting.ability(
                  "remix",
                  "the server has `/v1/videos/{id}/remix`; without it a remix is refused",
                  "false",
                  "true"),
              Setting.ability(
                  "cancel",
                  "`DELETE /v1/videos/{id}` stops a running video there. It also throws away one"
                      + " that has just been finished",
                  "none",
                  "delete"))
          .can(
              Card.Feature.FIRST_FRAME,
              Card.Feature.REFERENCES,
              Card.Feature.REFERENCE_VIDEO,
              Card.Feature.REFERENCE_AUDIO,
              Card.Feature.SEED,
              Card.Feature.NEGATIVE_PROMPT,
              Card.Feature.REMIX)
          .results(Duration.ZERO, true)
          .notes(
              "The format has no clips; they go as `reference_videos` and `reference_audios`, as to"
                  + " relays. A server that does not know these makes a video without them: say of"
                  + " a model that it takes clips only where that server does.",
              "The base URL may end with `/v1` or not.",
              "`seconds` and `size` follow from the request; a request's further options go along"
                  + " as fields of their own names.",
              "One picture can be handed on; one whose bytes the relay keeps goes as a data URL,"
                  + " or in a form as a file.",
              "Its tests run it against another Reelay; OpenAI's own service was shut down in"
                  + " September 2026.",
              "The key is sent for a result only to the channel's own scheme, host and port.");

  private OpenAiCard() {}
}
