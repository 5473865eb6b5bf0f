package dev.reelay.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The 256-bit key of one purpose, derived from the master key. It signs by itself and seals through
 * {@link Sealer}; it never prints. Safe for use by many threads.
 */
public final class PurposeKey {
  public static final int MAC_BYTES = 32;
  static final int ID_BYTES = 8;
  private static final byte[] ID_LABEL = "reelay key id".getBytes(UTF_8);

  private final KeyPurpose purpose;
  private final byte[] bytes;
  private final Mac initialised;

  PurposeKey(KeyPurpose purpose, byte[] bytes) {
    this.purpose = purpose;
    this.bytes = bytes.clone();
    this.initialised = HmacSha256.under(bytes);
  }

  public KeyPurpose purpose() {
    return purpose;
  }

  /** HMAC-SHA256 of the text's UTF-8 bytes under this key, 32 bytes. */
  public byte[] mac(String text) {
    return mac(text.getBytes(UTF_8));
  }

  /** HMAC-SHA256 under this key, 32 bytes. */
  public byte[] mac(byte[] message) {
    // A clone of an initialised Mac skips the provider's look-up and the key set-up of each call.
    try {
      return ((Mac) initialised.clone()).doFinal(message);
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the HMAC of this JDK cannot be cloned", e);
    }
  }

  /** Says which key sealed a blob, and nothing about the key. */
  byte[] id() {
    return Arrays.copyOf(mac(ID_LABEL), ID_BYTES);
  }

  SecretKey toAesKey() {
    return new SecretKeySpec(bytes, "AES");
  }

  @Override
  public String toString() {
    return "PurposeKey[" + purpose + " " + HexFormat.of().formatHex(id()) + "]";
  }
}
