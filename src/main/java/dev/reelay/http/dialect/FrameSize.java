package dev.reelay.http.dialect;

import dev.reelay.money.Resolution;
import dev.reelay.routing.AspectRatio;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the many spellings of a size mean: {@code small}, {@code large}, {@code 720P}, {@code 4k},
 * {@code 1280x720}, {@code 16x9}, {@code 16:9}.
 *
 * @param isRounded pixels were read as the nearest usual resolution or ratio
 */
public record FrameSize(
    Optional<Resolution> resolution, Optional<AspectRatio> ratio, boolean isRounded) {
  public static final List<String> EXAMPLES =
      List.of("small", "large", "720p", "1080p", "1280x720", "720x1280", "16:9", "9:16");
  private static final Pattern PIXELS = Pattern.compile("([0-9]{3,4})[x*:×]([0-9]{3,4})");
  private static final Pattern LINES = Pattern.compile("[0-9]{3,4}");
  private static final List<Resolution> USUAL =
      List.of(Resolution.P480, Resolution.P720, Resolution.P1080, Resolution.P4K);
  private static final List<AspectRatio> USUAL_RATIOS =
      List.of("16:9", "9:16", "1:1", "4:3", "3:4", "3:2", "2:3", "21:9").stream()
          .map(AspectRatio::parse)
          .toList();

  /** 1024 lines are sold as 1080p, and 7:4 as 16:9. */
  private static final int NEAR_PERCENT = 6;

  /** Reads a size; empty if it is none. */
  public static Optional<FrameSize> parse(String text) {
    var lower = text.strip().toLowerCase(Locale.ROOT);
    return switch (lower) {
      case "small" -> Optional.of(lines(Resolution.P720));
      case "large" -> Optional.of(lines(Resolution.P1080));
      default -> parseDigits(lower);
    };
  }

  private static Optional<FrameSize> parseDigits(String lower) {
    var pixels = PIXELS.matcher(lower);
    if (pixels.matches()) {
      int wide = Integer.parseInt(pixels.group(1));
      int high = Integer.parseInt(pixels.group(2));
      return Math.min(wide, high) < 100 ? Optional.empty() : Optional.of(ofPixels(wide, high));
    }
    try {
      return Optional.of(
          lines(Resolution.parse(LINES.matcher(lower).matches() ? lower + "p" : lower)));
    } catch (IllegalArgumentException _) {
      return ratio(lower).map(r -> new FrameSize(Optional.empty(), Optional.of(r), false));
    }
  }

  /** Reads {@code 16:9} or {@code 16x9}; empty if it is no ratio. */
  public static Optional<AspectRatio> ratio(String text) {
    try {
      return Optional.of(AspectRatio.parse(text));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static FrameSize lines(Resolution resolution) {
    return new FrameSize(Optional.of(resolution), Optional.empty(), false);
  }

  private static FrameSize ofPixels(int wide, int high) {
    int least = Math.min(wide, high);
    var resolution =
        USUAL.stream()
            .filter(usual -> isNear(usual.lines(), least))
            .findFirst()
            .orElseGet(() -> new Resolution(least));
    var ratio =
        USUAL_RATIOS.stream()
            .filter(usual -> isNear((long) usual.wide() * high, (long) usual.high() * wide))
            .min((a, b) -> Long.compare(apart(a, wide, high), apart(b, wide, high)));
    boolean isExact = ratio.isPresent() && apart(ratio.get(), wide, high) == 0;
    return new FrameSize(Optional.of(resolution), ratio, !isExact || resolution.lines() != least);
  }

  private static long apart(AspectRatio ratio, int wide, int high) {
    return Math.abs((long) ratio.wide() * high - (long) ratio.high() * wide)
        * 1_000
        / ((long) ratio.high() * wide);
  }

  private static boolean isNear(long one, long other) {
    return Math.abs(one - other) * 100 <= other * NEAR_PERCENT;
  }
}
