package dev.reelay.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.access.TenantId;
import dev.reelay.asset.Asset;
import dev.reelay.asset.AssetFiles;
import dev.reelay.asset.AssetId;
import dev.reelay.asset.AssetKind;
import dev.reelay.asset.Assets;
import dev.reelay.asset.StillPictures;
import dev.reelay.money.Money;
import dev.reelay.task.Output;
import dev.reelay.task.Task;
import dev.reelay.task.TaskId;
import dev.reelay.task.TaskState;
import dev.reelay.testkit.ManualClock;
import dev.reelay.testkit.StateSamples;
import dev.reelay.testkit.TaskSamples;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Posters made when somebody asks, over a folder and rows in memory. */
class PosterMakerTest {
  private static final byte[] JPEG = {1, 2, 3};

  @TempDir Path folder;

  private final ManualClock clock = new ManualClock();
  private final Map<AssetId, Asset> rows = new HashMap<>();
  private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
  private int made;
  private Optional<StillPictures.Still> still = Optional.of(StillPictures.Still.of(JPEG, 320, 180));

  private final PosterMaker maker = maker(Runnable::run);

  private PosterMaker maker(Executor executor) {
    return new PosterMaker(
        new Rows(), new Folder(), this::make, PosterMakerTest::posterId, executor, clock);
  }

  private Optional<StillPictures.Still> make(Path video) {
    made++;
    return still;
  }

  private static AssetId posterId(TaskId task) {
    return TaskSamples.assetId(task, 9);
  }

  @Test
  void a_poster_is_made_once_kept_and_found_again() throws IOException {
    var task = finished(1);

    var first = maker.find(task).orElseThrow();
    var again = maker.find(task).orElseThrow();

    assertThat(again).isEqualTo(first);
    assertThat(made).isEqualTo(1);
    assertThat(first.kind()).isEqualTo(AssetKind.POSTER);
    assertThat(first.expiresAt()).isEqualTo(video(task).expiresAt());
    assertThat(Files.readAllBytes(folder.resolve(first.id().value()))).isEqualTo(JPEG);
  }

  @Test
  void a_video_that_cannot_be_read_is_not_tried_again_at_once() {
    still = Optional.empty();
    var task = finished(1);

    assertThat(maker.find(task)).isEmpty();
    assertThat(maker.find(task)).isEmpty();

    assertThat(made).isEqualTo(1);
    assertThat(rows).hasSize(1);
  }

  @Test
  void nothing_is_made_of_an_open_task_or_of_an_expired_video() {
    var task = finished(1);
    clock.move(Duration.between(clock.instant(), video(task).expiresAt()));

    assertThat(maker.find(task)).isEmpty();
    assertThat(maker.find(TaskSamples.queued())).isEmpty();
    assertThat(made).isZero();
  }

  /** An asker that is interrupted goes away at once, and what it began goes on. */
  @Test
  void so_many_may_wait_and_no_more() {
    var slow = maker(waiting::add);

    for (int n = 1; n <= PosterMaker.WAITING_MAX + 1; n++) {
      Thread.currentThread().interrupt();
      assertThat(slow.find(finished(n))).isEmpty();
      assertThat(Thread.interrupted() || n > PosterMaker.WAITING_MAX).isTrue();
    }

    assertThat(waiting).hasSize(PosterMaker.WAITING_MAX);
    waiting.forEach(Runnable::run);
    assertThat(slow.find(finished(1))).isPresent();
  }

  /** As when the node stops. */
  @Test
  void a_turn_that_is_interrupted_ends_at_once_and_says_nothing_of_the_video() {
    var slow = maker(waiting::add);
    var task = finished(1);

    leaveAfterAsking(slow, task);
    Thread.currentThread().interrupt();
    waiting.remove().run();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(made).isZero();
    leaveAfterAsking(slow, task);
    waiting.remove().run();
    assertThat(slow.find(task)).isPresent();
  }

  private static void leaveAfterAsking(PosterMaker maker, Task task) {
    Thread.currentThread().interrupt();
    assertThat(maker.find(task)).isEmpty();
    assertThat(Thread.interrupted()).isTrue();
  }

  /** A task whose video is stored. */
  private Task finished(int n) {
    var id = TaskSamples.taskId(n);
    var asset = TaskSamples.asset(id, 1, AssetKind.VIDEO, "video/mp4");
    rows.put(asset.id(), asset);
    try {
      Files.writeString(folder.resolve(asset.id().value()), "video");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var output = new Output(asset, Optional.empty(), Optional.empty());
    var state = new TaskState.Succeeded(StateSamples.JOB, output, Money.ZERO, clock.instant());
    var sample = StateSamples.in(state);
    return new Task(
        id, sample.accepted(), sample.version(), sample.custody(), state, sample.marks());
  }

  private static Asset video(Task task) {
    return ((TaskState.Succeeded) task.state()).output().video();
  }

  /** The rows, as far as a poster needs them. */
  private final class Rows implements Assets {
    @Override
    public Optional<Owned> find(AssetId id) {
      return Optional.ofNullable(rows.get(id)).map(a -> new Owned(a, new TenantId(1), false));
    }

    @Override
    public List<Asset> expired(Instant now, int max) {
      throw new UnsupportedOperationException("the cleaner asks this");
    }

    @Override
    public Set<AssetId> known(Collection<AssetId> ids) {
      throw new UnsupportedOperationException("the sweeper asks this");
    }

    @Override
    public boolean addTo(String task, Asset asset) {
      throw new UnsupportedOperationException("a poster belongs to its video");
    }

    @Override
    public boolean addBeside(Asset asset, AssetId other) {
      rows.put(asset.id(), asset);
      return rows.containsKey(other);
    }

    @Override
    public boolean markRemoved(AssetId id, Instant at) {
      throw new UnsupportedOperationException("the cleaner does this");
    }
  }

  /** A folder with a file an asset. */
  private final class Folder implements AssetFiles {
    @Override
    public Optional<Path> open(AssetId id) {
      return Optional.of(folder.resolve(id.value())).filter(Files::exists);
    }

    @Override
    public Path draft(AssetId id) {
      return folder.resolve(id.value() + ".draft");
    }

    @Override
    public void keep(AssetId id, Path draft) {
      try {
        Files.move(draft, folder.resolve(id.value()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void remove(AssetId id) {
      throw new UnsupportedOperationException("the cleaner does this");
    }

    @Override
    public void requireSpace() {}
  }
}
