package dev.reelay.provider;

import dev.reelay.asset.Asset;
import dev.reelay.asset.AssetFiles;
import dev.reelay.asset.AssetId;
import dev.reelay.asset.AssetKind;
import dev.reelay.asset.Sha256;
import dev.reelay.money.Resolution;
import dev.reelay.money.Usage;
import dev.reelay.routing.ChannelProxy;
import dev.reelay.task.ErrorCode;
import dev.reelay.task.Failure;
import dev.reelay.task.FetchOutcome;
import dev.reelay.task.Output;
import dev.reelay.task.TaskId;
import dev.reelay.task.VideoResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches what a provider made, checks that it plays, and keeps it. The ids of the files follow
 * from the task, so that a repeat after a crash finds or overwrites its own file.
 */
public final class ResultFetcher {
  private static final int GONE = 410;
  private static final int BUFFER_BYTES = 65_536;
  private static final Logger LOG = LoggerFactory.getLogger(ResultFetcher.class);

  /** The usual heights of pictures, and how far off one may be, in percent. */
  private static final List<Resolution> CLASSES =
      List.of(Resolution.P480, Resolution.P720, Resolution.P1080, Resolution.P4K);

  private static final int CLASS_TOLERANCE_PERCENT = 10;
  private static final int LINES_MIN = 100;
  private static final int LINES_MAX = 9_999;

  private final Outbound outbound;
  private final AssetFiles files;
  private final MediaCheck check;
  private final InstantSource clock;
  private final Limits limits;

  public ResultFetcher(
      Outbound outbound, AssetFiles files, MediaCheck check, InstantSource clock, Limits limits) {
    this.outbound = outbound;
    this.files = files;
    this.check = check;
    this.clock = clock;
    this.limits = limits;
  }

  /**
   * How much, how long, and how long it is kept.
   *
   * @param deadline longest time for one file
   * @param retention how long results are kept from now
   */
  public record Limits(
      long videoBytesMax, long posterBytesMax, Duration deadline, Duration retention) {
    public static final long VIDEO_BYTES_MAX = 1L << 30;
    public static final long POSTER_BYTES_MAX = 10L << 20;
    public static final Limits DEFAULT =
        new Limits(VIDEO_BYTES_MAX, POSTER_BYTES_MAX, Duration.ofMinutes(10), Duration.ofDays(7));
  }

  /**
   * What to fetch.
   *
   * @param origins where the channel's credential may go
   * @param proxy by way of which all of it is fetched
   */
  public record Order(
      TaskId task,
      VideoResult result,
      TrustedOrigins origins,
      Call video,
      Optional<Call> poster,
      Optional<ChannelProxy> proxy) {
    /** Fetched directly, from a channel whose credential goes to its own origin only. */
    public Order(TaskId task, VideoResult result, Origin home, Call video, Optional<Call> poster) {
      this(task, result, new TrustedOrigins(home, Set.of()), video, poster, Optional.empty());
    }
  }

  public FetchOutcome fetch(Order order) {
    try {
      var id = ResultIds.of(order.task(), AssetKind.VIDEO);
      return files
          .open(id)
          .map(kept -> keptBefore(order, id, kept))
          .orElseGet(() -> download(order, id));
    } catch (AssetFiles.StorageFull full) {
      LOG.atError().setCause(full).addKeyValue("task", order.task()).log("the storage is full");
      return new FetchOutcome.Unanswered("our storage is full");
    } catch (UncheckedIOException e) {
      LOG.atError().setCause(e).addKeyValue("task", order.task()).log("our disk failed");
      return new FetchOutcome.Unanswered("our disk failed");
    }
  }

  /** Whole and checked already, by a try whose commit never came. */
  private FetchOutcome keptBefore(Order order, AssetId id, Path kept) {
    var facts = check.video(kept);
    return facts.isEmpty()
        ? download(order, id)
        : stored(order, videoAsset(id, saved(kept), facts.get()), facts.get());
  }

  private FetchOutcome download(Order order, AssetId id) {
    files.requireSpace();
    var draft = files.draft(id);
    try {
      var download =
          outbound
              .by(order.proxy())
              .download(
                  order.video(),
                  order.origins().of(order.video().uri()),
                  draft,
                  limits.videoBytesMax(),
                  limits.deadline());
      return switch (download) {
        case Download.Saved saved -> judged(order, id, draft, saved);
        case Download.TooLarge(long max) ->
            refused(ErrorCode.RESULT_NOT_PLAYABLE, "the video is larger than " + max + " bytes");
        case Download.Declined(int status) when status == GONE ->
            refused(ErrorCode.RESULT_UNREACHABLE, "the provider has removed the video");
        case Download.Declined(int status) -> unanswered(order, "the answer was HTTP " + status);
        case Download.Broken(String why) -> unanswered(order, why);
        case Download.Refused(String why) -> unanswered(order, why);
        case Download.NotWritten(String why) -> notWritten(order, why);
      };
    } finally {
      drop(draft);
    }
  }

