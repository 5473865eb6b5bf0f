package dev.reelay.provider;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.reelay.asset.Asset;
import dev.reelay.asset.AssetFiles;
import dev.reelay.asset.AssetId;
import dev.reelay.asset.AssetKind;
import dev.reelay.asset.Assets;
import dev.reelay.asset.PictureLimits;
import dev.reelay.asset.PictureProbe;
import dev.reelay.task.ErrorCode;
import dev.reelay.task.Failure;
import dev.reelay.task.Picture;
import dev.reelay.task.TaskId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches pictures that callers gave by address, for providers that want bytes, and keeps them with
 * the task, so that another try finds them here. Their ids follow from task and address. What a
 * caller's address answers is never held against a channel: nothing has been sent to one.
 */
public final class PictureFetcher implements WebPictures {
  /** For all pictures of one try; the next one goes on where this one ended. */
  static final Duration TRY_MAX = Duration.ofSeconds(30);

  /** Each streams to the disk; what this bounds are connections and drafts. */
  static final int FETCHES_AT_ONCE_MAX = 16;

  /** A server that never answers is the caller's fault in the end. */
  static final int MISSES_MAX = 4;

  private static final Duration MISSES_KEPT = Duration.ofHours(1);
  private static final int MISSES_KEPT_MAX = 10_000;
  private static final int ADDRESS_CHARS_MAX = 200;
  private static final int SERVER_FAULT = 500;

  /** Request time-out, too early, too many requests: the same may be answered later. */
  private static final Set<Integer> PASSING = Set.of(408, 425, 429);

  private static final Logger LOG = LoggerFactory.getLogger(PictureFetcher.class);

  private final Outbound outbound;
  private final AssetFiles files;
  private final Assets rows;
  private final PictureProbe probe;
  private final InstantSource clock;
  private final Semaphore places = new Semaphore(FETCHES_AT_ONCE_MAX);
  private final Cache<TaskId, Integer> misses =
      Caffeine.newBuilder().maximumSize(MISSES_KEPT_MAX).expireAfterWrite(MISSES_KEPT).build();

  /**
   * @param outbound one of its own: what the operator lets channels reach is not for callers
   * @param files where pictures of callers are kept
   */
  public PictureFetcher(
      Outbound outbound, AssetFiles files, Assets rows, PictureProbe probe, InstantSource clock) {
    this.outbound = outbound;
    this.files = files;
    this.rows = rows;
    this.probe = probe;
    this.clock = clock;
  }

  /** What came of one picture. */
  private sealed interface One {
    record Kept(Asset asset) implements One {}

    /** It can never be had. */
    record Never(String why) implements One {}

    /** Not now; who can do something about it is told by the log. */
    record Missing(String why, boolean ours) implements One {}
  }

  @Override
  public Fetched fetch(TaskId task, List<Picture> pictures, Instant until) {
    var ends = clock.instant().plus(TRY_MAX);
    var here = new ArrayList<Picture>();
    for (var picture : pictures) {
      switch (picture) {
        case Picture.Stored stored -> here.add(stored);
        case Picture.Web web -> {
          var named = named(web, here.size() + 1);
          switch (one(task, web, until, ends)) {
            case One.Kept(Asset asset) -> here.add(stored(asset, web));
            case One.Never(String why) -> {
              return never(task, named + why);
            }
            case One.Missing(String why, boolean ours) -> {
              return ours ? new Fetched.Missing(why) : missed(task, named + why);
            }
          }
        }
      }
    }
    misses.invalidate(task);
    return new Fetched.Here(here);
  }

  private static Picture stored(Asset asset, Picture.Web web) {
    return new Picture.Stored(
        asset.id(), asset.contentType(), asset.bytes(), asset.sha256(), web.role());
  }

  /** What may be secret in an address stands behind its question mark. */
  private static String named(Picture.Web web, int number) {
    int query = web.url().indexOf('?');
    var plain = query < 0 ? web.url() : web.url().substring(0, query);
    var shown =
        plain.length() > ADDRESS_CHARS_MAX ? plain.substring(0, ADDRESS_CHARS_MAX) + "…" : plain;
    return "picture %d (%s), %s: ".formatted(number, web.role().word(), shown);
  }

  private Fetched never(TaskId task, String why) {
    misses.invalidate(task);
    return new Fetched.Never(new Failure(ErrorCode.PICTURE_UNAVAILABLE, why));
  }

