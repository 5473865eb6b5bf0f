package dev.reelay.testkit;

import java.io.IOException;
import java.io.InputStream;

/** The body of an answer that comes in chunks, decoded. */
public final class ChunkedBody extends InputStream {
  private final InputStream in;
  private long left;
  private boolean isFirst = true;

  /**
   * Wraps a connection whose next byte is the first of the body.
   *
   * @param in should be buffered: it is read byte by byte
   */
  public ChunkedBody(InputStream in) {
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    if (left == 0 && !nextChunk()) {
      return -1;
    }
    int octet = in.read();
    left -= octet < 0 ? left : 1;
    return octet;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (left == 0 && !nextChunk()) {
      return -1;
    }
    int n = in.read(into, offset, (int) Math.min(length, left));
    left -= n < 0 ? left : n;
    return n;
  }

  private boolean nextChunk() throws IOException {
    if (!isFirst) {
      line();
    }
    isFirst = false;
    var size = line();
    left = size.isEmpty() ? 0 : Long.parseLong(size, 16);
    return left > 0;
  }

  private String line() throws IOException {
    var line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }
}
