package dev.reelay.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.reelay.access.SealBroken.Reason;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts secrets at rest with AES-256-GCM. Every secret gets a fresh data key, which is wrapped
 * by the purpose key; both layers are bound to the purpose and the place. Safe for use by many
 * threads.
 *
 * <p>The blob, as base64: version (1 byte), id of the purpose key (8), nonce (12) and wrapped data
 * key (48), nonce (12) and ciphertext (as long as the secret, and 16). The first nine bytes are
 * authenticated with both layers.
 */
public final class Sealer {
  private static final byte VERSION = 1;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BYTES = 16;
  private static final int DATA_KEY_BYTES = 32;
  private static final int WRAPPED_BYTES = DATA_KEY_BYTES + TAG_BYTES;
  private static final int HEADER_BYTES = 1 + PurposeKey.ID_BYTES;
  private static final int SECRET_START = HEADER_BYTES + NONCE_BYTES + WRAPPED_BYTES;
  private static final int BLOB_BYTES_MIN = SECRET_START + NONCE_BYTES + TAG_BYTES + 1;

  private final PurposeKey key;
  private final SecureRandom random;

  public Sealer(PurposeKey key, SecureRandom random) {
    this.key = key;
    this.random = random;
  }

  /** Seals a secret for one place. Two calls never give the same text. */
  public String seal(Secret secret, SealedPlace place) {
    var dataKey = randomBytes(DATA_KEY_BYTES);
    var header = header();
    var wrapNonce = randomBytes(NONCE_BYTES);
    var wrapped =
        crypt(Cipher.ENCRYPT_MODE, key.toAesKey(), wrapNonce, dataKey, bound(header, "key", place));
    var nonce = randomBytes(NONCE_BYTES);
    var plain = secret.reveal().getBytes(UTF_8);
    var sealed =
        crypt(Cipher.ENCRYPT_MODE, aes(dataKey), nonce, plain, bound(header, "secret", place));
    var blob =
        ByteBuffer.allocate(SECRET_START + NONCE_BYTES + sealed.length)
            .put(header)
            .put(wrapNonce)
            .put(wrapped)
            .put(nonce)
            .put(sealed);
    return Base64.getEncoder().encodeToString(blob.array());
  }

  /**
   * Opens what was sealed for this very place.
   *
   * @throws SealBroken if it is malformed, sealed under another key, changed or moved
   */
  public Secret open(String sealed, SealedPlace place) {
    var blob = decode(sealed, place);
    var header = Arrays.copyOf(blob, HEADER_BYTES);
    if (!Arrays.equals(header, header())) {
      throw new SealBroken(Reason.OTHER_KEY, place);
    }
    var dataKey =
        decrypt(key.toAesKey(), part(blob, HEADER_BYTES, SECRET_START), header, "key", place);
    var plain =
        decrypt(aes(dataKey), part(blob, SECRET_START, blob.length), header, "secret", place);
    return new Secret(new String(plain, UTF_8));
  }

  private static byte[] decode(String sealed, SealedPlace place) {
    byte[] blob;
    try {
      blob = Base64.getDecoder().decode(sealed);
    } catch (IllegalArgumentException _) {
      throw new SealBroken(Reason.MALFORMED, place);
    }
    // The decoder ignores spare bits of the last character; a changed text must not pass as this.
    var exact = Base64.getEncoder().encodeToString(blob).equals(sealed);
    if (!exact || blob.length < BLOB_BYTES_MIN || blob[0] != VERSION) {
      throw new SealBroken(Reason.MALFORMED, place);
    }
    return blob;
  }

  /** Decrypts a nonce and the ciphertext behind it. */
  private byte[] decrypt(
      SecretKey secretKey, byte[] sealed, byte[] header, String layer, SealedPlace place) {
    var nonce = Arrays.copyOf(sealed, NONCE_BYTES);
    var text = part(sealed, NONCE_BYTES, sealed.length);
    try {
      return crypt(Cipher.DECRYPT_MODE, secretKey, nonce, text, bound(header, layer, place));
    } catch (BadTag _) {
      throw new SealBroken(Reason.TAMPERED_OR_MOVED, place);
    }
  }

  private static byte[] crypt(
      int mode, SecretKey secretKey, byte[] nonce, byte[] text, byte[] bound) {
    try {
      var cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, secretKey, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
      cipher.updateAAD(bound);
      return cipher.doFinal(text);
    } catch (AEADBadTagException e) {
      throw new BadTag(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no AES-256-GCM", e);
    }
  }

  private byte[] bound(byte[] header, String layer, SealedPlace place) {
    var where = place.toBytes(layer + "|" + key.purpose().label());
    return ByteBuffer.allocate(header.length + where.length).put(header).put(where).array();
  }

  private byte[] header() {
    return ByteBuffer.allocate(HEADER_BYTES).put(VERSION).put(key.id()).array();
  }

  private byte[] randomBytes(int length) {
    var bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static SecretKey aes(byte[] bytes) {
    return new SecretKeySpec(bytes, "AES");
  }

  private static byte[] part(byte[] bytes, int from, int to) {
    return Arrays.copyOfRange(bytes, from, to);
  }

  /** The authentication tag did not fit. */
  private static final class BadTag extends RuntimeException {
    private static final long serialVersionUID = 1;

    BadTag(Throwable cause) {
      super(cause);
    }
  }
}
