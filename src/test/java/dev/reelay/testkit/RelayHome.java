package dev.reelay.testkit;

import dev.reelay.store.embedded.DatabaseLogin;
import dev.reelay.store.embedded.EmbeddedPostgres;
import dev.reelay.store.embedded.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A data directory for relays under test, and the variables they are started with. Whatever it
 * started is ended by its own number when it is closed, also the database that a killed relay left.
 */
public final class RelayHome implements AutoCloseable {
  /** The declared key, which every home starts with. */
  public static final String KEY = "declared-for-tests-0123456789";

  private static final int HEAP_MEGABYTES = 300;

  private final QuickFolder folder;
  private final Path data;
  private final Map<String, String> variables = new TreeMap<>();
  private int heapMegabytes = HEAP_MEGABYTES;
  private final Deque<RelayProcess> started = new ArrayDeque<>();

  private RelayHome() {
    folder = QuickFolder.make();
    data = folder.path().resolve("data");
    with("REELAY_DATA_DIR", data.toString());
    with("REELAY_PORT", "0");
    with("REELAY_SANDBOX", "true");
    with("REELAY_API_KEY", KEY);
    with("REELAY_API_KEY_BALANCE", "1000");
    with("REELAY_LIMITS_MIN_FREE_BYTES", "1MiB");
  }

  /** A directory in which no relay ran; only the database's programs are there already. */
  public static RelayHome fresh() {
    var home = new RelayHome();
    TestPostgres.linkPrograms(home.data);
    return home;
  }

  /** A copy of a directory in which a relay ran and was stopped, without any key; quick. */
  public static RelayHome used() {
    var home = new RelayHome();
    if (!Files.exists(Used.HOME.data.resolve("postgres/server"))) {
      TestPostgres.linkPrograms(home.data);
      return home;
    }
    copy(Used.HOME.data, home.data);
    try {
      Files.deleteIfExists(home.data.resolve("postgres/port"));
      return home;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Used {
    static final RelayHome HOME =
        fresh().without("REELAY_API_KEY_BALANCE").without("REELAY_API_KEY");

    static {
      HOME.with("REELAY_SANDBOX", "false").start().terminate();
      Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(HOME::close));
    }
  }

  private static void copy(Path from, Path to) {
    try {
      var copy = new ProcessBuilder("cp", "-a", from.toString(), to.toString()).inheritIO();
      if (copy.start().waitFor() != 0) {
        throw new IllegalStateException("cannot copy " + from);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  public RelayHome with(String variable, String value) {
    variables.put(variable, value);
    return this;
  }

  public RelayHome without(String variable) {
    variables.remove(variable);
    return this;
  }

  /** The variables that relays are started with now. */
  public Map<String, String> variables() {
    return Map.copyOf(variables);
  }

  /** Gives relays started from now on another heap than the small one. */
  public RelayHome withHeap(int megabytes) {
    heapMegabytes = megabytes;
    return this;
  }

  /** The data directory. */
  public Path data() {
    return data;
  }

  /** Starts a relay and waits until it is ready. */
  public RelayProcess start() {
    return begin().awaitReady();
  }

  /** Starts a relay and does not wait. */
  public RelayProcess begin() {
    var process = RelayProcess.begin(Map.copyOf(variables), folder.path(), heapMegabytes);
    started.push(process);
    return process;
  }

  /** How to reach its own database while one runs. */
  public Optional<DatabaseLogin> database() {
    return EmbeddedPostgres.attach(data);
  }

  /** Its own database's process while one runs. */
  public Optional<ProcessHandle> postgres() {
    return TestPostgres.running(data);
  }

  @Override
  public void close() {
    started.forEach(RelayProcess::close);
    TestPostgres.end(data);
    folder.close();
  }
}
