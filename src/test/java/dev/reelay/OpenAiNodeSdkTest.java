package dev.reelay;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.access.KeyLimits;
import dev.reelay.media.Mp4Probe;
import dev.reelay.media.ProbeResult;
import dev.reelay.testkit.NodePackage;
import dev.reelay.testkit.Program;
import dev.reelay.testkit.SamplePictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * OpenAI's own SDK for JavaScript, unmodified, which npm fetches into {@code target} once. Where
 * node or npm is missing, or cannot reach a registry, the test says so and is left out.
 */
class OpenAiNodeSdkTest {
  private static final Path SCRIPT = Path.of("src/test/resources/openai/videos.mjs");

  @TempDir Path folder;

  @Test
  void the_javascript_sdk_works_with_another_base_url_and_key() throws Exception {
    var file = folder.resolve("fox.mp4");

    JsonNode seen;
    try (var kit = new RelayKit()) {
      seen = seen(variables(kit, file));
    }

    assertThat(seen.at("/created/status").asString()).isEqualTo("queued");
    assertThat(seen.at("/done/status").asString()).isEqualTo("completed");
    assertThat(seen.at("/done/progress").asInt()).isEqualTo(100);
    assertThat(seen.at("/done/seconds").asString()).isEqualTo("1");
    assertThat(seen.at("/contentType").asString()).isEqualTo("video/mp4");
    assertThat(Mp4Probe.probe(file)).isInstanceOf(ProbeResult.Playable.class);
    assertThat(seen.at("/pictured").asString()).isEqualTo("completed");
    assertThat(seen.at("/filed/0").asString()).isEqualTo("completed");
    assertThat(seen.at("/filed/1").asString()).isEqualTo("completed");
    assertThat(seen.at("/remix/0").asString()).isEqualTo("completed");
    assertThat(seen.at("/remix/1")).isEqualTo(seen.at("/created/id"));
    assertThat(seen.at("/listed")).isEqualTo(seen.at("/made"));
    assertThat(seen.at("/deleted/deleted").asBoolean()).isTrue();
    assertErrors(seen.at("/errors"));
  }

  private static void assertErrors(JsonNode errors) {
    assertThat(errors.at("/gone").asString()).isEqualTo("NotFoundError 404 task_not_found");
    assertThat(errors.at("/badField").asString()).isEqualTo("BadRequestError 400 invalid_field");
    assertThat(errors.at("/noModel").asString()).isEqualTo("NotFoundError 404 model_not_found");
    assertThat(errors.at("/badKey").asString()).startsWith("AuthenticationError 401");
    assertThat(errors.at("/extend").asString())
        .isEqualTo("BadRequestError 400 operation_not_supported");
    assertThat(errors.at("/notAllowed").asString())
        .isEqualTo("PermissionDeniedError 403 model_not_allowed");
    assertThat(errors.at("/otherwise").asString())
        .isEqualTo("UnprocessableEntityError 422 idempotency_mismatch");
    assertThat(errors.at("/unserved").asString()).isEqualTo("InternalServerError 503 no_channel");
    assertThat(errors.at("/noMoney").asString()).endsWith("insufficient_balance");
  }

  private Map<String, String> variables(RelayKit kit, Path file) throws IOException {
    kit.addUnservedModel("nobody-makes-it");
    var png = SamplePictures.png(64, 64);
    var picture = Files.write(folder.resolve("fox.png"), png);
    return Map.of(
        "BASE_URL", kit.address() + "/v1",
        "KEY", kit.key(kit.tenant("node", "5.00"), KeyLimits.NONE),
        "BOUND_KEY", kit.keyFor(kit.tenant("bound", "1.00"), "sandbox-video"),
        "POOR_KEY", kit.key(kit.tenant("poor", "0.01"), KeyLimits.NONE),
        "FILE", file.toString(),
        "PICTURE", picture.toString(),
        "PNG", Base64.getEncoder().encodeToString(png));
  }

  private static JsonNode seen(Map<String, String> variables) throws IOException {
    var sdk = NodePackage.of("openai", "7.57.0").folder();
    var script = Files.copy(SCRIPT, sdk.resolve("videos.mjs"), REPLACE_EXISTING);
    var ended = Program.run(sdk, variables, List.of("node", script.toString()));
    assertThat(ended.code()).as(ended.text()).isZero();
    return JsonMapper.shared().readTree(ended.lastLine());
  }
}
