package dev.reelay.store.embedded;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * Unpacks a bundle once. The folder gets its final name only when everything in it is on disk, so
 * that what a killed process left half done is never mistaken for programs.
 */
final class Unpacker {
  private static final String FINISHED_PREFIX = "bin-";
  private static final String HALF_PREFIX = "half-";

  private Unpacker() {}

  /** Returns the folder that holds the programs of the bundle, unpacking them if need be. */
  static Path unpack(Bundle bundle, Path parent) {
    var finished = parent.resolve(FINISHED_PREFIX + bundle.version());
    if (Files.isDirectory(finished)) {
      return finished;
    }
    var half = parent.resolve(HALF_PREFIX + bundle.version());
    try (var archive = bundle.open()) {
      deleteTree(half);
      makeFolder(half);
      unpackInto(half, archive);
      Files.move(half, finished, ATOMIC_MOVE);
      return finished;
    } catch (IOException e) {
      throw new EmbeddedPostgresException(
          "cannot unpack the bundled PostgreSQL into " + parent + " (disk full?): " + e, e);
    }
  }

  /** Removes the programs of other releases, once nothing runs from them. */
  static void removeOthers(Bundle bundle, Path parent) {
    try {
      for (var entry : entriesOf(parent)) {
        var name = entry.getFileName().toString();
        var ours = name.equals(FINISHED_PREFIX + bundle.version());
        if (!ours && (name.startsWith(FINISHED_PREFIX) || name.startsWith(HALF_PREFIX))) {
          deleteTree(entry);
        }
      }
    } catch (IOException e) {
      throw new EmbeddedPostgresException("cannot clear old programs in " + parent + ": " + e, e);
    }
  }

  /** Deletes a file or folder with all that it holds; nothing happens if there is none. */
  static void deleteTree(Path top) throws IOException {
    if (!Files.exists(top)) {
      return;
    }
    try (var tree = Files.walk(top)) {
      for (var path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  private static List<Path> entriesOf(Path folder) throws IOException {
    try (var entries = Files.list(folder)) {
      return entries.toList();
    }
  }

  private static void unpackInto(Path folder, InputStream archive) throws IOException {
    try (var tar = new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(archive)))) {
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        unpackEntry(folder, entry, tar);
      }
    }
  }

  private static void unpackEntry(Path folder, TarArchiveEntry entry, InputStream bytes)
      throws IOException {
    var target = folder.resolve(entry.getName()).normalize();
    if (!target.startsWith(folder)) {
      throw new IOException("the archive names a file outside of itself: " + entry.getName());
    }
    if (entry.isDirectory()) {
      makeFolder(target);
    } else if (entry.isSymbolicLink()) {
      makeFolder(target.resolveSibling(""));
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
    } else {
      makeFolder(target.resolveSibling(""));
      writeFlushed(target, (entry.getMode() & 0100) != 0, bytes);
    }
  }

  /** Readable by all, whatever our umask is: a service account may have to run what is in it. */
  private static void makeFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder);
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  private static void writeFlushed(Path file, boolean executable, InputStream bytes)
      throws IOException {
    try (var channel = FileChannel.open(file, CREATE_NEW, WRITE)) {
      bytes.transferTo(Channels.newOutputStream(channel));
      channel.force(false);
    }
    var rights = executable ? "rwxr-xr-x" : "rw-r--r--";
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(rights));
  }
}
