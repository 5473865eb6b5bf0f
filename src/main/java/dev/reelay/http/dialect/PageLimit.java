package dev.reelay.http.dialect;

import dev.reelay.http.ApiError;
import dev.reelay.http.Request;

/** How much a page of a list has: the parameter {@code limit} of every list. */
public final class PageLimit {
  private static final String NAME = "limit";
  private static final int DEFAULT = 20;
  private static final int MAX = 100;

  private PageLimit() {}

  /**
   * The number asked for, 20 without one.
   *
   * @throws dev.reelay.http.ApiRefusal 400 if it is not 1 to 100
   */
  public static int of(Request request) {
    return of(request, DEFAULT, MAX);
  }

  /**
   * The number asked for.
   *
   * @param usual without one
   * @throws dev.reelay.http.ApiRefusal 400 if it is not 1 to {@code most}
   */
  public static int of(Request request, int usual, int most) {
    var text = request.query(NAME).map(String::strip).filter(value -> !value.isEmpty());
    if (text.isEmpty()) {
      return usual;
    }
    if (text.get().matches("[0-9]{1,6}")) {
      int limit = Integer.parseInt(text.get());
      if (limit >= 1 && limit <= most) {
        return limit;
      }
    }
    throw ApiError.field(
            NAME,
            "`limit` must be a whole number from 1 to " + most + ".",
            "`limit` 必须是 1 到 " + most + " 之间的整数。")
        .refusal();
  }
}
