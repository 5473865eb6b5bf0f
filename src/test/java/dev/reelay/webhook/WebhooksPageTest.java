package dev.reelay.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.testkit.Sources;
import dev.reelay.testkit.TaskSamples;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles and runs the example that docs/webhooks.md shows to receivers. */
class WebhooksPageTest {
  private static final Pattern EXAMPLE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final String PAGE = Sources.read(Sources.ROOT.resolve("docs/webhooks.md")).text();
  private static final MessageId ID = MessageId.of(TaskSamples.taskId(1));
  private static final Instant NOW = TaskSamples.NOON;
  private static final String BODY = "{\"type\":\"task.failed\",\"data\":{\"prompt\":\"猫\"}}";

  @TempDir Path folder = Path.of("");
  private final SigningSecret secret = SigningSecret.generate(new SecureRandom());
  private final SigningSecret other = SigningSecret.generate(new SecureRandom());

  private boolean isGenuine(String signatures, String body, Instant now) {
    try (var loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
      Method example =
          loader
              .loadClass("VerifyWebhook")
              .getMethod(
                  "isGenuine",
                  String.class,
                  String.class,
                  String.class,
                  String.class,
                  String.class,
                  Instant.class);
      var timestamp = String.valueOf(NOW.getEpochSecond());
      var known = secret.text().reveal();
      return (boolean) example.invoke(null, known, ID.toString(), timestamp, signatures, body, now);
    } catch (IOException | ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  @BeforeEach
  void compile() throws IOException {
    var found = EXAMPLE.matcher(PAGE);
    assertThat(found.find()).isTrue();
    var source = folder.resolve("VerifyWebhook.java");
    Files.writeString(source, found.group(1));
    var compiler = ToolProvider.getSystemJavaCompiler();
    var exit =
        compiler.run(null, null, null, "-proc:none", "-d", folder.toString(), source.toString());
    assertThat(exit).isZero();
  }

  @Test
  void the_example_takes_what_we_sign_and_nothing_else() {
    var signatures = Signature.of(ID, NOW, BODY, List.of(other, secret));

    assertThat(isGenuine(signatures, BODY, NOW.plusSeconds(299))).isTrue();
    assertThat(isGenuine(signatures, BODY, NOW.plusSeconds(301))).isFalse();
    assertThat(isGenuine(signatures, BODY + " ", NOW)).isFalse();
    assertThat(isGenuine(Signature.of(ID, NOW, BODY, List.of(other)), BODY, NOW)).isFalse();
  }
}
