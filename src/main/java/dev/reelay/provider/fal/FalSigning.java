package dev.reelay.provider.fal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.reelay.asset.Sha256;
import dev.reelay.provider.CallbackSigning;
import dev.reelay.provider.Context;
import dev.reelay.provider.Json;
import dev.reelay.task.Callback;
import dev.reelay.task.Provenance;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * fal's webhooks carry an ED25519 signature in hex over four lines: request id, user id, time in
 * seconds, and the SHA-256 of the body in hex. Its public keys are a JWKS, to be kept for a day at
 * most (docs.fal.ai, "Verifying your webhook", November 2026). They are the same for all of its
 * users, and the address is not signed: that is what the secret in it is for.
 */
final class FalSigning implements CallbackSigning {
  static final String WEBHOOKS = "webhooks";
  static final String UNSIGNED = "unsigned";
  static final String KEYS = "webhook_keys";
  static final URI USUAL_KEYS = URI.create("https://rest.fal.ai/.well-known/jwks.json");

  private static final String REQUEST_ID = "x-fal-webhook-request-id";
  private static final String USER_ID = "x-fal-webhook-user-id";
  private static final String TIMESTAMP = "x-fal-webhook-timestamp";
  private static final String SIGNATURE = "x-fal-webhook-signature";
  private static final String HEX = "([0-9a-fA-F]{2}){64}";
  private static final int KEYS_MAX = 16;
  private static final int KEY_BYTES = 32;

  /** What stands before an ED25519 key in the form that the JDK reads (RFC 8410). */
  private static final byte[] KEY_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  @Override
  public Optional<URI> keysAt(Map<String, String> settings) {
    if (UNSIGNED.equals(settings.get(WEBHOOKS))) {
      return Optional.empty();
    }
    var set = settings.getOrDefault(KEYS, "");
    return Optional.of(set.isEmpty() ? USUAL_KEYS : URI.create(set));
  }

  @Override
  public Provenance check(Context context, Callback callback, Means means) {
    return means
        .keys()
        .map(keys -> check(context, callback, keys))
        .orElseGet(Provenance.NotSigned::new);
  }

  private static Provenance check(Context context, Callback callback, String keys) {
    var timestamp = callback.header(TIMESTAMP).orElse("");
    var signature = callback.header(SIGNATURE).orElse("");
    var lines =
        Stream.of(callback.header(REQUEST_ID), callback.header(USER_ID), Optional.of(timestamp))
            .flatMap(Optional::stream)
            .filter(line -> !line.isBlank())
            .toList();
    if (lines.size() < 3 || !signature.matches(HEX)) {
      return new Provenance.Forged("it lacks a header of the signature");
    }
    if (!CallbackSigning.isTimely(timestamp, context.now())) {
      return new Provenance.Forged("its signature is not of now");
    }
    var signed = String.join("\n", lines) + "\n" + Sha256.hex(callback.bytes());
    var bytes = HexFormat.of().parseHex(signature);
    return keys(keys).anyMatch(key -> isBy(key, signed.getBytes(UTF_8), bytes))
        ? new Provenance.Genuine()
        : new Provenance.Forged("its signature is by none of fal's keys");
  }

  /** Those of another kind are left out. */
  private static Stream<PublicKey> keys(String jwks) {
    return Json.object(jwks).stream()
        .flatMap(tree -> tree.path("keys").valueStream())
        .filter(key -> key.path("crv").asString("").equals("Ed25519"))
        .limit(KEYS_MAX)
        .flatMap(key -> key(key).stream());
  }

  private static Optional<PublicKey> key(JsonNode key) {
    try {
      var raw = Base64.getUrlDecoder().decode(key.path("x").asString(""));
      if (raw.length != KEY_BYTES) {
        return Optional.empty();
      }
      var whole = Arrays.copyOf(KEY_PREFIX, KEY_PREFIX.length + raw.length);
      System.arraycopy(raw, 0, whole, KEY_PREFIX.length, raw.length);
      return Optional.of(
          KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(whole)));
    } catch (IllegalArgumentException | GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  /** A signature whose very form is wrong is nobody's. */
  private static boolean isBy(PublicKey key, byte[] signed, byte[] signature) {
    try {
      var verifier = Signature.getInstance("Ed25519");
      verifier.initVerify(key);
      verifier.update(signed);
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
