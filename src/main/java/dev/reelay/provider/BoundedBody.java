package dev.reelay.provider;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;

/** Reads an API answer whole or not at all, bounded after decompression. */
final class BoundedBody {
  private BoundedBody() {}

  /** An answer that came but cannot be used; its message may be shown. */
  static final class Unusable extends IOException {
    private static final long serialVersionUID = 1L;

    Unusable(String message) {
      super(message);
    }
  }

  static Reply read(ClassicHttpResponse response, int bytesMax) throws IOException {
    var entity = response.getEntity();
    var body = entity == null ? "" : text(entity, bytesMax);
    return new Reply(response.getCode(), headers(response), body);
  }

  /** The same for JSON in which a whole video may stand. */
  static Reply skimmed(ClassicHttpResponse response, int bytesMax) throws IOException {
    var entity = response.getEntity();
    var bytes =
        entity == null
            ? new byte[0]
            : SkimmedJson.read(decoded(entity, entity.getContent()), bytesMax);
    return new Reply(
        response.getCode(), headers(response), new String(bytes, StandardCharsets.UTF_8));
  }

  /** As much of an answer as is wanted, undecoded: nobody reads it but people. */
  static Reply beginning(ClassicHttpResponse response, int bytesMax) throws IOException {
    var entity = response.getEntity();
    var bytes = entity == null ? new byte[0] : entity.getContent().readNBytes(bytesMax);
    return new Reply(
        response.getCode(), headers(response), new String(bytes, StandardCharsets.UTF_8));
  }

  private static List<Call.Header> headers(ClassicHttpResponse response) {
    var headers = new ArrayList<Call.Header>();
    for (var header : response.getHeaders()) {
      headers.add(new Call.Header(header.getName(), oneLine(header.getValue())));
    }
    return List.copyOf(headers);
  }

  private static String text(HttpEntity entity, int bytesMax) throws IOException {
    var raw = entity.getContent();
    var bytes = decoded(entity, raw).readNBytes(bytesMax + 1);
    if (bytes.length > bytesMax || raw.readNBytes(1).length > 0) {
      throw new Unusable("the answer is larger than " + bytesMax + " bytes");
    }
    return new String(bytes, charset(entity));
  }

  private static InputStream decoded(HttpEntity entity, InputStream raw) throws IOException {
    var encoding = entity.getContentEncoding();
    return switch (encoding == null ? "" : encoding.strip().toLowerCase(Locale.ROOT)) {
      case "", "identity" -> raw;
      case "gzip", "x-gzip" -> new GZIPInputStream(raw);
      default -> throw new Unusable("the answer has an encoding that was not asked for");
    };
  }

  private static Charset charset(HttpEntity entity) {
    var type = ContentType.parseLenient(entity.getContentType());
    var named = type == null ? null : type.getCharset();
    return named == null ? StandardCharsets.UTF_8 : named;
  }

  private static String oneLine(String value) {
    return value == null ? "" : value.replaceAll("[\\p{Cntrl}&&[^\\t]]", " ");
  }
}
