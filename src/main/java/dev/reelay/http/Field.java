package dev.reelay.http;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One header field of an answer.
 *
 * @throws IllegalArgumentException if the value holds a control character, so that no value can add
 *     a header of its own
 */
public record Field(FieldName name, String value) {
  public static final Field JSON = new Field(FieldName.CONTENT_TYPE, "application/json");

  public Field {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < ' ' || c > '~') {
        throw new IllegalArgumentException("not fit for a header field: " + name);
      }
    }
  }

  /** Fields as HTTP/1.1 writes them, a line each with its end. */
  public static byte[] lines(List<Field> fields) {
    var lines = new StringBuilder();
    for (var field : fields) {
      lines.append(field.name().wire()).append(": ").append(field.value()).append("\r\n");
    }
    return lines.toString().getBytes(StandardCharsets.US_ASCII);
  }
}
