package dev.reelay.provider;

import dev.reelay.access.TenantId;
import dev.reelay.asset.Asset;
import dev.reelay.asset.AssetId;
import dev.reelay.asset.Assets;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The rows of fetched pictures in memory. */
final class PictureRows implements Assets {
  final Map<AssetId, Asset> rows = new HashMap<>();

  /** The database is away. */
  boolean breaks;

  @Override
  public Optional<Owned> find(AssetId id) {
    return Optional.ofNullable(rows.get(id)).map(asset -> new Owned(asset, new TenantId(1), false));
  }

  @Override
  public boolean addTo(String task, Asset asset) {
    if (breaks) {
      throw new IllegalStateException("the database is away");
    }
    rows.put(asset.id(), asset);
    return true;
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
  public boolean addBeside(Asset asset, AssetId other) {
    return false;
  }

  @Override
  public boolean markRemoved(AssetId id, Instant at) {
    return false;
  }
}