  private FetchOutcome judged(Order order, AssetId id, Path draft, Download.Saved saved) {
    var facts = check.video(draft);
    if (facts.isEmpty()) {
      return refused(ErrorCode.RESULT_NOT_PLAYABLE, "the provider's file is no playable video");
    }
    files.keep(id, draft);
    return stored(order, videoAsset(id, saved, facts.get()), facts.get());
  }

  private FetchOutcome stored(Order order, Asset video, MediaCheck.Video facts) {
    var output = new Output(video, poster(order), order.result().enhancedPrompt());
    return new FetchOutcome.Stored(output, usage(facts, order.result()));
  }

  private Asset videoAsset(AssetId id, Download.Saved saved, MediaCheck.Video facts) {
    return new Asset(
        id,
        AssetKind.VIDEO,
        facts.contentType(),
        saved.bytes(),
        saved.sha256(),
        facts.width(),
        facts.height(),
        facts.millis(),
        clock.instant().plus(limits.retention()),
        Optional.empty());
  }

  /** A video without its poster is still a video. */
  private Optional<Asset> poster(Order order) {
    try {
      return order.poster().flatMap(call -> poster(order, call));
    } catch (RuntimeException e) {
      LOG.atWarn().setCause(e).addKeyValue("task", order.task()).log("the poster was not kept");
      return Optional.empty();
    }
  }

  private Optional<Asset> poster(Order order, Call call) {
    var id = ResultIds.of(order.task(), AssetKind.POSTER);
    var draft = files.draft(id);
    try {
      var download =
          outbound
              .by(order.proxy())
              .download(
                  call,
                  order.origins().of(call.uri()),
                  draft,
                  limits.posterBytesMax(),
                  limits.deadline());
      if (!(download instanceof Download.Saved saved)) {
        return Optional.empty();
      }
      var facts = check.picture(draft);
      facts.ifPresent(_ -> files.keep(id, draft));
      return facts.map(picture -> posterAsset(id, saved, picture));
    } finally {
      drop(draft);
    }
  }

  private Asset posterAsset(AssetId id, Download.Saved saved, MediaCheck.Picture facts) {
    return new Asset(
        id,
        AssetKind.POSTER,
        facts.contentType(),
        saved.bytes(),
        saved.sha256(),
        facts.width(),
        facts.height(),
        0,
        clock.instant().plus(limits.retention()),
        Optional.empty());
  }

  private static Usage usage(MediaCheck.Video facts, VideoResult result) {
    var lines = Math.min(facts.width(), facts.height());
    return new Usage(
        facts.millis(),
        resolution(lines),
        Optional.of(facts.audio()),
        result.units(),
        result.cost());
  }

  /** The usual class near the short side, else the short side itself. */
  static Optional<Resolution> resolution(int lines) {
    return CLASSES.stream()
        .filter(c -> Math.abs(c.lines() - lines) * 100 <= c.lines() * CLASS_TOLERANCE_PERCENT)
        .findFirst()
        .or(() -> exact(lines));
  }

  private static Optional<Resolution> exact(int lines) {
    return lines < LINES_MIN || lines > LINES_MAX
        ? Optional.empty()
        : Optional.of(new Resolution(lines));
  }

  private static FetchOutcome refused(ErrorCode code, String why) {
    return new FetchOutcome.Refused(new Failure(code, why));
  }

  private static FetchOutcome unanswered(Order order, String why) {
    LOG.atInfo().addKeyValue("task", order.task()).addKeyValue("why", why).log("no result yet");
    return new FetchOutcome.Unanswered(why);
  }

  private static FetchOutcome notWritten(Order order, String why) {
    LOG.atError().addKeyValue("task", order.task()).addKeyValue("why", why).log("our disk failed");
    return new FetchOutcome.Unanswered("our disk did not take the file");
  }

  private static Download.Saved saved(Path file) {
    var digest = Sha256.begun();
    var total = 0L;
    var buffer = new byte[BUFFER_BYTES];
    try (var in = Files.newInputStream(file)) {
      for (var n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
        total += n;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Download.Saved(total, HexFormat.of().formatHex(digest.digest()));
  }

  private static void drop(Path draft) {
    try {
      Files.deleteIfExists(draft);
    } catch (IOException e) {
      LOG.atWarn().setCause(e).log("a draft was not removed; the cleaner will");
    }
  }
}
