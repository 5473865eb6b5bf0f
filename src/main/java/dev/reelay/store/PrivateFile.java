package dev.reelay.store;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Small texts that only the owner may read: passwords, the remembered port, the node's identity.
 * They are written whole and flushed or not at all, since a half written password would lock the
 * owner out of his own database.
 */
public final class PrivateFile {
  private static final String OWNER_ONLY_FILE = "rw-------";
  private static final String OWNER_ONLY_DIRECTORY = "rwx------";

  private PrivateFile() {}

  /** The text of the file without white space around it, or nothing if there is no file. */
  public static Optional<String> read(Path file) {
    try {
      return Optional.of(Files.readString(file).strip());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new DataDirectoryException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  /** Writes the text with mode 0600, in place of an older one. */
  public static void write(Path file, String text) {
    var half = file.resolveSibling(file.getFileName() + ".half");
    try {
      Files.deleteIfExists(half);
      writeFlushed(half, text);
      Files.move(half, file, ATOMIC_MOVE);
    } catch (IOException e) {
      throw new DataDirectoryException("cannot write " + file + ": " + e.getMessage(), e);
    }
  }

  /** The text of the file; if there is none yet, it is made, written and returned. */
  public static String remember(Path file, Supplier<String> make) {
    return read(file)
        .orElseGet(
            () -> {
              var text = make.get();
              write(file, text);
              return text;
            });
  }

  /** Makes the directory and its missing parents with mode 0700; one that exists stays as it is. */
  public static void makeDirectory(Path directory) {
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY_DIRECTORY));
    try {
      Files.createDirectories(directory, ownerOnly);
    } catch (IOException e) {
      throw new DataDirectoryException("cannot make the directory " + directory + ": " + e, e);
    }
  }

  private static void writeFlushed(Path file, String text) throws IOException {
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY_FILE));
    try (var channel =
        FileChannel.open(file, Set.of(CREATE, WRITE, TRUNCATE_EXISTING), ownerOnly)) {
      var bytes = ByteBuffer.wrap((text + "\n").getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }
}
