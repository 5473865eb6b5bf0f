package dev.reelay.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;

/**
 * A temporary folder in memory where the machine has one that programs can be run from, else on
 * disk: fsync stays on in tests and costs nothing there.
 */
public final class QuickFolder implements AutoCloseable {
  private static final Path MEMORY = Path.of("/dev/shm");
  private static final String PREFIX = "reelay-test-";

  private final Path path;

  private QuickFolder(Path path) {
    this.path = path;
  }

  public static QuickFolder make() {
    var prefix = PREFIX + ProcessHandle.current().pid() + "-";
    try {
      if (Files.isWritable(MEMORY)) {
        var inMemory = new QuickFolder(Files.createTempDirectory(MEMORY, prefix));
        if (inMemory.canRunPrograms()) {
          return inMemory;
        }
        inMemory.close();
      }
      return new QuickFolder(Files.createTempDirectory(prefix));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Path path() {
    return path;
  }

  /** Lets every user of the machine pass through; it is made for its owner alone. */
  public QuickFolder openToAll() {
    try {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try (var tree = Files.walk(path)) {
      for (var entry : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(entry);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean canRunPrograms() throws IOException {
    var script = Files.writeString(path.resolve("probe"), "#!/bin/sh\nexit 0\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    try {
      return new ProcessBuilder(script.toString()).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      Files.delete(script);
    }
  }
}
