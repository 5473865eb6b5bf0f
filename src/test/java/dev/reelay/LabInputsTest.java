package dev.reelay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.reelay.LabStage.Voice;
import dev.reelay.lab.LabPart;
import dev.reelay.testkit.Golden;
import dev.reelay.testkit.Pauses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What arrives at each provider when a client of the unified format asks for something else than
 * the usual: length, ratio, resolution, sound, seed, negative prompt, frames and references, in the
 * provider's own spelling. The lab has accepted what stands in {@code
 * src/test/resources/lab/*.heard}; {@code make golden} writes those files.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LabInputsTest {
  /** An attempt's token is another one each time. */
  private static final Pattern TOKEN =
      Pattern.compile("\"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\"");

  private static final Path HEARD = Path.of("src/test/resources/lab");
  private static final String SHAPED = "another shape:";
  private static final String FRAMED = "frames:";
  private static final String REFERRED = "references:";
  private static final int TEXT_CHARS_MAX = 120;
  private static final Duration LOOK_EVERY = Duration.ofMillis(50);
  private static final int LOOKS_MAX = 400;

  private final LabStage stage = new LabStage();

  @BeforeAll
  void create_everything() {
    stage.open(LabStage.voices());
    for (var voice : LabStage.voices()) {
      wishes(voice).forEach((wish, body) -> stage.create(voice.model(), voice.prompt(wish), body));
    }
  }

  @AfterAll
  void close() {
    stage.close();
  }

  private Map<String, Consumer<ObjectNode>> wishes(Voice voice) {
    var wishes = new LinkedHashMap<String, Consumer<ObjectNode>>();
    var can = voice.channel().capability();
    wishes.put(
        SHAPED,
        body ->
            body.put("duration", other(can.seconds()))
                .put("aspect_ratio", other(can.ratios()).toString())
                .put("seed", 7)
                .put("negative_prompt", "no rain")
                .put("watermark", false));
    if (can.pictures().firstFrame()) {
      wishes.put(
          FRAMED,
          body -> {
            body.put("resolution", other(can.resolutions()).toString());
            body.put("audio", other(can.audio()));
            body.put("first_frame_image", stage.picture() + "?first");
            if (can.pictures().lastFrame()) {
              body.put("last_frame_image", stage.picture() + "?last");
            }
          });
    }
    if (can.pictures().referencesMax() > 0) {
      wishes.put(
          REFERRED,
          body -> {
            var all = body.putArray("reference_images").add(stage.picture() + "?one");
            if (can.pictures().referencesMax() > 1) {
              all.add(stage.picture() + "?two");
            }
          });
    }
    return wishes;
  }

  /** The second that it makes, or else the only one. */
  private static <T> T other(List<T> made) {
    return made.get(Math.min(1, made.size() - 1));
  }

  @TestFactory
  Stream<DynamicTest> each_provider_hears_a_request_in_its_own_words() {
    return stage.lab().partNames().stream().map(name -> dynamicTest(name, () -> assertHeard(name)));
  }

  private void assertHeard(String part) throws IOException {
    var heard =
        LabStage.voices().stream()
            .filter(voice -> voice.part().name().equals(part))
            .flatMap(voice -> wishes(voice).keySet().stream().map(wish -> heard(voice, wish)))
            .collect(Collectors.joining("\n"));
    var file = HEARD.resolve(part + ".heard");
    if (Golden.isRewriting()) {
      Files.createDirectories(HEARD);
      Files.writeString(file, heard);
    }

    assertThat(file).hasContent(heard);
  }

  private String heard(Voice voice, String wish) {
    var prompt = voice.prompt(wish);
    for (var look = 0; look < LOOKS_MAX && body(voice.part(), prompt).isEmpty(); look++) {
      Pauses.of(LOOK_EVERY);
    }
    var body = body(voice.part(), prompt);
    assertThat(body).as("%s: %s", voice, stage.stands(voice.model(), prompt)).isPresent();
    return voice + ", " + wish + "\n" + shown(body.get(), "");
  }

  private Optional<JsonNode> body(LabPart part, String prompt) {
    return stage.lab().desk(part.name()).jobs().stream()
        .map(job -> job.order())
        .filter(order -> order.prompt().equals(prompt))
        .map(order -> order.body())
        .findFirst();
  }

  /** A line for each value, by its pointer; what differs from run to run is named instead. */
  private String shown(JsonNode node, String pointer) {
    if (node.isObject()) {
      return node.propertyStream()
          .map(entry -> shown(entry.getValue(), pointer + "/" + entry.getKey()))
          .collect(Collectors.joining());
    }
    if (node.isArray()) {
      var lines = new StringBuilder();
      for (var i = 0; i < node.size(); i++) {
        lines.append(shown(node.get(i), pointer + "/" + i));
      }
      return lines.toString();
    }
    return "  " + pointer + " = " + steady(node) + "\n";
  }

  private String steady(JsonNode node) {
    var text = JsonMapper.shared().writeValueAsString(node);
    if (TOKEN.matcher(text).matches()) {
      return "<token>";
    }
    if (text.contains("/callback/")) {
      return "<callback>";
    }
    return text.length() > TEXT_CHARS_MAX
        ? "<bytes>"
        : text.replace(stage.picture().toString(), "<picture>");
  }
}
