package dev.reelay.http.dialect;

import dev.reelay.http.ApiError;
import dev.reelay.http.dialect.Fields.Sent;
import dev.reelay.money.Resolution;
import dev.reelay.routing.AspectRatio;
import dev.reelay.routing.Shape;
import dev.reelay.routing.Wish;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads length, size, ratio, orientation and sound of a create. Used once. */
final class AskedFrame {
  private static final int TEXT_CHARS_MAX = 64;
  private static final List<String> ORIENTATIONS = List.of("portrait", "landscape");
  private static final List<String> RATIOS = List.of("16:9", "9:16", "1:1", "4:3", "3:4");

  private final Fields fields;
  private final Map<String, String> sentAs;
  private final List<String> warnings;
  private Optional<Resolution> resolution = Optional.empty();
  private Optional<AspectRatio> ratio = Optional.empty();
  private Optional<Boolean> portrait = Optional.empty();
  private String size = "";
  private String orientation = "";

  AskedFrame(Fields fields, Map<String, String> sentAs, List<String> warnings) {
    this.fields = fields;
    this.sentAs = sentAs;
    this.warnings = warnings;
  }

  /** The wish, and the size and orientation as sent, empty where none was. */
  record Frame(Wish wish, String size, String orientation) {}

  Frame read() {
    var seconds = seconds();
    readRatio();
    readSizes();
    readOrientation();
    var audio = fields.first("audio", "generate_audio", "video_config.audio").map(Fields::yes);
    return new Frame(new Wish(seconds, resolution, ratio, portrait, audio), size, orientation);
  }

  private OptionalInt seconds() {
    var all =
        fields.all(
            "duration",
            "seconds",
            "video_length",
            "video_config.duration",
            "video_config.seconds",
            "video_config.video_length",
            "video_config.video_length_seconds");
    if (all.isEmpty()) {
      return OptionalInt.empty();
    }
    var used = all.getFirst();
    long seconds = Fields.whole(used, 1, Shape.SECONDS_MAX);
    called("duration", used);
    for (var other : all) {
      if (Fields.whole(other, 1, Shape.SECONDS_MAX) != seconds) {
        ignored(other, used);
      }
    }
    return OptionalInt.of((int) seconds);
  }

  private void readRatio() {
    var sent = fields.first("aspect_ratio", "ratio", "video_config.aspect_ratio");
    if (sent.isEmpty()) {
      return;
    }
    var text = Fields.text(sent.get(), TEXT_CHARS_MAX);
    ratio = FrameSize.ratio(text).or(() -> FrameSize.parse(text).flatMap(FrameSize::ratio));
    called("aspect_ratio", sent.get());
    if (ratio.isEmpty() && isOrientation(text)) {
      portrait = Optional.of(isPortrait(text));
      called("orientation", sent.get());
    } else if (ratio.isEmpty()) {
      throw wrong(sent.get(), RATIOS);
    }
  }

  /** The first field that says a resolution gives it; a ratio is taken where none was given. */
  private void readSizes() {
    var sent =
        fields.all(
            "resolution",
            "resolution_name",
            "size",
            "video_config.resolution",
            "video_config.resolution_name",
            "video_config.size");
    for (var field : sent) {
      var text = Fields.text(field, TEXT_CHARS_MAX).strip();
      var read = FrameSize.parse(text).orElseThrow(() -> wrong(field, FrameSize.EXAMPLES));
      if (size.isEmpty() || field.name().equals("size")) {
        size = text;
      }
      take(field, read);
    }
  }

  private void take(Sent field, FrameSize read) {
    if (read.resolution().isPresent()) {
      if (resolution.isEmpty()) {
        resolution = read.resolution();
        called("size", field);
      } else if (!resolution.equals(read.resolution())) {
        ignored(field, "another resolution");
      }
    }
    if (read.ratio().isPresent()) {
      if (ratio.isEmpty() && portrait.isEmpty()) {
        ratio = read.ratio();
        called("aspect_ratio", field);
      } else if (ratio.isPresent() && !ratio.equals(read.ratio())) {
        ignored(field, "another ratio");
      }
    }
    if (read.isRounded()) {
      var near = read.resolution().map(Resolution::toString).orElse("");
      var shape = read.ratio().map(r -> " " + r).orElse("");
      warnings.add("The `" + field.name() + "` is read as " + near + shape + ".");
    }
  }

  /** An orientation turns a ratio that came only from a size; a ratio asked for wins over it. */
  private void readOrientation() {
    var sent = fields.first("orientation", "video_config.orientation");
    if (sent.isEmpty()) {
      return;
    }
    var text = Fields.text(sent.get(), TEXT_CHARS_MAX).strip();
    var asRatio = FrameSize.ratio(text);
    if (asRatio.isPresent()) {
      ratio = ratio.or(() -> asRatio);
      return;
    }
    if (!isOrientation(text)) {
      throw wrong(sent.get(), ORIENTATIONS);
    }
    called("orientation", sent.get());
    orientation = text.toLowerCase(Locale.ROOT);
    boolean wantsPortrait = isPortrait(text);
    portrait = Optional.of(wantsPortrait);
    if (ratio.isPresent() && !orientation.equals(ratio.get().orientation())) {
      contradicted(sent.get(), ratio.get(), wantsPortrait);
    }
  }

  private void contradicted(Sent sent, AspectRatio given, boolean wantsPortrait) {
    boolean isAsked =
        fields.first("aspect_ratio", "ratio", "video_config.aspect_ratio").isPresent();
    boolean isTurnable = given.isPortrait() != given.isLandscape();
    if (isAsked || !isTurnable) {
      orientation = given.orientation();
      portrait = Optional.empty();
      ignored(sent, "the ratio " + given);
    } else {
      ratio = Optional.of(new AspectRatio(/* wide= */ given.high(), /* high= */ given.wide()));
      warnings.add(
          "The size was turned to "
              + (wantsPortrait ? "portrait" : "landscape")
              + " as asked for.");
    }
  }

  private static boolean isOrientation(String text) {
    var lower = text.strip().toLowerCase(Locale.ROOT);
    return ORIENTATIONS.contains(lower) || lower.equals("vertical") || lower.equals("horizontal");
  }

  private static boolean isPortrait(String text) {
    var lower = text.strip().toLowerCase(Locale.ROOT);
    return lower.equals("portrait") || lower.equals("vertical");
  }

  private void called(String field, Sent sent) {
    if (!field.equals(sent.name())) {
      sentAs.put(field, sent.name());
    }
  }

  private void ignored(Sent other, Sent used) {
    ignored(other, "`" + used.name() + "`");
  }

  private void ignored(Sent other, String winner) {
    warnings.add("`" + other.name() + "` contradicts " + winner + " and was ignored.");
  }

  private static RuntimeException wrong(Sent field, List<String> allowed) {
    return ApiError.field(
            field.name(),
            "`"
                + field.name()
                + "` is not understood. Allowed: "
                + String.join(", ", allowed)
                + ".",
            "`" + field.name() + "` 取值有误，可用：" + String.join("、", allowed) + "。")
        .allowing(allowed)
        .refusal();
  }
}
