package dev.reelay.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.reelay.access.HmacSha256;
import dev.reelay.access.Secret;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Base64;
import tools.jackson.databind.node.ObjectNode;

/** A JSON web token (RFC 7519) in its compact form, signed by the JDK's own means. */
public final class Jwt {
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private Jwt() {}

  /** Signed with a shared secret (HS256). */
  public static Secret hs256(ObjectNode claims, Secret key) {
    var signed = unsigned(Json.body().put("alg", "HS256").put("typ", "JWT"), claims);
    var mac = HmacSha256.of(key.reveal().getBytes(UTF_8), signed.getBytes(UTF_8));
    return new Secret(signed + "." + part(mac));
  }

  /**
   * Signed with an RSA key (RS256).
   *
   * @param keyId by which the other side knows the key
   * @throws GeneralSecurityException if the key cannot sign, such as one that is too small
   */
  public static Secret rs256(ObjectNode claims, PrivateKey key, String keyId)
      throws GeneralSecurityException {
    var head = Json.body().put("alg", "RS256").put("typ", "JWT").put("kid", keyId);
    var signed = unsigned(head, claims);
    var signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(key);
    signature.update(signed.getBytes(UTF_8));
    return new Secret(signed + "." + part(signature.sign()));
  }

  private static String unsigned(ObjectNode head, ObjectNode claims) {
    return part(Json.write(head).getBytes(UTF_8)) + "." + part(Json.write(claims).getBytes(UTF_8));
  }

  private static String part(byte[] bytes) {
    return BASE64.encodeToString(bytes);
  }
}
