package dev.reelay.provider;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/**
 * A form written as {@code multipart/form-data}. The boundary is a hash of the whole form: nobody
 * can put it into a field beforehand, and with it fields of his own into the form.
 */
record FormText(String boundary, String text) {
  private static final int BOUNDARY_CHARS = 32;
  private static final String LINE = "\r\n";

  static FormText of(List<Call.Field> fields) {
    var boundary = boundary(fields);
    var text = new StringBuilder();
    for (var field : fields) {
      text.append("--").append(boundary).append(LINE);
      text.append("Content-Disposition: form-data; name=\"").append(field.name()).append('"');
      text.append(LINE).append(LINE).append(field.value()).append(LINE);
    }
    return new FormText(
        boundary, text.append("--").append(boundary).append("--" + LINE).toString());
  }

  private static String boundary(List<Call.Field> fields) {
    var digest = FileSink.sha256().digest(fields.toString().getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest).substring(0, BOUNDARY_CHARS);
  }

  HttpEntity entity() {
    var type = ContentType.parse("multipart/form-data; boundary=" + boundary);
    return new ByteArrayEntity(text.getBytes(StandardCharsets.UTF_8), type);
  }
}
