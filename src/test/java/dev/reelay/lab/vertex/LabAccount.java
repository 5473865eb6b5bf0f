package dev.reelay.lab.vertex;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A service account whose key is made anew with each program, and what Google's token endpoint does
 * with its assertions: everything in one is held against what the documentation demands.
 */
public final class LabAccount {
  /** How long its tokens are good. */
  public static final Duration TOKEN_LIFE = Duration.ofHours(1);

  private static final String EMAIL = "relay@lab-project.iam.gserviceaccount.com";
  private static final String KEY_ID = "lab-key-1";
  private static final String SCOPE = "https://www.googleapis.com/auth/cloud-platform";
  private static final String GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";
  private static final String TOKEN = "ya29.lab.";
  private static final int KEY_BITS = 2_048;
  private static final long CLOCKS_APART_SECONDS_MAX = 60;
  private static final KeyPair KEYS = keys();

  private LabAccount() {}

  private static KeyPair keys() {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(KEY_BITS);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no RSA", e);
    }
  }

  /** Its file; without a place that gives tokens, so that it is the one that plays Google. */
  public static String file() {
    return file(Optional.empty());
  }

  /** Its file as Google writes it. */
  public static String file(Optional<String> tokenUri) {
    var lines = Base64.getMimeEncoder(64, new byte[] {'\n'});
    var pem =
        "-----BEGIN PRIVATE KEY-----\n"
            + lines.encodeToString(KEYS.getPrivate().getEncoded())
            + "\n-----END PRIVATE KEY-----\n";
    var file =
        JsonMapper.shared()
            .createObjectNode()
            .put("type", "service_account")
            .put("project_id", "lab-project")
            .put("private_key_id", KEY_ID)
            .put("private_key", pem)
            .put("client_email", EMAIL);
    tokenUri.ifPresent(uri -> file.put("token_uri", uri));
    return file.toString();
  }

  /**
   * Why no token is given for a form, or empty.
   *
   * @param audience where the form was sent
   */
  public static Optional<String> refusal(String form, URI audience, Instant now) {
    var fields =
        Arrays.stream(form.split("&"))
            .map(pair -> pair.split("=", 2))
            .filter(pair -> pair.length == 2)
            .collect(Collectors.toMap(pair -> decoded(pair[0]), pair -> decoded(pair[1])));
    if (!GRANT.equals(fields.get("grant_type"))) {
      return Optional.of("Invalid grant type.");
    }
    var parts = fields.getOrDefault("assertion", "").split("\\.", -1);
    if (parts.length != 3 || !isSigned(parts)) {
      return Optional.of("Invalid JWT Signature.");
    }
    return wrong(json(parts[0]), json(parts[1]), audience, now);
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static boolean isSigned(String[] parts) {
    try {
      var signature = Signature.getInstance("SHA256withRSA");
      signature.initVerify(KEYS.getPublic());
      signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
      return signature.verify(Base64.getUrlDecoder().decode(parts[2]));
    } catch (GeneralSecurityException | IllegalArgumentException _) {
      return false;
    }
  }

  private static JsonNode json(String part) {
    try {
      return JsonMapper.shared().readTree(Base64.getUrlDecoder().decode(part));
    } catch (JacksonException | IllegalArgumentException _) {
      return JsonMapper.shared().createObjectNode();
    }
  }

  private static Optional<String> wrong(JsonNode head, JsonNode claims, URI audience, Instant now) {
    var issued = claims.at("/iat").asLong(0);
    var ends = claims.at("/exp").asLong(0);
    var demands =
        Map.of(
            "alg", head.at("/alg").asString("").equals("RS256"),
            "kid", head.at("/kid").asString("").equals(KEY_ID),
            "iss", claims.at("/iss").asString("").equals(EMAIL),
            "scope", claims.at("/scope").asString("").equals(SCOPE),
            "aud", claims.at("/aud").asString("").equals(audience.toString()),
            "iat", Math.abs(now.getEpochSecond() - issued) <= CLOCKS_APART_SECONDS_MAX,
            "exp", ends > issued && ends - issued <= TOKEN_LIFE.toSeconds());
    return demands.entrySet().stream()
        .filter(demand -> !demand.getValue())
        .map(Map.Entry::getKey)
        .sorted()
        .findFirst()
        .map(claim -> "Invalid JWT: " + claim + " is not as it has to be.");
  }

  /** A token that is good from now on for {@link #TOKEN_LIFE}. */
  public static String token(Instant now) {
    return TOKEN + now.plus(TOKEN_LIFE).toEpochMilli();
  }

  /** Whether this is such a token, and still good. */
  public static boolean isGood(String token, Instant now) {
    return token.matches(TOKEN.replace(".", "\\.") + "[0-9]{1,15}")
        && now.isBefore(Instant.ofEpochMilli(Long.parseLong(token.substring(TOKEN.length()))));
  }
}
