package dev.reelay.testkit;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** A relay in a process of its own: the packaged jar if it is fresh, else the compiled classes. */
public final class RelayProcess implements AutoCloseable {
  private static final Duration READY_MAX = Duration.ofMinutes(2);
  private static final Duration END_MAX = Duration.ofMinutes(1);
  private static final Duration LOOK_EVERY = Duration.ofMillis(20);
  private static final String READY = "Reelay is ready on ";
  private static final Path JAR = Sources.ROOT.resolve("target/reelay.jar");
  private static final Path CLASSES = Sources.ROOT.resolve("target/classes");

  private final Process process;
  private final Path errors;
  private final Queue<String> output = new ConcurrentLinkedQueue<>();
  private final CompletableFuture<URI> ready = new CompletableFuture<>();

  private RelayProcess(Process process, Path errors) {
    this.process = process;
    this.errors = errors;
  }

  static RelayProcess begin(Map<String, String> variables, Path folder, int heapMegabytes) {
    var heap = "-Xmx" + heapMegabytes + "m";
    var command = new ArrayList<>(List.of(java(), heap, "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-XX:+UseSerialGC", "-Djava.awt.headless=true"));
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED"));
    command.addAll(List.of("--sun-misc-unsafe-memory-access=allow"));
    command.addAll(List.of("-Djdk.virtualThreadScheduler.parallelism=2"));
    command.addAll(program());
    command.add("serve");
    try {
      var errors = Files.createTempFile(folder, "errors-", ".log");
      var builder = new ProcessBuilder(command).directory(folder.toFile());
      builder.environment().keySet().removeIf(name -> name.startsWith("REELAY_"));
      builder.environment().putAll(variables);
      var relay = new RelayProcess(builder.redirectError(errors.toFile()).start(), errors);
      Thread.ofVirtual().start(relay::read);
      return relay;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** The classes loaded by the first process are kept for the others, which start twice as fast. */
  private static List<String> program() {
    if (isJarFresh()) {
      var archive = Sources.ROOT.resolve("target/test-relay.jsa");
      return List.of(
          "-XX:+AutoCreateSharedArchive",
          "-XX:SharedArchiveFile=" + archive,
          "-Xlog:cds=off",
          "-Xlog:aot=off",
          "-jar",
          JAR.toString());
    }
    var libraries =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !entry.endsWith("test-classes"))
            .collect(Collectors.joining(File.pathSeparator));
    return List.of("-cp", libraries, "dev.reelay.Main");
  }

  private static boolean isJarFresh() {
    try (var classes = Files.walk(CLASSES)) {
      var packaged = JAR.toFile().lastModified();
      return classes.allMatch(file -> file.toFile().lastModified() <= packaged);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read() {
    try (BufferedReader lines = process.inputReader()) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        output.add(line + '\n');
        if (line.startsWith(READY)) {
          ready.complete(URI.create(line.substring(READY.length())));
        }
      }
    } catch (IOException e) {
      output.add(e.toString());
    } finally {
      ready.completeExceptionally(new IllegalStateException("ended before it was ready"));
    }
  }

  /** Waits until it says where it listens and answers that it is ready. */
  public RelayProcess awaitReady() {
    var answer = new RelayClient(baseUrl(), RelayHome.KEY).tryGet("/readyz");
    if (answer.isEmpty() || answer.get().status() != 200) {
      throw new AssertionError("not ready: " + answer + "\n" + report());
    }
    return this;
  }

  /** Where it listens; waits until it says so. */
  public URI baseUrl() {
    try {
      return ready.get(READY_MAX.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError("the relay did not start: " + e + "\n" + report(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Waits until its output holds this text; all output so far. */
  public String awaitOutput(String text) {
    return await(text, this::output);
  }

  /** Waits until its log holds this text; all of the log so far. */
  public String awaitLog(String text) {
    return await(text, this::errors);
  }

  private String await(String text, Supplier<String> source) {
    for (long left = READY_MAX.dividedBy(LOOK_EVERY); left > 0; left--) {
      if (source.get().contains(text)) {
        return source.get();
      }
      Pauses.of(LOOK_EVERY);
    }
    throw new AssertionError("no '" + text + "'\n" + report());
  }

  /** A client with the declared key. */
  public RelayClient client() {
    return new RelayClient(baseUrl(), RelayHome.KEY);
  }

  /** Whether it ends by itself within this time. */
  public boolean endsWithin(Duration longest) {
    try {
      return process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Waits for its end; its exit code. */
  public int awaitExit() {
    if (!endsWithin(END_MAX)) {
      throw new AssertionError("the relay does not end\n" + report());
    }
    return process.exitValue();
  }

  /** {@code kill -9}. */
  public void kill() {
    process.destroyForcibly();
    awaitExit();
  }

  /** SIGTERM, without waiting. */
  public void askToStop() {
    process.destroy();
  }

  /** SIGTERM; its exit code. */
  public int terminate() {
    askToStop();
    return awaitExit();
  }

  /** Memory that it has in use, its heap and all else, as Linux counts it. */
  public long residentBytes() {
    return status("VmRSS") << 10;
  }

  /** Its threads of the system; virtual ones are none. */
  public long systemThreads() {
    return status("Threads");
  }

  private long status(String name) {
    try (var lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
      var line = lines.filter(text -> text.startsWith(name + ":")).findFirst().orElseThrow();
      return Long.parseLong(line.replaceAll("[^0-9]", ""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What it printed so far. */
  public String output() {
    return String.join("", output);
  }

  /** What it logged so far. */
  public String errors() {
    try {
      return Files.readString(errors);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Both, for a failed test. */
  public String report() {
    return "output:\n" + output() + "log:\n" + errors();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    awaitExit();
  }
}
