package dev.reelay.http.dialect;

import dev.reelay.access.TenantId;
import dev.reelay.asset.Asset;
import dev.reelay.asset.AssetAddresses;
import dev.reelay.asset.AssetFiles;
import dev.reelay.asset.AssetId;
import dev.reelay.asset.PictureProbe;
import dev.reelay.asset.TimeOrderedIds;
import dev.reelay.asset.Uploads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds the pictures that a caller has uploaded, by what the upload was answered: {@code file_…},
 * or the address, whatever host it names, for its signature says that it is ours. A create copies
 * the bytes, so that the task lives as long as it must whatever becomes of the upload.
 */
public final class UploadedPictures {
  static final String ID_PREFIX = "file_";
  private static final Pattern ADDRESS =
      Pattern.compile("(?i:https?)://[^/?#]+/files/([0-9a-z]{26})/([^/?#]+)");

  private final Uploads uploads;
  private final AssetFiles files;
  private final AssetAddresses addresses;
  private final InstantSource clock;

  /**
   * @param files where pictures of callers are kept
   */
  public UploadedPictures(
      Uploads uploads, AssetFiles files, AssetAddresses addresses, InstantSource clock) {
    this.uploads = uploads;
    this.files = files;
    this.addresses = addresses;
    this.clock = clock;
  }

  /** Those of one tenant. */
  public interface Own {
    /** Of a caller who has uploaded nothing and never will. */
    Own NONE = _ -> new Sought.NotOurs();

    Sought find(String text);
  }

  /** What a text means. */
  public sealed interface Sought {
    record Found(AskedPicture.Given picture) implements Sought {}

    /** It reads like an upload, and this tenant has none like it, or no longer. */
    record Gone() implements Sought {}

    /** It means no upload of anybody. */
    record NotOurs() implements Sought {}
  }

  Own of(TenantId tenant) {
    return text -> find(tenant, text);
  }

  private Sought find(TenantId tenant, String text) {
    return id(text)
        .<Sought>map(
            id ->
                uploads
                    .find(tenant, id)
                    .filter(asset -> !asset.isGone(clock.instant()))
                    .flatMap(this::read)
                    .<Sought>map(Sought.Found::new)
                    .orElseGet(Sought.Gone::new))
        .orElseGet(Sought.NotOurs::new);
  }

  private Optional<AssetId> id(String text) {
    if (text.startsWith(ID_PREFIX) && TimeOrderedIds.isText(text.substring(ID_PREFIX.length()))) {
      return Optional.of(new AssetId(text.substring(ID_PREFIX.length())));
    }
    var address = ADDRESS.matcher(text);
    return address.matches() && TimeOrderedIds.isText(address.group(1))
        ? Optional.of(new AssetId(address.group(1)))
            .filter(id -> addresses.isSigned(id, address.group(2)))
        : Optional.empty();
  }

  /** Its bytes stay in the file until they are copied. */
  private Optional<AskedPicture.Given> read(Asset asset) {
    return files.open(asset.id()).flatMap(file -> mapped(asset, file));
  }

  private static Optional<AskedPicture.Given> mapped(Asset asset, Path file) {
    try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
      var bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
      var facts = new PictureProbe.Facts(asset.contentType(), asset.width(), asset.height());
      return Optional.of(new AskedPicture.Given(bytes, asset.sha256(), facts, Optional.empty()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the upload " + asset.id(), e);
    }
  }
}
