package dev.reelay.media;

import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/** Bytes that are in memory, read as if they were a file. Used by one thread. */
final class BufferChannel implements SeekableByteChannel {
  private final ByteBuffer bytes;
  private long position;

  BufferChannel(ByteBuffer bytes) {
    this.bytes = bytes.slice();
  }

  @Override
  public int read(ByteBuffer into) {
    if (position >= bytes.limit()) {
      return -1;
    }
    var count = (int) Math.min(into.remaining(), bytes.limit() - position);
    into.put(bytes.slice((int) position, count));
    position += count;
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
    return bytes.limit();
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
