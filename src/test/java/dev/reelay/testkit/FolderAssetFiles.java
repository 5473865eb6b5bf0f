package dev.reelay.testkit;

import dev.reelay.asset.AssetId;
import dev.reelay.asset.InputFiles;
import dev.reelay.asset.TimeOrderedIds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/** Asset files in a folder of a test; it can be told to be full. */
public final class FolderAssetFiles implements InputFiles {
  private final Path folder;
  private volatile boolean full;

  public FolderAssetFiles(Path folder) {
    this.folder = folder;
  }

  public void willBeFull() {
    full = true;
  }

  @Override
  public Optional<Path> open(AssetId id) {
    return Optional.of(folder.resolve(id.value())).filter(Files::exists);
  }

  @Override
  public Path draft(AssetId id) {
    requireSpace();
    try {
      return Files.createFile(folder.resolve(id.value() + ".draft"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void keep(AssetId id, Path draft) {
    try {
      Files.move(draft, folder.resolve(id.value()), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void remove(AssetId id) {
    try {
      Files.deleteIfExists(folder.resolve(id.value()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All ids that are kept here. */
  public List<AssetId> kept() {
    try (var files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(TimeOrderedIds::isText)
          .sorted()
          .map(AssetId::new)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<AssetId> onShelf(int shelf) {
    return kept().stream()
        .filter(id -> (TimeOrderedIds.parse(id.value()).getLeastSignificantBits() & 1023) == shelf)
        .toList();
  }

  @Override
  public void requireSpace() {
    if (full) {
      throw new StorageFull("the test's folder is full");
    }
  }
}
