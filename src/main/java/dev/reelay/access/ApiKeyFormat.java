package dev.reelay.access;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.zip.CRC32;

/**
 * The form of the API keys that we make: {@code rk_}, 32 random base62 characters (190 bits), and
 * the CRC-32 of those 32 characters as 6 base62 characters. The checksum turns away mistyped and
 * made-up keys without a look-up, and lets secret scanners be exact.
 */
public final class ApiKeyFormat {
  public static final String PREFIX = "rk_";
  public static final int RANDOM_CHARACTERS = 32;
  public static final int CHECKSUM_CHARACTERS = 6;
  public static final int CHARACTERS = PREFIX.length() + RANDOM_CHARACTERS + CHECKSUM_CHARACTERS;
  private static final int CHECKSUM_START = PREFIX.length() + RANDOM_CHARACTERS;

  private ApiKeyFormat() {}

  /** What a presented key looks like. */
  public enum Form {
    /** Ours, and its checksum is right; only a look-up can say whether it exists. */
    OURS,
    /** Ours but for the checksum: mistyped, cut or made up. No such key was ever made. */
    WRONG_CHECKSUM,
    /** Not of our form; it can only be a key that the operator declared. */
    OTHER
  }

  /** A new key. This is the only moment at which its text exists here. */
  public static Secret generate(SecureRandom random) {
    var body = Base62.random(RANDOM_CHARACTERS, random);
    var sum = BigInteger.valueOf(checksum(body));
    return new Secret(PREFIX + body + Base62.encode(sum, CHECKSUM_CHARACTERS));
  }

  /** Tells the form of a presented key from its characters alone. Never throws. */
  public static Form check(String presented) {
    if (!presented.startsWith(PREFIX)) {
      return Form.OTHER;
    }
    for (var i = PREFIX.length(); i < presented.length(); i++) {
      if (!Base62.isDigit(presented.charAt(i))) {
        return Form.OTHER;
      }
    }
    return presented.length() == CHARACTERS
            && Base62.matches(
                checksum(presented.substring(PREFIX.length(), CHECKSUM_START)),
                presented,
                CHECKSUM_START)
        ? Form.OURS
        : Form.WRONG_CHECKSUM;
  }

  private static long checksum(String body) {
    var crc = new CRC32();
    crc.update(body.getBytes(US_ASCII));
    return crc.getValue();
  }
}
