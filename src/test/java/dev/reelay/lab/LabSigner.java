package dev.reelay.lab;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs what vendors send. */
public final class LabSigner {
  private static final String HMAC = "HmacSHA256";

  /** What vendors by Standard Webhooks sign with. */
  public static final String STANDARD_SECRET =
      "whsec_"
          + Base64.getEncoder().encodeToString("lab-signing-secret-0123456789".getBytes(UTF_8));

  private LabSigner() {}

  /** A message by Standard Webhooks. */
  public static LabCall standard(LabDesk desk, LabJob job, URI to, String body) {
    var id = "msg_" + job.id();
    var at = String.valueOf(desk.now().getEpochSecond());
    var key = Base64.getDecoder().decode(STANDARD_SECRET.substring("whsec_".length()));
    var headers =
        Map.of(
            "content-type",
            "application/json",
            "webhook-id",
            id,
            "webhook-timestamp",
            at,
            "webhook-signature",
            "v1," + hmac(key, id + "." + at + "." + body));
    return new LabCall(to, headers, body);
  }

  /** HMAC-SHA256 in base64. */
  public static String hmac(byte[] key, String text) {
    try {
      var mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HMAC-SHA-256", e);
    }
  }
}
