package dev.reelay.provider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.provider.fal.FalProvider;
import dev.reelay.task.Callback;
import dev.reelay.task.Provenance;
import java.net.URI;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** fal signs with a key pair whose public half it publishes. */
class FalSigningTest extends CallbackSigningContract {
  private static final KeyPair OURS = pair();
  private static final KeyPair OTHERS = pair();
  private static final int KEY_BYTES = 32;
  private static final String BODY = "{\"request_id\":\"q-1\",\"status\":\"OK\"}";

  @Override
  Provider provider() {
    return new FalProvider();
  }

  @Override
  CallbackSigning.Means means() {
    return published(jwks(key(OTHERS), key(OURS)));
  }

  @Override
  CallbackSigning.Means othersMeans() {
    return published(jwks(key(OTHERS)));
  }

  @Override
  Callback signed(Instant at) {
    var time = String.valueOf(at.getEpochSecond());
    var lines = "q-1\nuser-1\n" + time + "\n" + sha256(BODY);
    var headers =
        Map.of(
            "x-fal-webhook-request-id",
            "q-1",
            "x-fal-webhook-user-id",
            "user-1",
            "x-fal-webhook-timestamp",
            time,
            "x-fal-webhook-signature",
            sign(lines));
    return new Callback("POST", PATH, "", headers, ByteBuffer.wrap(BODY.getBytes(UTF_8)));
  }

  @Override
  List<String> headers() {
    return List.of(
        "x-fal-webhook-request-id",
        "x-fal-webhook-user-id",
        "x-fal-webhook-timestamp",
        "x-fal-webhook-signature");
  }

  @Override
  Callback tampered(Callback callback) {
    return withBody(callback, BODY.replace("OK", "ERROR"));
  }

  @Test
  void its_keys_are_fals_own_unless_the_operator_says_otherwise() {
    var signing = provider().signing();

    assertThat(signing.keysAt(Map.of()))
        .contains(URI.create("https://rest.fal.ai/.well-known/jwks.json"));
    assertThat(signing.keysAt(Map.of("webhook_keys", "https://keys.example/jwks.json")))
        .contains(URI.create("https://keys.example/jwks.json"));
  }

  @Test
  void where_the_operator_says_that_nothing_is_signed_no_keys_are_fetched() {
    var settings = Map.of("webhooks", "unsigned");
    var signing = provider().signing();

    assertThat(signing.keysAt(settings)).isEmpty();
    assertThat(
            signing.check(
                context(CREDENTIAL, settings),
                with(signed(NOW), Map.of()),
                new CallbackSigning.Means(Optional.empty(), Optional.empty())))
        .isEqualTo(new Provenance.NotSigned());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no json",
        "[]",
        "{\"keys\":7}",
        "{\"keys\":[7,null,{},{\"crv\":\"Ed25519\"}]}",
        "{\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"!\"}]}",
        "{\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"AAAA\"}]}",
        "{\"keys\":[{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\"}]}"
      })
  void what_are_no_keys_verify_nothing(String keys) {
    assertThat(provider().signing().check(context(), signed(NOW), published(keys)))
        .isInstanceOf(Provenance.Forged.class);
  }

  private static CallbackSigning.Means published(String keys) {
    return new CallbackSigning.Means(Optional.empty(), Optional.of(keys));
  }

  private static String jwks(String... keys) {
    return "{\"keys\":[" + String.join(",", keys) + "]}";
  }

  /** The raw key is the end of its usual form. */
  private static String key(KeyPair pair) {
    var whole = pair.getPublic().getEncoded();
    var raw = Arrays.copyOfRange(whole, whole.length - KEY_BYTES, whole.length);
    var x = Base64.getUrlEncoder().withoutPadding().encodeToString(raw);
    return "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"" + x + "\"}";
  }

  private static KeyPair pair() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String sign(String text) {
    try {
      var signer = Signature.getInstance("Ed25519");
      signer.initSign(OURS.getPrivate());
      signer.update(text.getBytes(UTF_8));
      return HexFormat.of().formatHex(signer.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String sha256(String text) {
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
