package dev.reelay.provider.declarative;

import dev.reelay.access.Secret;
import dev.reelay.money.Resolution;
import dev.reelay.provider.Call;
import dev.reelay.provider.Context;
import dev.reelay.provider.SentClip;
import dev.reelay.provider.SentPicture;
import dev.reelay.provider.Submission;
import dev.reelay.routing.AspectRatio;
import dev.reelay.routing.ModelName;
import dev.reelay.routing.Shape;
import dev.reelay.task.ClipKind;
import dev.reelay.task.PictureRole;
import dev.reelay.task.VideoRequest;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Shows what a description would send for made-up requests. */
public final class DescriptionCheck {
  private static final URI BASE = URI.create("https://provider.example");
  private static final String PICTURES = "https://pictures.example/";
  private static final List<SentClip> CLIPS =
      List.of(
          new SentClip("https://clips.example/reference.mp4", ClipKind.VIDEO),
          new SentClip("https://clips.example/reference.mp3", ClipKind.AUDIO));
  private static final Context CONTEXT =
      new Context(BASE, new Secret("their-key"), "their-model", Map.of(), Instant.EPOCH);

  private DescriptionCheck() {}

  /**
   * @throws DescriptionException if the text is no description
   */
  public static String requests(String yaml) {
    var description = Description.parse(yaml);
    var about = Values.about(CONTEXT, "id", "their-id");
    var calls =
        Stream.of(
            titled("a create with a prompt alone", create(description, Map.of(), List.of())),
            titled("a create with everything", create(description, options(), pictures())),
            titled("a poll", description.poll().request().call(CONTEXT, description.auth(), about)),
            description
                .cancel()
                .map(call -> titled("a cancel", call.call(CONTEXT, description.auth(), about)))
                .orElse(""));
    return calls.filter(text -> !text.isEmpty()).collect(Collectors.joining("\n"));
  }

  private static Call create(
      Description description, Map<String, String> options, List<SentPicture> pictures) {
    var model = new ModelName("public-model");
    var request =
        new VideoRequest(
            new VideoRequest.Form("unified", model, "", ""),
            model,
            "a \"fox\"",
            new Shape(5, Resolution.P720, AspectRatio.LANDSCAPE, true),
            List.of(),
            options,
            VideoRequest.Extras.NONE);
    var callback = Optional.of(URI.create("https://relay.example/callback/1"));
    var submission =
        new Submission(
            request, pictures, pictures.isEmpty() ? List.of() : CLIPS, "our-token", callback);
    var values = Values.of(CONTEXT, submission, description.maps());
    return description.create().request().call(CONTEXT, description.auth(), values);
  }

  private static Map<String, String> options() {
    return Map.of("seed", "7", "negative_prompt", "rain", "watermark", "false");
  }

  private static List<SentPicture> pictures() {
    return List.of(
        new SentPicture.Address(PICTURES + "first.png", PictureRole.FIRST_FRAME),
        new SentPicture.Address(PICTURES + "last.png", PictureRole.LAST_FRAME),
        new SentPicture.Address(PICTURES + "reference.png", PictureRole.REFERENCE));
  }

  private static String titled(String title, Call call) {
    var out = new StringBuilder("# " + title + "\n");
    out.append(call.method()).append(' ').append(call.uri()).append('\n');
    call.secrets().forEach(s -> out.append(s.name() + ": " + s.prefix() + "<credential>\n"));
    call.headers().forEach(header -> out.append(header.name() + ": " + header.value() + "\n"));
    if (call.body() instanceof Call.Body.Text(String contentType, String json)) {
      out.append("Content-Type: " + contentType + "\n\n" + json + "\n");
    }
    return out.toString();
  }
}
