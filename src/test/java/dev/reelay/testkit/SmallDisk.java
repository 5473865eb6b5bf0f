package dev.reelay.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * A small disk of its own, in memory, mounted on a folder: it can be filled to the last byte. Only
 * where this user may mount.
 */
public final class SmallDisk implements AutoCloseable {
  private static final int BLOCK_BYTES = 4_096;

  private final Path folder;
  private final Path filling;

  private SmallDisk(Path folder) {
    this.folder = folder;
    this.filling = folder.resolve("filling");
  }

  /** Mounts one; what is in the folder now is in it then. Empty where that is not permitted. */
  public static Optional<SmallDisk> mount(Path folder, int mebibytes) {
    try {
      Files.createDirectories(folder);
      var aside = folder.resolveSibling(folder.getFileName() + "-aside");
      Files.move(folder, aside);
      Files.createDirectory(folder);
      var options = "size=%dm,mode=0700".formatted(mebibytes);
      if (!succeeds("mount", "-t", "tmpfs", "-o", options, "tmpfs", folder.toString())) {
        Files.delete(folder);
        Files.move(aside, folder);
        return Optional.empty();
      }
      Shell.run("cp -a '%s/.' '%s/' && rm -r '%s'".formatted(aside, folder, aside));
      return Optional.of(new SmallDisk(folder));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean succeeds(String... command) throws IOException {
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Takes every free block. */
  public void fill() {
    try (var file =
        Files.newOutputStream(filling, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      var block = new byte[BLOCK_BYTES];
      while (folder.toFile().getUsableSpace() > 0) {
        file.write(block);
      }
    } catch (IOException full) {
      // So it is full: somebody else took the last block.
    }
  }

  /** Gives all of it back. */
  public void free() {
    try {
      Files.deleteIfExists(filling);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    Shell.run("umount -l '" + folder + "'");
  }
}
