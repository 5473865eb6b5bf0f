package dev.reelay.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Runs what a person would paste. */
public final class Shell {
  private Shell() {}

  /** What the command wrote; it must succeed. */
  public static String run(String command) {
    try {
      var process = new ProcessBuilder("sh", "-c", command).redirectErrorStream(false).start();
      process.getOutputStream().close();
      var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        var errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        throw new AssertionError(command + "\n" + output + errors);
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
