package dev.reelay.http.dialect;

import dev.reelay.access.TenantId;
import dev.reelay.asset.Asset;
import dev.reelay.asset.AssetAddresses;
import dev.reelay.asset.AssetFiles;
import dev.reelay.asset.AssetId;
import dev.reelay.asset.TimeOrderedIds;
import dev.reelay.asset.Uploads;
import dev.reelay.http.ApiError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds the files that a caller has uploaded, by what the upload was answered: {@code file_…}, or
 * the address, whatever host it names, for its signature says that it is ours. A create copies the
 * bytes, so that the task lives as long as it must whatever becomes of the upload.
 */
public final class UploadedFiles {
  static final String ID_PREFIX = "file_";
  private static final Pattern ADDRESS =
      Pattern.compile("(?i:https?)://[^/?#]+/files/([0-9a-z]{26})/([^/?#]+)");

  private final Uploads uploads;
  private final AssetFiles files;
  private final AssetAddresses addresses;
  private final InstantSource clock;

  /**
   * @param files where files of callers are kept
   */
  public UploadedFiles(
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

  /**
   * What was uploaded.
   *
   * @param bytes read-only; they stay in the file until they are copied
   */
  public record Upload(Asset asset, ByteBuffer bytes) {}

  /** What a text means. */
  public sealed interface Sought {
    record Found(Upload upload) implements Sought {}

    /** It reads like an upload, and this tenant has none like it, or no longer. */
    record Gone() implements Sought {}

    /** It means no upload of anybody. */
    record NotOurs() implements Sought {}
  }

  /** What is told of {@link Sought.Gone}. */
  static ApiError gone(String name) {
    return ApiError.field(
        name,
        "`" + name + "`: there is no such upload, or it has expired; `POST /api/upload` again.",
        "`" + name + "`：上传文件不存在或已过期，请重新调用 `POST /api/upload`。");
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

  private Optional<Upload> read(Asset asset) {
    return files.open(asset.id()).flatMap(file -> mapped(asset, file));
  }

  private static Optional<Upload> mapped(Asset asset, Path file) {
    try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
      var bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
      return Optional.of(new Upload(asset, bytes));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the upload " + asset.id(), e);
    }
  }
}
