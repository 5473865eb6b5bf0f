package dev.reelay.money;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A picture height class as prices and models name it: {@code 480p}, {@code 720p}, {@code 1080p},
 * {@code 4k}. Ordered by the number of lines on the short side.
 */
public record Resolution(int lines) implements Comparable<Resolution> {
  public static final Resolution P480 = new Resolution(480);
  public static final Resolution P720 = new Resolution(720);
  public static final Resolution P1080 = new Resolution(1080);
  public static final Resolution P4K = new Resolution(2160);
  private static final Pattern LINES = Pattern.compile("([1-9][0-9]{2,3})p");

  public Resolution {
    if (lines < 100 || lines > 9_999) {
      throw new IllegalArgumentException("lines must be 100 to 9999: " + lines);
    }
  }

  /**
   * Reads {@code 720p}, {@code 720P} or {@code 4k}.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static Resolution parse(String text) {
    var lower = text.strip().toLowerCase(Locale.ROOT);
    if (lower.equals("4k")) {
      return P4K;
    }
    var matcher = LINES.matcher(lower);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("no resolution such as 720p, 1080p or 4k: " + text);
    }
    return new Resolution(Integer.parseInt(matcher.group(1)));
  }

  @Override
  public int compareTo(Resolution other) {
    return Integer.compare(lines, other.lines);
  }

  @Override
  public String toString() {
    return lines == 2160 ? "4k" : lines + "p";
  }
}
