package dev.reelay.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.asset.Asset;
import dev.reelay.asset.AssetId;
import dev.reelay.asset.Assets;
import dev.reelay.asset.InputFiles;
import dev.reelay.asset.TimeOrderedIds;
import dev.reelay.testkit.FolderAssetFiles;
import dev.reelay.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputSweeperTest {
  private static final int ROUND = InputFiles.SHELVES / InputSweeper.SHELVES_A_RUN;

  @TempDir private Path folder;
  private final ManualClock clock = new ManualClock();
  private final TimeOrderedIds ids = new TimeOrderedIds(clock, new SplittableRandom(3));
  private final KnownRows rows = new KnownRows();

  @Test
  void a_picture_that_no_row_knows_goes_once_it_is_old() {
    var files = new FolderAssetFiles(folder);
    var sweeper = new InputSweeper(rows, files, clock);
    var orphan = keep(files);
    var known = keep(files);
    rows.known.add(known);

    clock.move(InputSweeper.YOUNG);
    sweepRound(sweeper);
    assertThat(files.kept()).containsExactlyInAnyOrder(orphan, known);

    clock.move(InputSweeper.YOUNG.dividedBy(60));
    sweepRound(sweeper);
    assertThat(files.kept()).containsExactly(known);
  }

  @Test
  void every_shelf_has_its_turn_and_none_twice_in_a_round() {
    var files = new FolderAssetFiles(folder);
    for (var n = 0; n < 40; n++) {
      keep(files);
    }
    clock.move(InputSweeper.YOUNG.multipliedBy(2));
    var sweeper = new InputSweeper(rows, files, clock);

    sweepRound(sweeper);

    assertThat(files.kept()).isEmpty();
    assertThat(rows.asked).isEqualTo(40);
  }

  private static void sweepRound(InputSweeper sweeper) {
    for (var run = 0; run < ROUND; run++) {
      assertThat(sweeper.runOnce()).isEqualTo(InputSweeper.WAIT);
    }
  }

  private AssetId keep(FolderAssetFiles files) {
    var id = new AssetId(ids.text());
    files.keep(id, files.draft(id));
    return id;
  }

  private static final class KnownRows implements Assets {
    final Set<AssetId> known = new HashSet<>();
    int asked;

    @Override
    public Set<AssetId> known(Collection<AssetId> ids) {
      asked += ids.size();
      var found = new HashSet<>(ids);
      found.retainAll(known);
      return found;
    }

    @Override
    public Optional<Owned> find(AssetId id) {
      throw new UnsupportedOperationException("the sweeper asks in batches");
    }

    @Override
    public List<Asset> expired(Instant now, int max) {
      throw new UnsupportedOperationException("that is the cleaner's");
    }

    @Override
    public boolean addTo(String task, Asset asset) {
      throw new UnsupportedOperationException("the sweeper adds nothing");
    }

    @Override
    public boolean addBeside(Asset asset, AssetId other) {
      throw new UnsupportedOperationException("the sweeper adds nothing");
    }

    @Override
    public boolean markRemoved(AssetId id, Instant at) {
      throw new UnsupportedOperationException("there is no row to mark");
    }
  }
}
