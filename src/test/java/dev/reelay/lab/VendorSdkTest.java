package dev.reelay.lab;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * Vendors' own clients for JavaScript, unmodified, make a video at the lab, so that it is not only
 * our opinion. npm fetches them into {@code target} once; where it cannot, the test is left out.
 */
@Timeout(180)
class VendorSdkTest {
  private static final Path HOME = Path.of("target", "vendor-node");
  private static final Path SCRIPTS = Path.of("src/test/resources/vendor");

  @ParameterizedTest
  @CsvSource({"replicate, replicate@1.4.0", "fal, @fal-ai/client@1.10.1"})
  void a_vendors_own_client_makes_a_video_at_the_lab(String name, String sdk) throws Exception {
    install(sdk);
    var script =
        Files.copy(SCRIPTS.resolve(name + ".mjs"), HOME.resolve(name + ".mjs"), REPLACE_EXISTING);

    try (var lab = Lab.start(LabPace.QUICK)) {
      var part = Lab.parts().stream().filter(p -> p.name().equals(name)).findFirst().orElseThrow();
      var variables =
          Map.of(
              "BASE_URL", lab.baseUrl(part).toString(),
              "KEY", part.channel().secret(),
              "MODEL", part.channel().model());
      var ended = run(List.of("node", script.toString()), variables);

      assertThat(ended.code()).as(ended.text()).isZero();
      var seen = JsonMapper.shared().readTree(ended.text().lines().toList().getLast());
      assertThat(seen.path("type").asString()).isEqualTo("video/mp4");
      assertThat(seen.path("bytes").asInt()).isPositive();
      assertThat(lab.journal().made(name)).hasSize(1);
    }
  }

  private static void install(String sdk) throws IOException {
    var folder = HOME.resolve("node_modules").resolve(sdk.substring(0, sdk.lastIndexOf('@')));
    if (Files.exists(folder)) {
      return;
    }
    Files.createDirectories(HOME);
    var command =
        List.of(
            "npm",
            "install",
            "--no-save",
            "--no-package-lock",
            "--no-audit",
            "--no-fund",
            "--prefix",
            HOME.toString(),
            "replicate@1.4.0",
            "@fal-ai/client@1.10.1");
    assumeThat(run(command, Map.of()).code()).as("npm can install " + sdk).isZero();
  }

  /** How a program ended; 127 if there is none of its name, as a shell has it. */
  private record Ended(int code, String text) {}

  private static Ended run(List<String> command, Map<String, String> variables) {
    try {
      var builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.environment().putAll(variables);
      var process = builder.start();
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
