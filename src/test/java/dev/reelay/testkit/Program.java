package dev.reelay.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Another program of this machine, run to its end. */
public final class Program {
  private static final long MINUTES_MAX = 3;

  private Program() {}

  /**
   * How it ended.
   *
   * @param code 127 if there is no program of its name, as a shell has it
   * @param text what it wrote, errors too
   */
  public record Ended(int code, String text) {
    public boolean isMissing() {
      return code == 127;
    }

    public String lastLine() {
      return text.lines().reduce("", (_, line) -> line);
    }
  }

  /** Runs it in a folder with these variables beside those of this process. */
  public static Ended run(Path folder, Map<String, String> variables, List<String> command) {
    try {
      var builder =
          new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
      builder.environment().putAll(variables);
      var process = builder.start();
      process.getOutputStream().close();
      // The reader must not outlive a program that hangs.
      process
          .onExit()
          .orTimeout(MINUTES_MAX, TimeUnit.MINUTES)
          .exceptionally(_ -> process.destroyForcibly());
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
