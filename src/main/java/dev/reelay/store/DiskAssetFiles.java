package dev.reelay.store;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.reelay.asset.AssetId;
import dev.reelay.asset.InputFiles;
import dev.reelay.asset.TimeOrderedIds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Files below one folder, which all nodes of a database may share. Two levels of folders are named
 * after the last two characters of the ids, which are random, so that the files spread over 1,024
 * of them. What a node has under way is in {@code drafts/<node>}, on the same file system, so that
 * keeping it is a rename.
 */
public final class DiskAssetFiles implements InputFiles {
  private static final String DRAFTS = "drafts";
  private static final String KEPT = "kept";

  private final Path drafts;
  private final Path kept;
  private final FileStore disk;
  private final long minFreeBytes;
  private final Set<Path> durable = ConcurrentHashMap.newKeySet();

  private DiskAssetFiles(Path root, String node, FileStore disk, long minFreeBytes) {
    this.drafts = root.resolve(DRAFTS).resolve(node);
    this.kept = root.resolve(KEPT);
    this.disk = disk;
    this.minFreeBytes = minFreeBytes;
  }

  /**
   * @param root made with mode 0700 if it does not exist
   * @param node whose drafts are ours, also those of its former lives; fit for a file's name
   * @param minFreeBytes what must stay free on the disk
   */
  public static DiskAssetFiles open(Path root, String node, long minFreeBytes) {
    try {
      PrivateFile.makeDirectory(root);
      var files = new DiskAssetFiles(root, node, Files.getFileStore(root), minFreeBytes);
      PrivateFile.makeDirectory(files.drafts);
      PrivateFile.makeDirectory(files.kept);
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot use the folder of results " + root, e);
    }
  }

  /**
   * Removes what a crash of this node left unfinished. Only the process that is this node may do
   * it, before it fetches anything.
   *
   * @return how many drafts there were
   */
  public int sweepDrafts() {
    try (var left = Files.list(drafts)) {
      var swept = 0;
      for (var draft : left.toList()) {
        Files.deleteIfExists(draft);
        swept++;
      }
      return swept;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot sweep " + drafts, e);
    }
  }

  @Override
  public Optional<Path> open(AssetId id) {
    var file = place(id);
    return Files.isRegularFile(file) ? Optional.of(file) : Optional.empty();
  }

  @Override
  public Path draft(AssetId id) {
    requireSpace();
    try {
      return Files.createTempFile(drafts, id.value() + "-", ".part");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot begin a file in " + drafts, e);
    }
  }

  @Override
  public void keep(AssetId id, Path draft) {
    var file = place(id);
    try {
      if (!Files.exists(draft) && Files.isRegularFile(file)) {
        return;
      }
      syncFile(draft);
      makeFolder(id);
      Files.move(draft, file, ATOMIC_MOVE);
      syncFolder(lowerFolder(id));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep the file " + id, e);
    }
  }

  @Override
  public void remove(AssetId id) {
    try {
      Files.deleteIfExists(place(id));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove the file " + id, e);
    }
  }

  @Override
  public void requireSpace() {
    try {
      var free = disk.getUsableSpace();
      if (free < minFreeBytes) {
        throw new StorageFull(
            "only %d bytes are free where results are kept; %d must stay free"
                .formatted(free, minFreeBytes));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot ask for the free space", e);
    }
  }

  @Override
  public List<AssetId> onShelf(int shelf) {
    var ids = TimeOrderedIds.text(new UUID(0, shelf));
    var folder = lowerFolder(new AssetId(ids));
    try (var files = Files.isDirectory(folder) ? Files.list(folder) : Stream.<Path>empty()) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(TimeOrderedIds::isText)
          .map(AssetId::new)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + folder, e);
    }
  }

  private Path place(AssetId id) {
    return lowerFolder(id).resolve(id.value());
  }

  private Path upperFolder(AssetId id) {
    return kept.resolve(id.value().substring(TimeOrderedIds.TEXT_CHARS - 1));
  }

  private Path lowerFolder(AssetId id) {
    return upperFolder(id)
        .resolve(
            id.value().substring(TimeOrderedIds.TEXT_CHARS - 2, TimeOrderedIds.TEXT_CHARS - 1));
  }

  /**
   * A new folder is only there after a power cut if the one above it was synced. Each is seen to
   * once a process, whoever made it.
   */
  private void makeFolder(AssetId id) throws IOException {
    var lower = lowerFolder(id);
    if (durable.contains(lower)) {
      return;
    }
    PrivateFile.makeDirectory(lower);
    syncFolder(upperFolder(id));
    syncFolder(kept);
    durable.add(lower);
  }

  private static void syncFile(Path file) throws IOException {
    try (var channel = FileChannel.open(file, WRITE)) {
      channel.force(true);
    }
  }

  private static void syncFolder(Path folder) throws IOException {
    try (var channel = FileChannel.open(folder, READ)) {
      channel.force(true);
    }
  }
}
