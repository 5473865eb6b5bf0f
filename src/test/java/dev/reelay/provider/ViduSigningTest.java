package dev.reelay.provider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.access.Secret;
import dev.reelay.provider.vidu.ViduProvider;
import dev.reelay.task.Callback;
import dev.reelay.task.Provenance;
import java.net.URI;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Vidu signs address and time with the key that made the job. */
class ViduSigningTest extends CallbackSigningContract {
  private static final String BODY = "{\"id\":\"v-1\",\"state\":\"success\"}";
  private static final String NONCE = "123e4567-e89b-12d3-a456-426614174000";
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  @Override
  Provider provider() {
    return new ViduProvider();
  }

  @Override
  CallbackSigning.Means means() {
    return new CallbackSigning.Means(Optional.empty(), Optional.empty());
  }

  @Override
  CallbackSigning.Means othersMeans() {
    return means();
  }

  @Override
  Context othersContext() {
    return context("another-key-0123456789", Map.of());
  }

  @Override
  Callback signed(Instant at) {
    var date = DATE.format(at);
    var text =
        "POST\n%s\n\nvidu\n%s\nDate:%s\nx-request-nonce:%s\n".formatted(PATH, date, date, NONCE);
    return callback(PATH, "", date, hmac(text));
  }

  private static Callback callback(String path, String query, String date, String signature) {
    var headers =
        Map.of(
            "date",
            date,
            "x-request-nonce",
            NONCE,
            "x-hmac-signed-headers",
            "Date;x-request-nonce",
            "x-hmac-algorithm",
            "hmac-sha256",
            "x-hmac-access-key",
            "vidu",
            "x-hmac-signature",
            signature);
    return new Callback("POST", path, query, headers, ByteBuffer.wrap(BODY.getBytes(UTF_8)));
  }

  @Override
  List<String> headers() {
    return List.of(
        "date",
        "x-request-nonce",
        "x-hmac-signed-headers",
        "x-hmac-algorithm",
        "x-hmac-access-key",
        "x-hmac-signature");
  }

  /** The body is not signed; the address is. */
  @Override
  Callback tampered(Callback callback) {
    return new Callback("POST", PATH.replace("/1/", "/2/"), "", callback.headers(), callback.raw());
  }

  /** The message of their documentation, with its signature as OpenSSL makes it. */
  @Test
  void the_example_of_their_documentation_is_genuine() {
    var date = "Tue, 06 May 2025 12:09:42 GMT";
    var example =
        callback(
            "/vidu/callback",
            "name=james&age=36",
            date,
            "dlP1Bbj+hh1DbVyXjcP04B56oMF6+JmEGoQSEJ6J72U=");
    var then =
        new Context(
            URI.create("https://api.vidu.com"),
            new Secret("vda_0123456789"),
            "viduq3-pro",
            Map.of(),
            Instant.parse("2025-05-06T12:09:42Z"));

    assertThat(provider().signing().check(then, example, means()))
        .isEqualTo(new Provenance.Genuine());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Date;x-unknown", "Date;;x-request-nonce", ";", "Date;Date;Date;Date;D"})
  void headers_that_are_said_to_be_signed_have_to_be_there_and_few(String named) {
    var headers = new HashMap<>(signed(NOW).headers());
    headers.put("x-hmac-signed-headers", named);

    assertForged(with(signed(NOW), headers));
  }

  @Test
  void where_the_operator_says_that_nothing_is_signed_nothing_is_asked_for() {
    var unsigned = context(CREDENTIAL, Map.of("callbacks", "unsigned"));

    assertThat(provider().signing().check(unsigned, with(signed(NOW), Map.of()), means()))
        .isEqualTo(new Provenance.NotSigned());
  }

  private static String hmac(String text) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(CREDENTIAL.getBytes(UTF_8), "HmacSHA256"));
      return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
