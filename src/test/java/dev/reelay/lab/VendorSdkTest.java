package dev.reelay.lab;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Vendors' own clients for JavaScript, unmodified, make videos at the lab, so that it is not only
 * our opinion. All of them work at once in one process. npm fetches them into {@code target} once,
 * as {@code package.json} beside the scripts pins them; where it cannot, the tests are left out.
 */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VendorSdkTest {
  private static final Path HOME = Path.of("target", "vendor-node");
  private static final Path FILES = Path.of("src/test/resources/vendor");
  private static final String PINS = "package.json";
  private static final List<String> SCRIPTS =
      List.of("ai-sdk", "fal", "genai", "replicate", "runway");

  private final List<JsonNode> seen = new ArrayList<>();
  private final Lab lab = Lab.start(LabPace.QUICK);

  @BeforeAll
  void let_all_clients_work() throws IOException {
    install();
    for (var file : files()) {
      Files.copy(file, HOME.resolve(file.getFileName()), REPLACE_EXISTING);
    }
    Files.writeString(HOME.resolve("lab.json"), JsonMapper.shared().writeValueAsString(world()));
    var command = new ArrayList<>(List.of("node", "run.mjs", "lab.json"));
    command.addAll(SCRIPTS);
    var ended = run(command);
    assertThat(ended.code()).as(ended.text()).isZero();
    ended
        .text()
        .lines()
        .filter(line -> line.startsWith("{"))
        .forEach(line -> seen.add(JsonMapper.shared().readTree(line)));
  }

  @AfterAll
  void close() {
    lab.close();
  }

  /** What the scripts have to know of the lab. */
  private JsonNode world() {
    var world = JsonMapper.shared().createObjectNode().put("picture", lab.picture().toString());
    for (var part : Lab.parts()) {
      world
          .putObject(part.name())
          .put("baseUrl", lab.baseUrl(part).toString())
          .put("key", part.channel().secret())
          .put("model", part.channel().model());
    }
    return world;
  }

  @ParameterizedTest
  @CsvSource({
    "ai-alibaba, dashscope",
    "ai-bytedance, ark",
    "ai-fal, fal",
    "ai-google, gemini",
    "ai-minimax, minimax",
    "ai-replicate, replicate",
    "ai-xai, xai",
    "fal, fal",
    "genai-omni, gemini",
    "genai-veo, gemini",
    "replicate, replicate",
    "runway, runway"
  })
  void a_vendors_own_client_makes_videos_at_the_lab(String client, String part) {
    for (var job : List.of("text", "picture")) {
      assertMade(client, part, job);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ai-alibaba, dashscope",
    "ai-bytedance, ark",
    "ai-google, gemini",
    "ai-minimax, minimax",
    "ai-xai, xai",
    "runway, runway"
  })
  void a_vendors_own_client_sends_frames_and_references(String client, String part) {
    assertMade(client, part, "frames");
    assertMade(client, part, "references");

    assertThat(pictures(client, part, "frames")).isEqualTo(2);
    assertThat(pictures(client, part, "references")).isOne();
  }

  /** How many pictures the lab was given, by their address or their bytes. */
  private long pictures(String client, String part, String job) {
    var prompt = seen(client, job).path("prompt").asString();
    var made =
        lab.journal().made(part).stream()
            .filter(one -> one.prompt().equals(prompt))
            .findFirst()
            .orElseThrow();
    var body = lab.desk(part).get(made.id()).order().body().toString();
    return Pattern.compile(Pattern.quote(lab.picture() + "\"") + "|\"bytesBase64Encoded\"")
        .matcher(body)
        .results()
        .count();
  }

  private void assertMade(String client, String part, String job) {
    var got = seen(client, job);
    assertThat(got.path("type").asString("")).as(got.toPrettyString()).isEqualTo("video/mp4");
    assertThat(got.path("bytes").asInt()).isPositive();
    assertThat(lab.journal().made(part, got.path("prompt").asString())).isOne();
  }

  /** What stands in the errors shows that the client found the lab's words where it seeks them. */
  @ParameterizedTest
  @CsvSource({
    "ai-alibaba, 400 parameters.ratio, DataInspectionFailed",
    "ai-bytedance, 400 ratio, Video generation failed",
    "ai-fal, 422, ''",
    "ai-google, 400 parameters.durationSeconds, No videos in response",
    "ai-minimax, 422 input sensitive content, it was not made (1027)",
    "ai-replicate, 422 input.duration, The input or output was flagged",
    "ai-xai, 422 Unprocessable, content policy violation",
    "fal, 422, Content flagged by the checker",
    "genai-omni, 400 The prompt was blocked, The output was blocked",
    "genai-veo, The prompt was blocked, raiMediaFilteredCount",
    "replicate, Input validation failed, Prediction failed: The input or output was flagged",
    "runway, Validation of body failed: duration, SAFETY.OUTPUT.VIDEO"
  })
  void a_vendors_own_client_reads_the_labs_refusals(String client, String refusal, String verdict) {
    assertThat(seen(client, "refused").path("refused").asString()).contains(refusal);
    assertThat(seen(client, "failed").path("refused").asString()).contains(verdict);
  }

  @Test
  void no_vendors_own_client_gives_its_key_to_the_host_of_results() {
    assertThat(lab.journal().leaks()).isEmpty();
  }

  private JsonNode seen(String client, String job) {
    return seen.stream()
        .filter(one -> one.path("client").asString().equals(client))
        .filter(one -> one.path("name").asString().equals(job))
        .findFirst()
        .orElseThrow();
  }

  private static List<Path> files() throws IOException {
    try (var all = Files.list(FILES)) {
      return all.toList();
    }
  }

  /** Once for each version of the pins; what is there after a failure is not believed. */
  private static void install() throws IOException {
    var wanted = Files.readString(FILES.resolve(PINS));
    var stamp = HOME.resolve("installed.json");
    if (Files.exists(stamp) && Files.readString(stamp).equals(wanted)) {
      return;
    }
    Files.createDirectories(HOME);
    Files.writeString(HOME.resolve(PINS), wanted);
    var command =
        List.of(
            "npm",
            "install",
            "--no-package-lock",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--prefix",
            ".");
    var ended = run(command);
    assumeThat(ended.code()).as("npm can install the vendors' clients: " + ended.text()).isZero();
    Files.writeString(stamp, wanted);
  }

  /** How a program ended; 127 if there is none of its name, as a shell has it. */
  private record Ended(int code, String text) {}

  private static Ended run(List<String> command) {
    try {
      var builder = new ProcessBuilder(command).redirectErrorStream(true);
      var process = builder.directory(HOME.toFile()).start();
      process.getOutputStream().close();
      var text = new String(process.getInputStream().readAllBytes(), UTF_8);
      return new Ended(process.waitFor(), text);
    } catch (IOException e) {
      return new Ended(127, e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
