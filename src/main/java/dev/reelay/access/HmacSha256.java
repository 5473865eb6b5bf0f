package dev.reelay.access;

import java.security.GeneralSecurityException;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 (RFC 2104), by which keys are derived and messages of many formats are signed. */
public final class HmacSha256 {
  private static final String NAME = "HmacSHA256";

  private HmacSha256() {}

  /** The 32 bytes for a message whose pieces follow each other. */
  public static byte[] of(byte[] key, byte[]... pieces) {
    var mac = under(key);
    Stream.of(pieces).forEach(mac::update);
    return mac.doFinal();
  }

  /** One that is ready for a message. */
  static Mac under(byte[] key) {
    try {
      var mac = Mac.getInstance(NAME);
      mac.init(new SecretKeySpec(key, NAME));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no " + NAME, e);
    }
  }
}
