package dev.reelay.worker;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.reelay.asset.Asset;
import dev.reelay.asset.AssetFiles;
import dev.reelay.asset.AssetId;
import dev.reelay.asset.AssetKind;
import dev.reelay.asset.Assets;
import dev.reelay.asset.Sha256;
import dev.reelay.asset.StillPictures;
import dev.reelay.task.Output;
import dev.reelay.task.Posters;
import dev.reelay.task.Task;
import dev.reelay.task.TaskId;
import dev.reelay.task.TaskState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes posters of stored videos whose provider gave none: when somebody first asks for one, since
 * most are never asked for. Few are made at once and few may wait; who asks beyond that is told
 * that there is none now. A video that cannot be read is not tried again for a while.
 */
public final class PosterMaker implements Posters {
  static final int AT_ONCE_MAX = 2;
  static final int WAITING_MAX = 32;
  static final Duration PATIENCE = Duration.ofSeconds(8);
  static final Duration FORGET_UNREADABLE = Duration.ofMinutes(30);
  static final int UNREADABLE_MAX = 10_000;
  private static final String JPEG = "image/jpeg";
  private static final Logger LOG = LoggerFactory.getLogger(PosterMaker.class);

  private final Assets assets;
  private final AssetFiles files;
  private final StillPictures stills;
  private final Function<TaskId, AssetId> ids;
  private final Executor executor;
  private final InstantSource clock;
  private final Semaphore places = new Semaphore(AT_ONCE_MAX);
  private final ConcurrentHashMap<AssetId, CompletableFuture<Optional<Asset>>> underWay =
      new ConcurrentHashMap<>();
  private final Cache<AssetId, Boolean> unreadable =
      Caffeine.newBuilder().maximumSize(UNREADABLE_MAX).expireAfterWrite(FORGET_UNREADABLE).build();

  /**
   * Makes the maker.
   *
   * @param ids the id of a task's poster, always the same
   * @param executor a thread for each poster in production; an interrupt ends one that waits
   */
  public PosterMaker(
      Assets assets,
      AssetFiles files,
      StillPictures stills,
      Function<TaskId, AssetId> ids,
      Executor executor,
      InstantSource clock) {
    this.assets = assets;
    this.files = files;
    this.stills = stills;
    this.ids = ids;
    this.executor = executor;
    this.clock = clock;
  }

  @Override
  public Optional<Asset> find(Task task) {
    return task.state() instanceof TaskState.Succeeded(_, Output output, _, _)
        ? output.poster().or(() -> kept(task)).or(() -> awaited(task, output.video()))
        : Optional.empty();
  }

  private Optional<Asset> kept(Task task) {
    var now = clock.instant();
    return assets
        .find(ids.apply(task.id()))
        .map(Assets.Owned::asset)
        .filter(asset -> !asset.isGone(now));
  }

  private Optional<Asset> awaited(Task task, Asset video) {
    var id = ids.apply(task.id());
    if (video.isGone(clock.instant()) || unreadable.getIfPresent(id) != null) {
      return Optional.empty();
    }
    var mine = new CompletableFuture<Optional<Asset>>();
    if (underWay.size() >= WAITING_MAX && !underWay.containsKey(id)) {
      return Optional.empty();
    }
    var running = underWay.putIfAbsent(id, mine);
    if (running == null) {
      executor.execute(() -> run(id, video, mine));
    }
    return within(running == null ? mine : running);
  }

  private static Optional<Asset> within(CompletableFuture<Optional<Asset>> poster) {
    try {
      return poster.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** Whatever goes wrong, who waits is answered: a poster is never worth a failed request. */
  private void run(AssetId id, Asset video, CompletableFuture<Optional<Asset>> result) {
    try {
      places.acquire();
      try {
        result.complete(make(id, video));
      } finally {
        places.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.atWarn().setCause(e).addKeyValue("asset", video.id()).log("no poster was made");
    } finally {
      result.complete(Optional.empty());
      underWay.remove(id);
    }
  }

  private Optional<Asset> make(AssetId id, Asset video) {
    var poster = files.open(video.id()).flatMap(stills::of).flatMap(s -> keep(id, video, s));
    if (poster.isEmpty()) {
      unreadable.put(id, true);
    }
    return poster;
  }

  private Optional<Asset> keep(AssetId id, Asset video, StillPictures.Still still) {
    var jpeg = still.bytes();
    var draft = files.draft(id);
    try {
      Files.write(draft, jpeg);
      files.keep(id, draft);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var poster =
        new Asset(
            id,
            AssetKind.POSTER,
            JPEG,
            jpeg.length,
            Sha256.hex(jpeg),
            still.width(),
            still.height(),
            0,
            video.expiresAt(),
            Optional.empty());
    return assets.addBeside(poster, video.id()) ? Optional.of(poster) : Optional.empty();
  }
}
