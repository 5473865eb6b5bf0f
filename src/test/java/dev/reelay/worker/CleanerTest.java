package dev.reelay.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.asset.Asset;
import dev.reelay.asset.AssetFiles;
import dev.reelay.asset.AssetId;
import dev.reelay.asset.AssetKind;
import dev.reelay.asset.Assets;
import dev.reelay.testkit.ManualClock;
import dev.reelay.testkit.TaskSamples;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CleanerTest {
  private final ManualClock clock = new ManualClock();
  private final KeptRows rows = new KeptRows();
  private final KeptFiles files = new KeptFiles();
  private final KeptFiles inputs = new KeptFiles();
  private final List<Instant> keys = new ArrayList<>();
  private static final Duration KEPT = Duration.ofDays(3);
  private final Cleaner cleaner = new Cleaner(rows, files, inputs, this::forget, KEPT, clock);

  @Test
  void the_bytes_of_an_expired_asset_are_removed_and_its_row_says_so() {
    var asset = keep(1);
    clock.move(Duration.between(clock.instant(), asset.expiresAt()));

    var wait = cleaner.runOnce();

    assertThat(files.removed).containsExactly(asset.id());
    assertThat(rows.removed).containsEntry(asset.id(), clock.instant());
    assertThat(wait).isEqualTo(Cleaner.IDLE_WAIT);
  }

  @Test
  void an_expired_picture_of_a_caller_is_removed_where_those_are_kept() {
    var asset = TaskSamples.asset(TaskSamples.taskId(1), 1, AssetKind.INPUT, "image/png");
    rows.kept.put(asset.id(), asset);
    clock.move(Duration.ofDays(30));

    cleaner.runOnce();

    assertThat(inputs.removed).containsExactly(asset.id());
    assertThat(files.removed).isEmpty();
    assertThat(rows.removed).containsOnlyKeys(asset.id());
  }

  @Test
  void an_asset_is_kept_to_its_last_moment() {
    var asset = keep(1);
    clock.move(Duration.between(clock.instant(), asset.expiresAt()).minusMillis(1));

    cleaner.runOnce();

    assertThat(files.removed).isEmpty();
    assertThat(rows.removed).isEmpty();
  }

  @Test
  void bytes_that_cannot_be_removed_hinder_no_others_and_are_not_marked() {
    var stuck = keep(1);
    var other = keep(2);
    files.stuck = Optional.of(stuck.id());
    clock.move(Duration.ofDays(30));

    cleaner.runOnce();

    assertThat(rows.removed).containsOnlyKeys(other.id());
  }

  @Test
  void a_round_is_bounded_and_the_next_comes_soon_while_there_is_more() {
    for (var n = 1; n <= Cleaner.ASSETS_MAX + 1; n++) {
      keep(n);
    }
    clock.move(Duration.ofDays(30));

    assertThat(cleaner.runOnce()).isEqualTo(Cleaner.BUSY_WAIT);
    assertThat(rows.removed).hasSize(Cleaner.ASSETS_MAX);
    assertThat(cleaner.runOnce()).isEqualTo(Cleaner.IDLE_WAIT);
    assertThat(rows.removed).hasSize(Cleaner.ASSETS_MAX + 1);
  }

  @Test
  void a_batch_of_files_that_are_all_stuck_is_not_tried_again_at_once() {
    for (var n = 1; n <= Cleaner.ASSETS_MAX; n++) {
      keep(n);
    }
    files.allStuck = true;
    clock.move(Duration.ofDays(30));

    assertThat(cleaner.runOnce()).isEqualTo(Cleaner.IDLE_WAIT);
  }

  @Test
  void idempotency_keys_are_kept_for_three_days() {
    keys.add(clock.instant());
    clock.move(KEPT);
    cleaner.runOnce();
    assertThat(keys).hasSize(1);

    clock.move(Duration.ofMillis(1));
    cleaner.runOnce();

    assertThat(keys).isEmpty();
  }

  private int forget(Instant before, int max) {
    var old = keys.stream().filter(at -> at.isBefore(before)).limit(max).toList();
    keys.removeAll(old);
    return old.size();
  }

  private Asset keep(int n) {
    var asset = TaskSamples.asset(TaskSamples.taskId(n), 1, AssetKind.VIDEO, "video/mp4");
    rows.kept.put(asset.id(), asset);
    return asset;
  }

  private static final class KeptRows implements Assets {
    final Map<AssetId, Asset> kept = new LinkedHashMap<>();
    final Map<AssetId, Instant> removed = new LinkedHashMap<>();

    @Override
    public Optional<Owned> find(AssetId id) {
      return Optional.empty();
    }

    @Override
    public List<Asset> expired(Instant now, int max) {
      return kept.values().stream()
          .filter(asset -> !removed.containsKey(asset.id()) && asset.isGone(now))
          .limit(max)
          .toList();
    }

    @Override
    public Set<AssetId> known(Collection<AssetId> ids) {
      return ids.stream().filter(kept::containsKey).collect(Collectors.toSet());
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
      return removed.putIfAbsent(id, at) == null;
    }
  }

  private static final class KeptFiles implements AssetFiles {
    final List<AssetId> removed = new ArrayList<>();
    Optional<AssetId> stuck = Optional.empty();
    boolean allStuck;

    @Override
    public void remove(AssetId id) {
      if (allStuck || stuck.equals(Optional.of(id))) {
        throw new IllegalStateException("the disk is broken");
      }
      removed.add(id);
    }

    @Override
    public Optional<Path> open(AssetId id) {
      return Optional.empty();
    }

    @Override
    public Path draft(AssetId id) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void keep(AssetId id, Path draft) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void requireSpace() {
      throw new UnsupportedOperationException();
    }
  }
}
