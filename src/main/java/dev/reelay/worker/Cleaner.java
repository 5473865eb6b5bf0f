package dev.reelay.worker;

import dev.reelay.asset.Asset;
import dev.reelay.asset.AssetFiles;
import dev.reelay.asset.Assets;
import dev.reelay.task.IdempotencyStore;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what is kept only for a time: the bytes of expired assets, and idempotency keys. Its
 * batches are bounded, so that neither the disk nor the store is busy with it for long.
 */
public final class Cleaner implements Loop.Body {
  static final int ASSETS_MAX = 200;
  static final int KEYS_MAX = 1_000;
  static final Duration IDLE_WAIT = Duration.ofMinutes(5);

  /** Between two batches while there is more, so that others get their turn. */
  static final Duration BUSY_WAIT = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(Cleaner.class);

  private final Assets assets;
  private final AssetFiles files;
  private final AssetFiles inputs;
  private final IdempotencyStore keys;
  private final Duration keysKept;
  private final InstantSource clock;

  /**
   * @param files where results are kept
   * @param inputs where pictures of callers are kept
   * @param keysKept how long a repeated create is recognised
   */
  public Cleaner(
      Assets assets,
      AssetFiles files,
      AssetFiles inputs,
      IdempotencyStore keys,
      Duration keysKept,
      InstantSource clock) {
    this.assets = assets;
    this.files = files;
    this.inputs = inputs;
    this.keys = keys;
    this.keysKept = keysKept;
    this.clock = clock;
  }

  /** Keys first: a disk that fails must not keep them. */
  @Override
  public Duration runOnce() {
    var moreKeys = keys.forget(clock.instant().minus(keysKept), KEYS_MAX) == KEYS_MAX;
    var moreAssets = removeExpired();
    return moreKeys || moreAssets ? BUSY_WAIT : IDLE_WAIT;
  }

  /** Whether there may be more. A file that cannot be removed is tried again after a while. */
  private boolean removeExpired() {
    var expired = assets.expired(clock.instant(), ASSETS_MAX);
    var removed = expired.stream().filter(this::remove).count();
    if (removed > 0) {
      LOG.info("removed the bytes of {} expired assets", removed);
    }
    return expired.size() == ASSETS_MAX && removed > 0;
  }

  /**
   * The bytes go first: after a crash in between they are removed again, which is harmless, and
   * never stay behind a row that says they are gone.
   */
  private boolean remove(Asset asset) {
    try {
      place(asset).remove(asset.id());
      return assets.markRemoved(asset.id(), clock.instant());
    } catch (RuntimeException e) {
      LOG.error("asset {} could not be removed: {}", asset.id(), e.toString());
      return false;
    }
  }

  private AssetFiles place(Asset asset) {
    return switch (asset.kind()) {
      case VIDEO, POSTER -> files;
      case INPUT -> inputs;
    };
  }
}
