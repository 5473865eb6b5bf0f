package dev.reelay.provider;

import dev.reelay.asset.Sha256;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;

/**
 * Writes one answer, or the file that stands in it, into a file, bounded and hashed while it
 * streams.
 *
 * @param bytesMax largest file
 * @param answer what of the answer is the file
 */
record FileSink(Path into, long bytesMax, Call.Answer answer) {
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
    if (entity.getContentLength() > answerBytesMax()) {
      return end(new Download.TooLarge(bytesMax));
    }
    return isPlain(entity)
        ? end(save(entity.getContent()))
        : end(new Download.Broken("the file came in an encoding that was not asked for"));
  }

  private long answerBytesMax() {
    return switch (answer) {
      case Call.Answer.AsItIs _, Call.Answer.Skimmed _ -> bytesMax;
      case Call.Answer.Inside _ -> bytesMax * InlineFile.ANSWER_FACTOR_MAX;
    };
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
    var kept = new Kept(out);
    try (out) {
      write(content, kept);
      return kept.saved();
    } catch (NotWritten e) {
      return new Download.NotWritten(String.valueOf(e.getMessage()));
    } catch (Larger _) {
      return new Download.TooLarge(bytesMax);
    }
  }

  private void write(InputStream content, Kept kept) throws IOException {
    switch (answer) {
      case Call.Answer.AsItIs _, Call.Answer.Skimmed _ -> content.transferTo(kept);
      case Call.Answer.Inside(String pointer) ->
          InlineFile.copy(new Bounded(content, answerBytesMax()), pointer, kept);
    }
  }

  /** Counts and hashes what it passes on to the file. */
  private final class Kept extends OutputStream {
    private final OutputStream file;
    private final MessageDigest digest = Sha256.begun();
    private long total;

    Kept(OutputStream file) {
      this.file = file;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int n) throws IOException {
      total += n;
      if (total > bytesMax) {
        throw new Larger();
      }
      digest.update(bytes, from, n);
      try {
        file.write(bytes, from, n);
      } catch (IOException e) {
        throw new NotWritten(e);
      }
    }

    Download saved() {
      return total == 0
          ? new Download.Broken("the file is empty")
          : new Download.Saved(total, HexFormat.of().formatHex(digest.digest()));
    }
  }

  private static Outbound.Hop end(Download download) {
    return new Outbound.Hop.End(download);
  }

  /** Passes on so much and fails at the next byte. */
  private static final class Bounded extends FilterInputStream {
    private long left;

    Bounded(InputStream in, long bytesMax) {
      super(in);
      this.left = bytesMax;
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int from, int n) throws IOException {
      var read = super.read(bytes, from, n);
      left -= Math.max(0, read);
      if (left < 0) {
        throw new Larger();
      }
      return read;
    }
  }

  private static final class Larger extends IOException {
    private static final long serialVersionUID = 1L;
  }

  private static final class NotWritten extends IOException {
    private static final long serialVersionUID = 1L;

    NotWritten(IOException cause) {
      super(String.valueOf(cause.getMessage()), cause);
    }
  }
}
