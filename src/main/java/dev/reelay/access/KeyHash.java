package dev.reelay.access;

import java.nio.ByteBuffer;

/**
 * The keyed hash of an API key: HMAC-SHA256 under the pepper, as four numbers, so that it is cheap
 * to compare and to look up. It is what is stored; it does not lead back to the key.
 */
public record KeyHash(long first, long second, long third, long fourth) {
  public static final int BYTES = 32;

  /**
   * Reads back what {@link #toBytes} gave.
   *
   * @throws IllegalArgumentException if there are not exactly 32 bytes
   */
  public static KeyHash fromBytes(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("a key hash has " + BYTES + " bytes");
    }
    var buffer = ByteBuffer.wrap(bytes);
    return new KeyHash(buffer.getLong(), buffer.getLong(), buffer.getLong(), buffer.getLong());
  }

  public byte[] toBytes() {
    var buffer = ByteBuffer.allocate(BYTES);
    return buffer.putLong(first).putLong(second).putLong(third).putLong(fourth).array();
  }

  /** The numbers are evenly spread already. */
  @Override
  public int hashCode() {
    return Long.hashCode(first);
  }
}
