package dev.reelay.http.dialect;

import dev.reelay.asset.Asset;
import dev.reelay.asset.AssetId;
import dev.reelay.asset.AssetKind;
import dev.reelay.asset.InputFiles;
import dev.reelay.task.Clip;
import dev.reelay.task.ClipKind;
import dev.reelay.task.Picture;
import dev.reelay.task.PictureFit;
import dev.reelay.task.PictureRole;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the bytes of given pictures, videos and sounds before their task is committed, so that no
 * accepted task lacks them. If the task is refused they are dropped again.
 */
public final class KeepInputs {
  private static final Logger LOG = LoggerFactory.getLogger(KeepInputs.class);

  private final InputFiles files;
  private final Supplier<AssetId> ids;

  public KeepInputs(InputFiles files, Supplier<AssetId> ids) {
    this.files = files;
    this.ids = ids;
  }

  /** Inputs as the request has them, and the rows of those whose bytes are kept. */
  record Kept(List<Picture> pictures, List<Clip> clips, List<Asset> assets) {
    Kept {
      pictures = List.copyOf(pictures);
      clips = List.copyOf(clips);
      assets = List.copyOf(assets);
    }
  }

  static boolean hasBytes(VideoAsk ask) {
    return ask.images().stream().anyMatch(AskedPicture.Given.class::isInstance)
        || ask.clips().stream().anyMatch(AskedClip.Given.class::isInstance);
  }

  /**
   * Makes the bytes durable. If that fails, nothing is left of them. Pictures that no model uses
   * are not kept.
   *
   * @throws dev.reelay.asset.AssetFiles.StorageFull if there is no space
   */
  Kept keep(VideoAsk ask, List<PictureFit.Placed> placed, Instant expiresAt) {
    var pictures = new ArrayList<Picture>();
    var clips = new ArrayList<Clip>();
    var assets = new ArrayList<Asset>();
    try {
      for (var used : placed) {
        pictures.add(
            switch (ask.images().get(used.index())) {
              case AskedPicture.Web(String url, _) -> new Picture.Web(url, used.role());
              case AskedPicture.Given given ->
                  picture(written(given.file(), expiresAt, assets), used.role());
            });
      }
      for (var clip : ask.clips()) {
        clips.add(
            switch (clip) {
              case AskedClip.Web(String url, var kind) -> new Clip.Web(url, kind);
              case AskedClip.Given given ->
                  clip(written(given.file(), expiresAt, assets), given.kind());
            });
      }
      return new Kept(pictures, clips, assets);
    } catch (RuntimeException e) {
      drop(assets);
      throw e;
    }
  }

  private static Picture picture(Asset asset, PictureRole role) {
    return new Picture.Stored(asset.id(), asset.contentType(), asset.bytes(), asset.sha256(), role);
  }

  private static Clip clip(Asset asset, ClipKind kind) {
    return new Clip.Stored(asset.id(), asset.contentType(), asset.bytes(), asset.sha256(), kind);
  }

  /** Makes one durable; it is among the others from before its first byte on. */
  private Asset written(GivenFile given, Instant expiresAt, List<Asset> assets) {
    var asset = asset(given, expiresAt);
    assets.add(asset);
    write(given, asset.id());
    return asset;
  }

  /**
   * Makes the bytes of one file durable.
   *
   * @throws dev.reelay.asset.AssetFiles.StorageFull if there is no space
   */
  Asset keep(GivenFile given, Instant expiresAt) {
    files.requireSpace();
    var asset = asset(given, expiresAt);
    write(given, asset.id());
    return asset;
  }

  /** Removes the bytes of a create that was refused. What cannot be removed is swept up later. */
  void drop(List<Asset> assets) {
    for (var asset : assets) {
      try {
        files.remove(asset.id());
      } catch (UncheckedIOException e) {
        LOG.atWarn().setCause(e).addKeyValue("asset", asset.id()).log("an input was not dropped");
      }
    }
  }

  private Asset asset(GivenFile given, Instant expiresAt) {
    return new Asset(
        ids.get(),
        AssetKind.INPUT,
        given.contentType(),
        given.bytes().remaining(),
        given.sha256(),
        given.width(),
        given.height(),
        given.millis(),
        expiresAt,
        Optional.empty());
  }

  private void write(GivenFile given, AssetId id) {
    var draft = files.draft(id);
    try (var channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
      var bytes = given.bytes().duplicate();
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      abandon(draft);
      files.requireSpace();
      throw new UncheckedIOException("cannot keep the input " + id, e);
    }
    files.keep(id, draft);
  }

  /** A draft that stays is swept away at the next start. */
  private static void abandon(Path draft) {
    try {
      Files.deleteIfExists(draft);
    } catch (IOException e) {
      LOG.atWarn().setCause(e).log("a draft was not deleted");
    }
  }
}
