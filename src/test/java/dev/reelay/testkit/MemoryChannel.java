package dev.reelay.testkit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/**
 * A file that is only in memory. It counts the bytes read from it, gives at most a few at a time,
 * as real channels may, and can be told to fail.
 */
public final class MemoryChannel implements SeekableByteChannel {
  private static final int READ_BYTES_MAX = 1_000;

  private final byte[] bytes;
  private long position;
  private long bytesRead;
  private boolean failing;

  public MemoryChannel(byte[] bytes) {
    this.bytes = bytes.clone();
  }

  /** From now on each read fails, as on a broken disk. */
  public MemoryChannel failing() {
    failing = true;
    return this;
  }

  public long bytesRead() {
    return bytesRead;
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    if (failing) {
      throw new IOException("the disk is broken");
    }
    if (position >= bytes.length) {
      return -1;
    }
    var count = (int) Math.min(Math.min(into.remaining(), READ_BYTES_MAX), bytes.length - position);
    into.put(bytes, (int) position, count);
    position += count;
    bytesRead += count;
    return count;
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public SeekableByteChannel position(long newPosition) {
    position = newPosition;
    return this;
  }

  @Override
  public long size() {
    return bytes.length;
  }

  @Override
  public int write(ByteBuffer from) {
    throw new NonWritableChannelException();
  }

  @Override
  public SeekableByteChannel truncate(long size) {
    throw new NonWritableChannelException();
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public void close() {}
}
