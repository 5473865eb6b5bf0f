package dev.reelay.asset;

import dev.reelay.access.TenantId;
import java.time.Instant;
import java.util.Optional;

/** The port to pictures that tenants have uploaded for creates to come. */
public interface Uploads {
  /** How many a tenant may keep at once. */
  int COUNT_MAX = 200;

  /** How much a tenant may keep at once. */
  long BYTES_MAX = 1L << 30;

  /**
   * Adds one, unless its tenant keeps too much already.
   *
   * @param now uploads that have expired by then do not count
   * @return false if it would be one too many, or too many bytes
   */
  boolean add(TenantId tenant, Asset picture, Instant now);

  /** An upload of this tenant, whether it has expired or not. */
  Optional<Asset> find(TenantId tenant, AssetId id);

  /** Whether the tenant could add one more of at least one byte. */
  boolean hasRoom(TenantId tenant, Instant now);
}
