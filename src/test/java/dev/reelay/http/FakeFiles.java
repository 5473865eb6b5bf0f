package dev.reelay.http;

import dev.reelay.access.TenantId;
import dev.reelay.asset.Asset;
import dev.reelay.asset.AssetFiles;
import dev.reelay.asset.AssetId;
import dev.reelay.asset.Assets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Stored files that were put here by hand, and a disk that can be told to be full. */
final class FakeFiles implements AssetFiles, Assets {
  private final Map<AssetId, Owned> rows = new HashMap<>();
  private final Map<AssetId, Path> bytes = new HashMap<>();
  private volatile boolean isFull;

  void add(Asset asset, TenantId tenant, Path file) {
    rows.put(asset.id(), new Owned(asset, tenant, false));
    bytes.put(asset.id(), file);
  }

  void taskIsDeleted(AssetId id) {
    rows.computeIfPresent(id, (_, row) -> new Owned(row.asset(), row.tenant(), true));
  }

  void fill() {
    isFull = true;
  }

  @Override
  public Optional<Owned> find(AssetId id) {
    return Optional.ofNullable(rows.get(id));
  }

  @Override
  public Optional<Path> open(AssetId id) {
    return Optional.ofNullable(bytes.get(id));
  }

  @Override
  public void requireSpace() {
    if (isFull) {
      throw new StorageFull("full");
    }
  }

  @Override
  public Path draft(AssetId id) {
    throw new UnsupportedOperationException("the edge stores nothing");
  }

  @Override
  public void keep(AssetId id, Path draft) {
    throw new UnsupportedOperationException("the edge stores nothing");
  }

  @Override
  public void remove(AssetId id) {
    throw new UnsupportedOperationException("the edge removes nothing");
  }

  @Override
  public List<Asset> expired(Instant now, int max) {
    return List.of();
  }

  @Override
  public Set<AssetId> known(Collection<AssetId> ids) {
    return Set.of();
  }

  @Override
  public boolean addTo(String task, Asset asset) {
    throw new UnsupportedOperationException("nothing is added here");
  }

  @Override
  public boolean addBeside(Asset asset, AssetId other) {
    throw new UnsupportedOperationException("nothing is added here");
  }

  @Override
  public boolean markRemoved(AssetId id, Instant at) {
    return false;
  }
}
