package dev.reelay.store.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A {@link ChildRelay} as seen by the test that started it. */
final class ChildProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;

  private ChildProcess(Process process) {
    this.process = process;
    this.output = process.inputReader();
  }

  /** Starts it, with a prefix such as a change of user, and does not wait. */
  static ChildProcess start(List<String> prefix, String classPath, Path directory) {
    var command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx128m", "-XX:TieredStopAtLevel=1", "-cp", classPath));
    command.addAll(List.of(ChildRelay.class.getName(), directory.toString()));
    try {
      return new ChildProcess(new ProcessBuilder(command).redirectErrorStream(true).start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads until the line that begins with this word. */
  String line(String firstWord) {
    var before = new ArrayList<String>();
    try {
      for (var line = output.readLine(); line != null; line = output.readLine()) {
        if (line.startsWith(firstWord)) {
          return line;
        }
        before.add(line);
      }
      throw new AssertionError("the child ended without '" + firstWord + "': " + before);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** kill -9, and no word to the child before. */
  void killHard() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor(10, TimeUnit.SECONDS);
  }

  /** Ends its input, which lets it stop in order. */
  void endInput() throws IOException {
    process.getOutputStream().close();
  }

  long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
