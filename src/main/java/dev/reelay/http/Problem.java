package dev.reelay.http;

import java.util.List;

/**
 * A bad outcome before it has the shape of a dialect.
 *
 * @param status the HTTP status, 400 to 599
 * @param code lower_snake, for programs
 * @param message one English sentence for people
 * @param fields header fields that belong to the answer, for example {@code allow}
 */
public record Problem(int status, String code, String message, List<Field> fields) {
  public Problem {
    if (status < 400 || status > 599) {
      throw new IllegalArgumentException("not the status of an error: " + status);
    }
    fields = List.copyOf(fields);
  }

  public Problem with(Field field) {
    return new Problem(status, code, message, List.of(field));
  }
}
