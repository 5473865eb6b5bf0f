package dev.reelay.http.dialect;

import dev.reelay.http.ApiError;
import dev.reelay.http.FieldName;
import dev.reelay.http.Request;
import java.util.Optional;

/** The header field by which a caller makes a create repeatable, the same in all dialects. */
public final class IdempotencyKey {
  static final int CHARS_MAX = 255;
  private static final String NAME = "Idempotency-Key";

  private IdempotencyKey() {}

  /**
   * The key of a request; empty if it has none.
   *
   * @throws dev.reelay.http.ApiRefusal 400 if it is too long or no plain text
   */
  public static Optional<String> of(Request request) {
    var key = request.header(FieldName.IDEMPOTENCY_KEY);
    if (key.isPresent() && !isKey(key.get())) {
      throw ApiError.field(
              NAME,
              "`" + NAME + "` must have 1 to " + CHARS_MAX + " printable characters.",
              "`" + NAME + "` 必须是 1 到 " + CHARS_MAX + " 个可见字符。")
          .refusal();
    }
    return key;
  }

  private static boolean isKey(String key) {
    return !key.isBlank()
        && key.length() <= CHARS_MAX
        && key.chars().allMatch(c -> c >= ' ' && c <= '~');
  }
}