  private Fetched missed(TaskId task, String why) {
    int count = misses.asMap().merge(task, 1, Integer::sum);
    return count >= MISSES_MAX ? never(task, why) : new Fetched.Missing(why);
  }

  private One one(TaskId task, Picture.Web web, Instant until, Instant ends) {
    var id = ResultIds.ofPicture(task, web.url());
    try {
      var kept = rows.find(id).map(Assets.Owned::asset).filter(a -> !a.isGone(clock.instant()));
      return kept.isPresent() && files.open(id).isPresent()
          ? new One.Kept(kept.get())
          : download(task, web, id, until, ends);
    } catch (AssetFiles.StorageFull full) {
      LOG.atError().setCause(full).addKeyValue("task", task).log("the storage is full");
      return new One.Missing("our storage is full", true);
    } catch (UncheckedIOException e) {
      LOG.atError().setCause(e).addKeyValue("task", task).log("our disk failed");
      return new One.Missing("our disk failed", true);
    } catch (RuntimeException e) {
      // Nothing was sent: whatever broke here must not leave the attempt in doubt.
      LOG.atError().setCause(e).addKeyValue("task", task).log("a picture could not be kept");
      return new One.Missing("a picture could not be kept", true);
    }
  }

  private One download(TaskId task, Picture.Web web, AssetId id, Instant until, Instant ends) {
    var left = Duration.between(clock.instant(), ends);
    if (!takesPlace(left)) {
      return new One.Missing("too many pictures are being fetched", true);
    }
    try {
      files.requireSpace();
      var draft = files.draft(id);
      try {
        return judged(task, id, draft, fetched(web, draft, ends), until);
      } finally {
        drop(draft);
      }
    } finally {
      places.release();
    }
  }

  private boolean takesPlace(Duration left) {
    try {
      return places.tryAcquire(Math.max(0, left.toMillis()), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Download fetched(Picture.Web web, Path draft, Instant ends) {
    URI uri;
    try {
      uri = URI.create(web.url());
    } catch (IllegalArgumentException e) {
      return new Download.Refused("the address cannot be read");
    }
    return outbound.fetch(
        Call.get(uri).with("Accept", "image/*"),
        draft,
        PictureLimits.BYTES_MAX,
        Duration.between(clock.instant(), ends));
  }

  private One judged(TaskId task, AssetId id, Path draft, Download download, Instant until) {
    return switch (download) {
      case Download.Saved saved -> kept(task, id, draft, saved, until);
      case Download.TooLarge _ ->
          new One.Never(
              "it is larger than " + (PictureLimits.BYTES_MAX >> 20) + " MiB; send a smaller one");
      case Download.Declined(int status) when PASSING.contains(status) || status >= SERVER_FAULT ->
          new One.Missing("its server answered HTTP " + status, false);
      case Download.Declined(int status) ->
          new One.Never("its server answered HTTP " + status + "; send the picture itself");
      case Download.Refused(String why) -> new One.Never(why);
      case Download.Broken(String why) -> new One.Missing(why, false);
      case Download.NotWritten(String why) -> {
        LOG.atError().addKeyValue("task", task).addKeyValue("why", why).log("our disk failed");
        yield new One.Missing("our disk did not take a picture", true);
      }
    };
  }

  private One kept(TaskId task, AssetId id, Path draft, Download.Saved saved, Instant until) {
    var facts = facts(draft);
    if (facts.isEmpty()) {
      return new One.Never("it is no PNG, JPEG, WebP or GIF");
    }
    if (!PictureLimits.allow(facts.get())) {
      return new One.Never(
          "%d x %d pixels are too many".formatted(facts.get().width(), facts.get().height()));
    }
    files.keep(id, draft);
    var asset =
        new Asset(
            id,
            AssetKind.INPUT,
            facts.get().contentType(),
            saved.bytes(),
            saved.sha256(),
            facts.get().width(),
            facts.get().height(),
            0,
            until,
            Optional.empty());
    return rows.addTo(task.value(), asset)
        ? new One.Kept(asset)
        : new One.Missing("the task is gone", true);
  }

  private Optional<PictureProbe.Facts> facts(Path file) {
    try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return probe.probe(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void drop(Path draft) {
    try {
      Files.deleteIfExists(draft);
    } catch (IOException e) {
      LOG.atWarn().setCause(e).log("a draft was not removed; the cleaner will");
    }
  }
}
