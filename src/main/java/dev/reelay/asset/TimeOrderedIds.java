package dev.reelay.asset;

import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Makes UUIDs of version 7 (RFC 9562: 48 bits of Unix milliseconds, 74 random bits) and writes them
 * as 26 characters of lower-case Crockford base32, so that ids sort by time.
 */
public final class TimeOrderedIds implements Supplier<UUID> {
  public static final int TEXT_CHARS = 26;
  private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
  private static final int BITS_PER_CHAR = 5;

  /** The rest of the high half: the version, and what is random. */
  private static final int BITS_BELOW_MILLIS = 16;

  private final InstantSource clock;
  private final RandomGenerator random;

  public TimeOrderedIds(InstantSource clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  @Override
  public UUID get() {
    var high = (clock.millis() << BITS_BELOW_MILLIS) | 0x7000L | (random.nextLong() & 0x0FFFL);
    var low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }

  public String text() {
    return text(get());
  }

  /** The least text that could have been made at that time; of 1970 for any time before it. */
  public static String firstTextAt(Instant at) {
    return text(new UUID(Math.max(0, at.toEpochMilli()) << BITS_BELOW_MILLIS, 0));
  }

  /** 26 characters; the first one carries only 3 bits. */
  public static String text(UUID id) {
    var out = new char[TEXT_CHARS];
    var high = id.getMostSignificantBits();
    var low = id.getLeastSignificantBits();
    for (var i = TEXT_CHARS - 1; i >= 0; i--) {
      out[i] = ALPHABET.charAt((int) (low & 31));
      low = (low >>> BITS_PER_CHAR) | (high << (Long.SIZE - BITS_PER_CHAR));
      high >>>= BITS_PER_CHAR;
    }
    return new String(out);
  }

  /** Whether the text is one that {@link #text(UUID)} could have written. */
  public static boolean isText(CharSequence text) {
    if (text.length() != TEXT_CHARS || text.charAt(0) > '7') {
      return false;
    }
    for (var i = 0; i < TEXT_CHARS; i++) {
      if (ALPHABET.indexOf(text.charAt(i)) < 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * The UUID behind a text.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static UUID parse(String text) {
    if (!isText(text)) {
      throw new IllegalArgumentException("not a time-ordered id: " + text);
    }
    var high = 0L;
    var low = 0L;
    for (var i = 0; i < TEXT_CHARS; i++) {
      high = (high << BITS_PER_CHAR) | (low >>> (Long.SIZE - BITS_PER_CHAR));
      low = (low << BITS_PER_CHAR) | ALPHABET.indexOf(text.charAt(i));
    }
    return new UUID(high, low);
  }
}
