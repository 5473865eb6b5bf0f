package dev.reelay.asset;

import dev.reelay.access.TenantId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The port to the rows that say what files are kept, whose, and until when. */
public interface Assets {
  Optional<Owned> find(AssetId id);

  /** Assets whose time is over and whose bytes are still kept; the oldest first. */
  List<Asset> expired(Instant now, int max);

  /** Those of the ids that have a row, whatever it says. */
  Set<AssetId> known(Collection<AssetId> ids);

  /**
   * Adds a file to whatever task another one belongs to; harmless if it is there already.
   *
   * @return false if there is no such other file
   */
  boolean addBeside(Asset asset, AssetId other);

  /**
   * Adds a file to a task, or replaces its row. Those of a deleted task expire at once.
   *
   * @param task the task's id
   * @return false if there is no such task
   */
  boolean addTo(String task, Asset asset);

  /** Notes that the bytes are deleted; false if that was noted before or there is no such row. */
  boolean markRemoved(AssetId id, Instant at);

  /**
   * An asset and its owner.
   *
   * @param taskDeleted its task was deleted by the tenant: for clients it does not exist any more
   */
  record Owned(Asset asset, TenantId tenant, boolean taskDeleted) {}
}
