package dev.reelay.http;

/**
 * One row of the route table.
 *
 * @param method upper case; a GET route answers HEAD too
 * @param pattern segments divided by slashes: literal text, {@code {name}} for one segment, or
 *     {@code {name*}} at the end for all that follow
 * @param isOpen whether scripts of any web page may call it (CORS); never for the admin API
 */
public record Route(String method, String pattern, boolean isOpen, Handler handler) {
  public Route {
    if (!pattern.startsWith("/") || (pattern.length() > 1 && pattern.endsWith("/"))) {
      throw new IllegalArgumentException("not a pattern: " + pattern);
    }
  }

  public static Route get(String pattern, Handler handler) {
    return new Route("GET", pattern, true, handler);
  }

  public static Route post(String pattern, Handler handler) {
    return new Route("POST", pattern, true, handler);
  }

  public static Route delete(String pattern, Handler handler) {
    return new Route("DELETE", pattern, true, handler);
  }

  /** The same row for callers of our own origin only. */
  public Route closed() {
    return new Route(method, pattern, false, handler);
  }
}
