package dev.reelay;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.access.KeyLimits;
import dev.reelay.media.Mp4Probe;
import dev.reelay.media.ProbeResult;
import dev.reelay.testkit.NodePackage;
import dev.reelay.testkit.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
      var key = kit.key(kit.tenant("node", "5.00"), KeyLimits.NONE);
      seen = seen(Map.of("BASE_URL", kit.address() + "/v1", "KEY", key, "FILE", file.toString()));
    }

    assertThat(seen.at("/created/status").asString()).isEqualTo("queued");
    assertThat(seen.at("/done/status").asString()).isEqualTo("completed");
    assertThat(seen.at("/done/progress").asInt()).isEqualTo(100);
    assertThat(seen.at("/done/seconds").asString()).isEqualTo("1");
    assertThat(seen.at("/contentType").asString()).isEqualTo("video/mp4");
    assertThat(Mp4Probe.probe(file)).isInstanceOf(ProbeResult.Playable.class);
    assertThat(seen.at("/pictured").asString()).isEqualTo("completed");
    assertThat(seen.at("/remix/0").asString()).isEqualTo("completed");
    assertThat(seen.at("/remix/1")).isEqualTo(seen.at("/created/id"));
    assertThat(seen.at("/listed")).isEqualTo(seen.at("/made"));
    assertThat(seen.at("/deleted/deleted").asBoolean()).isTrue();
    assertThat(seen.at("/errors/gone").asString()).isEqualTo("NotFoundError 404 task_not_found");
    assertThat(seen.at("/errors/badField").asString())
        .isEqualTo("BadRequestError 400 invalid_field");
    assertThat(seen.at("/errors/noModel").asString())
        .isEqualTo("NotFoundError 404 model_not_found");
    assertThat(seen.at("/errors/badKey").asString()).startsWith("AuthenticationError 401");
    assertThat(seen.at("/errors/extend").asString())
        .isEqualTo("BadRequestError 400 operation_not_supported");
  }

  private static JsonNode seen(Map<String, String> variables) throws IOException {
    var sdk = NodePackage.of("openai", "7.57.0").folder();
    var script = Files.copy(SCRIPT, sdk.resolve("videos.mjs"), REPLACE_EXISTING);
    var ended = Program.run(sdk, variables, List.of("node", script.toString()));
    assertThat(ended.code()).as(ended.text()).isZero();
    return JsonMapper.shared().readTree(ended.lastLine());
  }
}
