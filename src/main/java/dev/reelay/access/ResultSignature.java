package dev.reelay.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;

/**
 * The secret part of a result address: the first 128 bits of an HMAC-SHA256 of the asset id, as 22
 * base64url characters. Whoever has the address may read the result. Safe for use by many threads.
 */
public final class ResultSignature {
  public static final int CHARACTERS = 22;
  private static final int SIGNATURE_BYTES = 16;

  private final PurposeKey key;

  public ResultSignature(MasterKey masterKey) {
    key = masterKey.derive(KeyPurpose.RESULT_URLS);
  }

  public String sign(String assetId) {
    var bytes = Arrays.copyOf(key.mac(assetId), SIGNATURE_BYTES);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Whether this is the signature of that asset, in a time that does not depend on the answer. */
  public boolean verify(String assetId, String presented) {
    return MessageDigest.isEqual(sign(assetId).getBytes(UTF_8), presented.getBytes(UTF_8));
  }
}
