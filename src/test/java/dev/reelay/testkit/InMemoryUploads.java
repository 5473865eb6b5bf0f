package dev.reelay.testkit;

import dev.reelay.access.TenantId;
import dev.reelay.asset.Asset;
import dev.reelay.asset.AssetId;
import dev.reelay.asset.Uploads;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Uploads that last as long as the test. */
public final class InMemoryUploads implements Uploads {
  private final Map<AssetId, Asset> assets = new HashMap<>();
  private final Map<AssetId, TenantId> owners = new HashMap<>();

  @Override
  public synchronized boolean add(TenantId tenant, Asset picture, Instant now) {
    if (!hasRoom(tenant, picture.bytes(), now)) {
      return false;
    }
    assets.put(picture.id(), picture);
    owners.put(picture.id(), tenant);
    return true;
  }

  @Override
  public synchronized Optional<Asset> find(TenantId tenant, AssetId id) {
    return Optional.ofNullable(assets.get(id)).filter(_ -> tenant.equals(owners.get(id)));
  }

  @Override
  public synchronized boolean hasRoom(TenantId tenant, Instant now) {
    return hasRoom(tenant, 1, now);
  }

  private boolean hasRoom(TenantId tenant, long bytes, Instant now) {
    var kept = kept(tenant, now);
    return kept.size() < COUNT_MAX
        && kept.stream().mapToLong(Asset::bytes).sum() <= BYTES_MAX - bytes;
  }

  private List<Asset> kept(TenantId tenant, Instant now) {
    return assets.values().stream()
        .filter(asset -> tenant.equals(owners.get(asset.id())))
        .filter(asset -> !asset.isGone(now))
        .toList();
  }
}
