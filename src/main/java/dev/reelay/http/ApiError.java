package dev.reelay.http;

import dev.reelay.task.ErrorCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A bad outcome on a client's route, in both languages, before it has the shape of a dialect.
 *
 * @param english one or two sentences that say what to do about it
 * @param param the field at fault as the caller wrote it
 * @param allowed what the field may be; empty if there is no list
 */
public record ApiError(
    ErrorCode code,
    String english,
    String chinese,
    Optional<String> param,
    List<String> allowed,
    Details details) {
  public ApiError {
    allowed = List.copyOf(allowed);
  }

  /**
   * What programs read beside the code.
   *
   * @param facts further members of the error object, such as {@code needed}, in their order
   * @param retrySeconds when it makes sense to come back
   */
  public record Details(Map<String, String> facts, OptionalInt retrySeconds) {
    static final Details NONE = new Details(Map.of(), OptionalInt.empty());
  }

  public static ApiError of(ErrorCode code) {
    return of(code, code.english(), code.chinese());
  }

  public static ApiError of(ErrorCode code, String english, String chinese) {
    return new ApiError(code, english, chinese, Optional.empty(), List.of(), Details.NONE);
  }

  /** A field with a wrong value. */
  public static ApiError field(String param, String english, String chinese) {
    return of(ErrorCode.INVALID_FIELD, english, chinese).about(param);
  }

  public ApiError about(String name) {
    return new ApiError(code, english, chinese, Optional.of(name), allowed, details);
  }

  public ApiError allowing(List<String> values) {
    return new ApiError(code, english, chinese, param, values, details);
  }

  public ApiError fact(String name, String value) {
    var facts = new LinkedHashMap<>(details.facts());
    facts.put(name, value);
    var more = new Details(facts, details.retrySeconds());
    return new ApiError(code, english, chinese, param, allowed, more);
  }

  public ApiError retryAfter(int seconds) {
    var more = new Details(details.facts(), OptionalInt.of(seconds));
    return new ApiError(code, english, chinese, param, allowed, more);
  }

  /** The same as an exception, for depths from which no value can be given back. */
  public ApiRefusal refusal() {
    return new ApiRefusal(this);
  }
}
