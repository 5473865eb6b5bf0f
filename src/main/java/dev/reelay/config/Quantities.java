package dev.reelay.config;

import java.math.BigInteger;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The kinds of values that are numbers, sizes and times, each with its range. */
final class Quantities {
  private static final Pattern WHOLE = Pattern.compile("[0-9]{1,18}");
  private static final Pattern BYTES = Pattern.compile("([0-9]{1,18}) ?(KiB|MiB|GiB|TiB|)");
  private static final Pattern SPAN = Pattern.compile("(?:[0-9]{1,9}[dhms])+");
  private static final Pattern SPAN_PART = Pattern.compile("([0-9]+)([dhms])");
  private static final Map<String, Integer> SHIFTS =
      Map.of("", 0, "KiB", 10, "MiB", 20, "GiB", 30, "TiB", 40);
  private static final Map<String, Duration> UNITS =
      Map.of(
          "d", Duration.ofDays(1),
          "h", Duration.ofHours(1),
          "m", Duration.ofMinutes(1),
          "s", Duration.ofSeconds(1));

  private Quantities() {}

  static Kind<Integer> wholeNumber(int min, int max) {
    var allowed = "a whole number from " + min + " to " + max;
    return new Kind<>(
        allowed,
        text -> {
          require(WHOLE.matcher(text).matches(), allowed);
          var number = Long.parseLong(text);
          require(number >= min && number <= max, allowed);
          return (int) number;
        });
  }

  static Kind<Integer> oneOf(int first, int second) {
    var allowed = first + " or " + second;
    var texts = List.of(Integer.toString(first), Integer.toString(second));
    return new Kind<>(
        allowed,
        text -> {
          require(texts.contains(text), allowed);
          return Integer.valueOf(text);
        });
  }

  /** A number of bytes, alone or with KiB, MiB, GiB or TiB behind it. */
  static Kind<Long> bytes(long min, long max) {
    var allowed = "a size from " + bytesText(min) + " to " + bytesText(max);
    return new Kind<>(
        allowed,
        text -> {
          var parts = BYTES.matcher(text);
          require(parts.matches(), allowed);
          var shift = SHIFTS.getOrDefault(text.replaceAll("[0-9 ]", ""), 0);
          var bytes = new BigInteger(text.replaceAll("[^0-9]", "")).shiftLeft(shift);
          require(bytes.bitLength() < Long.SIZE, allowed);
          require(bytes.longValue() >= min && bytes.longValue() <= max, allowed);
          return bytes.longValue();
        });
  }

  private static String bytesText(long bytes) {
    return SHIFTS.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .filter(unit -> bytes >> unit.getValue() != 0 || unit.getValue() == 0)
        .findFirst()
        .map(unit -> (bytes >> unit.getValue()) + unit.getKey())
        .orElseThrow();
  }

  /** Such as {@code 7d}, {@code 1h30m} or the ISO form {@code PT90M}. */
  static Kind<Duration> time(Duration min, Duration max) {
    var allowed = "a time from " + timeText(min) + " to " + timeText(max);
    return new Kind<>(
        allowed,
        text -> {
          var time = text.startsWith("P") ? isoTime(text, allowed) : plainTime(text, allowed);
          require(time.compareTo(min) >= 0 && time.compareTo(max) <= 0, allowed);
          return time;
        });
  }

  private static Duration isoTime(String text, String allowed) {
    try {
      return Duration.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("must be " + allowed + " such as PT30M", e);
    }
  }

  private static Duration plainTime(String text, String allowed) {
    require(SPAN.matcher(text).matches(), allowed + ", such as 90s, 30m, 1h30m or 7d");
    return SPAN_PART
        .matcher(text)
        .results()
        .map(part -> unit(part.group(2)).multipliedBy(Long.parseLong(part.group(1))))
        .reduce(Duration.ZERO, Duration::plus);
  }

  private static Duration unit(String letter) {
    return UNITS.getOrDefault(letter, Duration.ZERO);
  }

  private static String timeText(Duration time) {
    if (time.compareTo(Duration.ofDays(2)) >= 0) {
      return time.toDays() + "d";
    }
    if (time.compareTo(Duration.ofHours(1)) >= 0) {
      return time.toHours() + "h";
    }
    return time.compareTo(Duration.ofMinutes(1)) >= 0
        ? time.toMinutes() + "m"
        : time.toSeconds() + "s";
  }

  private static void require(boolean held, String allowed) {
    if (!held) {
      throw Kind.refusal(allowed);
    }
  }
}
