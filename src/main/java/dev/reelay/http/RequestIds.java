package dev.reelay.http;

import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * Names requests. The id of the caller is kept if it is harmless in a log and a header; else one is
 * made of a random part, drawn once, and a counter, which costs next to nothing.
 */
public final class RequestIds {
  static final int ID_CHARS_MAX = 64;
  private static final int SEED_BITS = 40;

  private final String prefix;
  private final AtomicLong count = new AtomicLong();

  public RequestIds(RandomGenerator random) {
    long seed = random.nextLong() >>> (Long.SIZE - SEED_BITS);
    this.prefix = "req_" + Long.toString(seed, Character.MAX_RADIX) + "-";
  }

  String next() {
    return prefix + Long.toString(count.incrementAndGet(), Character.MAX_RADIX);
  }

  String acceptOrNext(Incoming incoming) {
    var offered = incoming.header(FieldName.X_REQUEST_ID);
    return offered.isPresent() && isHarmless(offered.get()) ? offered.get() : next();
  }

  private static boolean isHarmless(String id) {
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      if (c >= 128 || !(Character.isLetterOrDigit(c) || c == '.' || c == '_' || c == '-')) {
        return false;
      }
    }
    return !id.isEmpty() && id.length() <= ID_CHARS_MAX;
  }
}
