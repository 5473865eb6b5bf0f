package dev.reelay;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Random keys that live as long as the process. */
final class HexKey {
  private HexKey() {}

  static String random(SecureRandom random, int bytes) {
    var key = new byte[bytes];
    random.nextBytes(key);
    return HexFormat.of().formatHex(key);
  }
}
