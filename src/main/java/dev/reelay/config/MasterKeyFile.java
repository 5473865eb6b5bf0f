package dev.reelay.config;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.reelay.access.MasterKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.Set;

/**
 * The generated master key in the data directory, mode 0600. Without it nothing that was sealed
 * opens again, so it is written once, complete and synced, and never over another.
 */
public final class MasterKeyFile {
  public static final String NAME = "master.key";
  private static final int FILE_BYTES_MAX = 1024;
  private static final int SUFFIX_BOUND = 1_000_000_000;
  private static final Set<PosixFilePermission> OWNER_ONLY =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private final Path file;
  private final SecureRandom random;

  public MasterKeyFile(Path dataDir, SecureRandom random) {
    this.file = dataDir.resolve(NAME);
    this.random = random;
  }

  public Path path() {
    return file;
  }

  /**
   * The key of the file, made now if there is none. The data directory must exist.
   *
   * @throws UnusableMasterKeyFile if others may read it, or it holds no key
   * @throws UncheckedIOException if the disk fails
   */
  public MasterKey readOrCreate() {
    try {
      if (!Files.exists(file)) {
        create();
      }
      return read();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot use the master key file " + file, e);
    }
  }

  private MasterKey read() throws IOException {
    refuseIfOthersMayRead();
    if (Files.size(file) > FILE_BYTES_MAX) {
      throw new UnusableMasterKeyFile(file + " holds no master key");
    }
    try {
      return MasterKey.parse(Files.readString(file, US_ASCII));
    } catch (IllegalArgumentException e) {
      throw new UnusableMasterKeyFile(file + " " + e.getMessage());
    }
  }

  private void refuseIfOthersMayRead() throws IOException {
    if (!isPosix()) {
      return;
    }
    var permissions = Files.getPosixFilePermissions(file);
    if (!OWNER_ONLY.containsAll(permissions)) {
      throw new UnusableMasterKeyFile(
          file
              + " may be read by others ("
              + PosixFilePermissions.toString(permissions)
              + "); if nobody did, run: chmod 600 "
              + file);
    }
  }

  /**
   * A link appears with its whole content or not at all, and fails if another process was first;
   * then that one's key is the key.
   */
  private void create() throws IOException {
    var draft = file.resolveSibling(NAME + "." + random.nextInt(SUFFIX_BOUND));
    try {
      writeSynced(draft, MasterKey.generate(random).reveal().reveal() + "\n");
      appear(draft);
      syncFolder();
    } catch (FileAlreadyExistsException _) {
      // Read by the caller.
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private void appear(Path draft) throws IOException {
    try {
      Files.createLink(file, draft);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (FileSystemException | UnsupportedOperationException _) {
      // A file system without links; a move refuses what is there, with a small gap in between.
      Files.move(draft, file);
    }
  }

  private void writeSynced(Path target, String text) throws IOException {
    var attributes =
        isPosix()
            ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
            : new FileAttribute<?>[0];
    try (var channel = FileChannel.open(target, Set.of(CREATE_NEW, WRITE), attributes)) {
      var bytes = ByteBuffer.wrap(text.getBytes(US_ASCII));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  private void syncFolder() throws IOException {
    if (isPosix()) {
      try (var folder = FileChannel.open(file.resolveSibling("."), READ)) {
        folder.force(true);
      }
    }
  }

  private boolean isPosix() {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  /** The file is there and must not be used; the message says why and what to do. */
  public static final class UnusableMasterKeyFile extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnusableMasterKeyFile(String message) {
      super(message);
    }
  }
}
