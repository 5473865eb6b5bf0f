package dev.reelay.worker;

import dev.reelay.asset.AssetId;
import dev.reelay.asset.Assets;
import dev.reelay.asset.InputFiles;
import dev.reelay.asset.TimeOrderedIds;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes pictures that no row knows: their create was refused by a crash between the file and the
 * commit. A few shelves at a time, round and round.
 */
public final class InputSweeper implements Loop.Body {
  static final int SHELVES_A_RUN = 32;
  static final Duration WAIT = Duration.ofMinutes(5);

  /** A create whose file is older has ended one way or the other. */
  static final Duration YOUNG = Duration.ofHours(1);

  private static final int MILLIS_SHIFT = 16;
  private static final Logger LOG = LoggerFactory.getLogger(InputSweeper.class);

  private final Assets assets;
  private final InputFiles files;
  private final InstantSource clock;
  private int nextShelf;

  public InputSweeper(Assets assets, InputFiles files, InstantSource clock) {
    this.assets = assets;
    this.files = files;
    this.clock = clock;
  }

  @Override
  public Duration runOnce() {
    for (var i = 0; i < SHELVES_A_RUN; i++) {
      sweep(nextShelf);
      nextShelf = (nextShelf + 1) % InputFiles.SHELVES;
    }
    return WAIT;
  }

  private void sweep(int shelf) {
    var oldest = clock.instant().minus(YOUNG);
    var old = files.onShelf(shelf).stream().filter(id -> madeAt(id).isBefore(oldest)).toList();
    if (old.isEmpty()) {
      return;
    }
    var known = assets.known(old);
    var orphans = old.stream().filter(id -> !known.contains(id)).toList();
    orphans.forEach(files::remove);
    if (!orphans.isEmpty()) {
      LOG.info("removed {} pictures whose create never was", orphans.size());
    }
  }

  /** An id tells when it was made. */
  private static Instant madeAt(AssetId id) {
    var high = TimeOrderedIds.parse(id.value()).getMostSignificantBits();
    return Instant.ofEpochMilli(high >>> MILLIS_SHIFT);
  }
}
