package dev.reelay.provider.vidu;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.reelay.access.HmacSha256;
import dev.reelay.access.Secret;
import dev.reelay.provider.CallbackSigning;
import dev.reelay.provider.Context;
import dev.reelay.task.Callback;
import dev.reelay.task.Provenance;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/**
 * Vidu signs with the key that made the job: an HMAC-SHA256 in base64 over method, path, query, the
 * word {@code vidu}, the date, and those headers which it names (platform.vidu.com, "Callback
 * signature", November 2026). The body is not part of it.
 */
final class ViduSigning implements CallbackSigning {
  static final String CALLBACKS = "callbacks";
  static final String UNSIGNED = "unsigned";

  private static final String ACCESS_KEY = "vidu";
  private static final String ALGORITHM = "hmac-sha256";
  private static final String DATE = "date";
  private static final int SIGNED_HEADERS_MAX = 8;

  @Override
  public Provenance check(Context context, Callback callback, Means means) {
    if (UNSIGNED.equals(context.settings().get(CALLBACKS))) {
      return new Provenance.NotSigned();
    }
    var date = callback.header(DATE).orElse("");
    var signature = callback.header("x-hmac-signature").orElse("");
    var named = callback.header("x-hmac-signed-headers").orElse("");
    if (!isOurKind(callback) || date.isBlank() || signature.isBlank()) {
      return new Provenance.Forged("it lacks a header of the signature");
    }
    if (time(date).filter(at -> CallbackSigning.isTimely(at, context.now())).isEmpty()) {
      return new Provenance.Forged("its signature is not of now");
    }
    var headers = signedHeaders(callback, named);
    if (headers.isEmpty()) {
      return new Provenance.Forged("it does not carry the headers that it says are signed");
    }
    var signed =
        String.join(
            "\n", callback.method(), callback.path(), callback.query(), ACCESS_KEY, date, "");
    var right = signature(context.credential(), signed + headers.get());
    return MessageDigest.isEqual(right.getBytes(UTF_8), signature.getBytes(UTF_8))
        ? new Provenance.Genuine()
        : new Provenance.Forged("its signature is not by the channel's key");
  }

  private static boolean isOurKind(Callback callback) {
    return callback.header("x-hmac-algorithm").filter(ALGORITHM::equalsIgnoreCase).isPresent()
        && callback.header("x-hmac-access-key").filter(ACCESS_KEY::equals).isPresent();
  }

  /** In the order and the spelling in which they are named. */
  private static Optional<String> signedHeaders(Callback callback, String named) {
    var names = named.split(";", SIGNED_HEADERS_MAX + 1);
    if (names.length > SIGNED_HEADERS_MAX) {
      return Optional.empty();
    }
    var text = new StringBuilder();
    for (var name : names) {
      var value = callback.header(name.strip().toLowerCase(Locale.ROOT));
      if (value.isEmpty()) {
        return Optional.empty();
      }
      text.append(name.strip()).append(':').append(value.get()).append('\n');
    }
    return Optional.of(text.toString());
  }

  private static Optional<Instant> time(String date) {
    try {
      var format = DateTimeFormatter.RFC_1123_DATE_TIME;
      return Optional.of(ZonedDateTime.parse(date, format).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static String signature(Secret key, String signed) {
    var mac = HmacSha256.of(key.reveal().getBytes(UTF_8), signed.getBytes(UTF_8));
    return Base64.getEncoder().encodeToString(mac);
  }
}
