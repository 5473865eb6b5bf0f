package dev.reelay.store;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The directory in which one Reelay process keeps everything: the bundled database, results, keys
 * and its identity. It is 0700, and while it is open no other process can open it. The operating
 * system gives the lock up when the process dies, however it dies.
 */
public final class DataDirectory implements AutoCloseable {
  static final String LOCK_FILE = "reelay.lock";
  static final String OWNER_FILE = "reelay.pid";

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");

  private final Path path;
  private final FileChannel channel;

  private DataDirectory(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Makes the directory if need be and takes its lock.
   *
   * @throws DataDirectoryException if it cannot be made, is open to others and not ours, or is in
   *     use by another live process
   */
  public static DataDirectory open(Path directory) {
    var path = directory.toAbsolutePath().normalize();
    PrivateFile.makeDirectory(path);
    try {
      closeToOthers(path);
      return lock(path.toRealPath());
    } catch (IOException e) {
      throw new DataDirectoryException(
          "cannot use the data directory " + path + " (owner, rights or disk?): " + e, e);
    }
  }

  /** Where it is, absolute and without links. */
  public Path path() {
    return path;
  }

  /** A file or folder in it, whether or not it exists. */
  public Path resolve(String name) {
    return path.resolve(name);
  }

  /** A folder in it, made with mode 0700 if it does not exist. */
  public Path folder(String name) {
    var folder = path.resolve(name);
    PrivateFile.makeDirectory(folder);
    return folder;
  }

  /** A text that is made once and kept in a 0600 file, such as the node's identity. */
  public String remember(String name, Supplier<String> make) {
    return PrivateFile.remember(path.resolve(name), make);
  }

  /** Gives the lock up. */
  @Override
  public void close() {
    try {
      if (channel.isOpen()) {
        Files.deleteIfExists(path.resolve(OWNER_FILE));
        channel.close();
      }
    } catch (IOException e) {
      throw new DataDirectoryException("cannot release the lock of " + path + ": " + e, e);
    }
  }

  /**
   * A directory that others can enter is closed to them if it is empty or was ours before. Any
   * other one is refused: a wrong setting such as /tmp must not lock everybody else out of it.
   */
  private static void closeToOthers(Path path) throws IOException {
    var rights = EnumSet.copyOf(Files.getPosixFilePermissions(path));
    if (OWNER_ONLY.containsAll(rights)) {
      return;
    }
    if (!isEmpty(path) && !Files.exists(path.resolve(LOCK_FILE))) {
      throw new DataDirectoryException(
          """
          the data directory %s holds other files and is open to other users; choose \
          an empty one (REELAY_DATA_DIR) or run: chmod 700 %s\
          """
              .formatted(path, path));
    }
    Files.setPosixFilePermissions(path, OWNER_ONLY);
  }

  private static boolean isEmpty(Path path) throws IOException {
    try (var entries = Files.list(path)) {
      return entries.findAny().isEmpty();
    }
  }

  /**
   * The owner file is asked before the lock file is touched: on POSIX systems a process that closes
   * any channel of a locked file loses its lock, so a second attempt within this process would set
   * the directory free.
   */
  private static DataDirectory lock(Path path) throws IOException {
    var owner = path.resolve(OWNER_FILE);
    var self = identity(ProcessHandle.current());
    if (PrivateFile.read(owner).filter(self::equals).isPresent()) {
      throw new DataDirectoryException("the data directory " + path + " is already open here");
    }
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    var channel = FileChannel.open(path.resolve(LOCK_FILE), Set.of(CREATE, WRITE), ownerOnly);
    if (!holdsLock(channel)) {
      channel.close();
      throw new DataDirectoryException(inUse(path));
    }
    PrivateFile.write(owner, self);
    return new DataDirectory(path, channel);
  }

  private static boolean holdsLock(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private static String inUse(Path path) {
    var who = PrivateFile.read(path.resolve(OWNER_FILE)).map(text -> text.split(" ")[0]);
    return """
        the data directory %s is in use by another Reelay process%s; stop it first \
        or choose another directory (REELAY_DATA_DIR)\
        """
        .formatted(path, who.map(pid -> " (process " + pid + ")").orElse(""));
  }

  /** Process numbers return, above all in containers; number and start time together do not. */
  private static String identity(ProcessHandle process) {
    var started = process.info().startInstant().map(at -> at.toEpochMilli()).orElse(0L);
    return process.pid() + " " + started;
  }
}
