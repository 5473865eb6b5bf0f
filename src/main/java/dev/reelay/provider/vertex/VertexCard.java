package dev.reelay.provider.vertex;

import dev.reelay.money.Resolution;
import dev.reelay.provider.Card;
import dev.reelay.provider.Card.Setting;
import dev.reelay.routing.AspectRatio;
import dev.reelay.routing.Capability;
import java.time.Duration;
import java.util.List;

/** What there is to know of Veo at Vertex AI. */
final class VertexCard {
  private static final int REFERENCES_MAX = 3;

  static final Card CARD =
      Card.of("Google's Vertex AI: Veo", "a service account's key: all of the JSON file")
          .at("https://us-central1-aiplatform.googleapis.com")
          .settings(
              new Setting(
                  VertexPlace.PROJECT,
                  "the id of the Google Cloud project; has to be set",
                  List.of("", "<project>")),
              new Setting(
                  VertexPlace.REGION,
                  "where videos are made; unless set what the base URL's host says",
                  List.of("", "<region>")),
              new Setting(
                  VertexPlace.STORAGE_URI,
                  "a folder of your own, `gs://bucket/folder`, in which Google puts the videos and"
                      + " from which the relay fetches them; unless set they come in the answer",
                  List.of("", "<gs://bucket/folder>")))
          .models(
              veo("veo-3.1-generate-001", "veo-3.1"),
              veo("veo-3.1-fast-generate-001", "veo-3.1-fast"))
          .can(
              Card.Feature.FIRST_FRAME,
              Card.Feature.LAST_FRAME,
              Card.Feature.REFERENCES,
              Card.Feature.AUDIO,
              Card.Feature.SEED,
              Card.Feature.NEGATIVE_PROMPT)
          .results(Duration.ZERO, true)
          .notes(
              "The service account's file is the credential: the relay signs with its key, asks"
                  + " Google for a token by that, and sends only the token along. Its role has to"
                  + " allow predictions (`roles/aiplatform.user`), and with `storage_uri` reading"
                  + " and writing in that bucket.",
              "The file's `token_uri` has to be at googleapis.com; no other place is asked.",
              "A job that ends without a video was filtered: the task fails as refused content and"
                  + " is not charged.",
              "A video that comes in the answer is never held in memory: a poll takes only the"
                  + " beginning of it, and the file is taken out of a second answer.",
              "`enhance_prompt` is sent on. 1080p and videos of references are made only at 8"
                  + " seconds, and there is no last frame without a first one.",
              "Nothing tells of a create whose answer got lost, and no job can be canceled.");

  private VertexCard() {}

  private static Card.OfferedModel veo(String upstream, String suggested) {
    return new Card.OfferedModel(
        upstream,
        suggested,
        new Capability(
            List.of(8, 4, 6),
            List.of(Resolution.P720, Resolution.P1080),
            List.of(AspectRatio.LANDSCAPE, AspectRatio.PORTRAIT),
            List.of(true, false),
            new Capability.Pictures(true, true, REFERENCES_MAX)));
  }
}
