package dev.reelay.http;

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
}
