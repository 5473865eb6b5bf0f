package dev.reelay.provider;

import dev.reelay.asset.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;

/**
 * Writes one answer into a file, bounded and hashed while it streams.
 *
 * @param bytesMax largest file
 */
record FileSink(Path into, long bytesMax) {
  private static final int BUFFER_BYTES = 65_536;
  private static final int OK = 200;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  Outbound.Hop take(ClassicHttpResponse response, URI from) throws IOException {
    if (REDIRECTS.contains(response.getCode())) {
      return onward(response, from);
    }
    if (response.getCode() != OK) {
      return end(new Download.Declined(response.getCode()));
    }
    var entity = response.getEntity();
    if (entity == null) {
      return end(new Download.Broken("the answer is empty"));
    }
    if (entity.getContentLength() > bytesMax) {
      return end(new Download.TooLarge(bytesMax));
    }
    return isPlain(entity)
        ? end(save(entity.getContent()))
        : end(new Download.Broken("the file came in an encoding that was not asked for"));
  }

  private static Outbound.Hop onward(ClassicHttpResponse response, URI from) {
    var location = response.getFirstHeader("Location");
    if (location == null) {
      return end(new Download.Declined(response.getCode()));
    }
    try {
      return new Outbound.Hop.Onward(from.resolve(location.getValue().strip()));
    } catch (IllegalArgumentException e) {
      return end(new Download.Refused("a redirect leads to no readable address"));
    }
  }

  private static boolean isPlain(HttpEntity entity) {
    var encoding = entity.getContentEncoding();
    return encoding == null || encoding.strip().toLowerCase(Locale.ROOT).equals("identity");
  }

  /** A fault of the network is thrown; a fault of our own disk is a value. */
  private Download save(InputStream content) throws IOException {
    OutputStream out;
    try {
      out = Files.newOutputStream(into);
    } catch (IOException e) {
      return new Download.NotWritten(String.valueOf(e.getMessage()));
    }
    try (out) {
      return copy(content, out);
    } catch (NotWritten e) {
      return new Download.NotWritten(String.valueOf(e.getMessage()));
    }
  }

  private Download copy(InputStream content, OutputStream out) throws IOException {
    var digest = Sha256.begun();
    var buffer = new byte[BUFFER_BYTES];
    var total = 0L;
    for (var n = content.read(buffer); n >= 0; n = content.read(buffer)) {
      total += n;
      if (total > bytesMax) {
        return new Download.TooLarge(bytesMax);
      }
      digest.update(buffer, 0, n);
      write(out, buffer, n);
    }
    return total == 0
        ? new Download.Broken("the file is empty")
        : new Download.Saved(total, HexFormat.of().formatHex(digest.digest()));
  }

  private static void write(OutputStream out, byte[] buffer, int n) throws NotWritten {
    try {
      out.write(buffer, 0, n);
    } catch (IOException e) {
      throw new NotWritten(e);
    }
  }

  private static Outbound.Hop end(Download download) {
    return new Outbound.Hop.End(download);
  }

  private static final class NotWritten extends IOException {
    private static final long serialVersionUID = 1L;

    NotWritten(IOException cause) {
      super(String.valueOf(cause.getMessage()), cause);
    }
  }
}
