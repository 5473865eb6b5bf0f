package dev.reelay.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * The one secret of an installation, 32 bytes. Nothing is signed or sealed with it directly: each
 * purpose gets its own key by HKDF-SHA256. It never prints.
 */
public final class MasterKey {
  public static final int BYTES = 32;
  private static final int HEX_CHARACTERS = 64;

  /** Random bytes repeat a little; 32 of them with fewer distinct values were typed by a person. */
  private static final int DISTINCT_BYTES_MIN = 16;

  private static final int FINGERPRINT_BYTES = 16;
  private static final byte[] SALT = "reelay master key v1".getBytes(UTF_8);
  private static final String FINGERPRINT_TEXT = "reelay master key fingerprint v1";

  private final byte[] bytes;

  private MasterKey(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("a master key has " + BYTES + " bytes");
    }
    this.bytes = bytes.clone();
  }

  public static MasterKey generate(SecureRandom random) {
    var bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return new MasterKey(bytes);
  }

  /**
   * Reads 64 hexadecimal digits, or the base64 of 32 bytes in either alphabet, padded or not.
   *
   * @throws IllegalArgumentException if it is neither, or plainly not random; the message does not
   *     contain the text
   */
  public static MasterKey parse(String text) {
    var bytes = decode(text.strip());
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException(
          "must be 64 hexadecimal digits or the base64 of 32 random bytes");
    }
    if (distinct(bytes) < DISTINCT_BYTES_MIN) {
      throw new IllegalArgumentException("must be 32 random bytes, and these repeat too much");
    }
    return new MasterKey(bytes);
  }

  private static byte[] decode(String text) {
    try {
      return text.length() == HEX_CHARACTERS
          ? HexFormat.of().parseHex(text)
          : Base64.getUrlDecoder().decode(text.replace('+', '-').replace('/', '_'));
    } catch (IllegalArgumentException _) {
      // The cause would carry characters of the key.
      return new byte[0];
    }
  }

  private static long distinct(byte[] bytes) {
    var sorted = bytes.clone();
    Arrays.sort(sorted);
    var distinct = 1;
    for (var i = 1; i < sorted.length; i++) {
      distinct += sorted[i] == sorted[i - 1] ? 0 : 1;
    }
    return distinct;
  }

  /** The key of one purpose; always the same for the same master key. */
  public PurposeKey derive(KeyPurpose purpose) {
    try {
      var info = ("reelay " + purpose.label() + " v1").getBytes(UTF_8);
      var spec = HKDFParameterSpec.ofExtract().addIKM(bytes).addSalt(SALT).thenExpand(info, BYTES);
      return new PurposeKey(purpose, KDF.getInstance("HKDF-SHA256").deriveData(spec));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no HKDF-SHA256", e);
    }
  }

  /**
   * 32 hexadecimal digits that say which master key this is and do not lead back to it. Stored in
   * the database at first start and compared at every later one.
   */
  public String fingerprint() {
    var mac = derive(KeyPurpose.KEY_CHECK).mac(FINGERPRINT_TEXT);
    return HexFormat.of().formatHex(mac, 0, FINGERPRINT_BYTES);
  }

  /** The key in base64, for the file that keeps it and for nothing else. */
  public Secret reveal() {
    return new Secret(Base64.getEncoder().encodeToString(bytes));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MasterKey key && MessageDigest.isEqual(bytes, key.bytes);
  }

  @Override
  public int hashCode() {
    return fingerprint().hashCode();
  }

  @Override
  public String toString() {
    return "MasterKey[hidden]";
  }
}
