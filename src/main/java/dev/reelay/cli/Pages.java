package dev.reelay.cli;

/** How long a list may be. */
final class Pages {
  static final int LIMIT_DEFAULT = 50;

  private Pages() {}

  static int require(int limit, int max) {
    if (limit < 1 || limit > max) {
      throw Refusal.usage("--limit must be 1 to " + max);
    }
    return limit;
  }
}
