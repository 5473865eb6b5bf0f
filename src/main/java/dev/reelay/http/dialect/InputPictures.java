package dev.reelay.http.dialect;

import dev.reelay.asset.Asset;
import dev.reelay.asset.AssetId;
import dev.reelay.asset.AssetKind;
import dev.reelay.asset.InputFiles;
import dev.reelay.task.Picture;
import dev.reelay.task.PictureFit;
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
 * Keeps the bytes of given pictures before their task is committed, so that no accepted task lacks
 * them. If the task is refused they are dropped again.
 */
public final class InputPictures {
  private static final Logger LOG = LoggerFactory.getLogger(InputPictures.class);

  private final InputFiles files;
  private final Supplier<AssetId> ids;

  public InputPictures(InputFiles files, Supplier<AssetId> ids) {
    this.files = files;
    this.ids = ids;
  }

  /** Pictures as the request has them, and the rows of those whose bytes are kept. */
  record Kept(List<Picture> pictures, List<Asset> assets) {
    Kept {
      pictures = List.copyOf(pictures);
      assets = List.copyOf(assets);
    }
  }

  static boolean hasBytes(List<AskedPicture> asked) {
    return asked.stream().anyMatch(AskedPicture.Given.class::isInstance);
  }

  /**
   * Makes the bytes durable. If that fails, nothing is left of them. Pictures that no model uses
   * are not kept.
   *
   * @throws dev.reelay.asset.AssetFiles.StorageFull if there is no space
   */
  Kept keep(List<AskedPicture> asked, List<PictureFit.Placed> placed, Instant expiresAt) {
    var pictures = new ArrayList<Picture>();
    var assets = new ArrayList<Asset>();
    try {
      for (var used : placed) {
        var role = used.role();
        switch (asked.get(used.index())) {
          case AskedPicture.Web(String url, _) -> pictures.add(new Picture.Web(url, role));
          case AskedPicture.Given given -> {
            var asset = asset(given, expiresAt);
            assets.add(asset);
            write(given, asset.id());
            pictures.add(
                new Picture.Stored(
                    asset.id(), asset.contentType(), asset.bytes(), asset.sha256(), role));
          }
        }
      }
      return new Kept(pictures, assets);
    } catch (RuntimeException e) {
      drop(assets);
      throw e;
    }
  }

  /**
   * Makes the bytes of one picture durable.
   *
   * @throws dev.reelay.asset.AssetFiles.StorageFull if there is no space
   */
  Asset keep(AskedPicture.Given given, Instant expiresAt) {
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
        LOG.atWarn().setCause(e).addKeyValue("asset", asset.id()).log("a picture was not dropped");
      }
    }
  }

  private Asset asset(AskedPicture.Given given, Instant expiresAt) {
    return new Asset(
        ids.get(),
        AssetKind.INPUT,
        given.facts().contentType(),
        given.bytes().remaining(),
        given.sha256(),
        given.facts().width(),
        given.facts().height(),
        0,
        expiresAt,
        Optional.empty());
  }

  private void write(AskedPicture.Given given, AssetId id) {
    var draft = files.draft(id);
    try (var channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
      var bytes = given.bytes().duplicate();
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      abandon(draft);
      files.requireSpace();
      throw new UncheckedIOException("cannot keep the picture " + id, e);
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
