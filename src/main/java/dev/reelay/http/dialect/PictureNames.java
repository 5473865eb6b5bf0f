package dev.reelay.http.dialect;

import dev.reelay.task.PictureRole;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Under which names clients send pictures, and what each name says of what they are for. */
public final class PictureNames {
  /** Our own name for pictures whose role is left to the model. */
  public static final String BARE = "images";

  private static final List<String> BARE_NAMES =
      List.of(
          BARE,
          "input_reference",
          "input_references",
          "image",
          "image_url",
          "image_urls",
          "image_list",
          "frame_images");
  private static final List<String> FIRST_NAMES =
      List.of(
          "first_frame_image",
          "first_frame",
          "first_frame_url",
          "start_image",
          "start_image_url",
          "start_frame");
  private static final List<String> LAST_NAMES =
      List.of(
          "last_frame_image",
          "last_frame",
          "last_frame_url",
          "end_image",
          "end_image_url",
          "end_frame",
          "tail_image",
          "tail_image_url",
          "image_tail");
  private static final List<String> REFERENCE_NAMES =
      List.of(
          "reference_images",
          "reference_image",
          "reference_image_urls",
          "reference_urls",
          "ref_images");

  /** What an object around a picture may call its role. */
  private static final Map<String, PictureRole> WORDS =
      Map.ofEntries(
          Map.entry("first_frame", PictureRole.FIRST_FRAME),
          Map.entry("first", PictureRole.FIRST_FRAME),
          Map.entry("start_frame", PictureRole.FIRST_FRAME),
          Map.entry("start", PictureRole.FIRST_FRAME),
          Map.entry("last_frame", PictureRole.LAST_FRAME),
          Map.entry("last", PictureRole.LAST_FRAME),
          Map.entry("end_frame", PictureRole.LAST_FRAME),
          Map.entry("end", PictureRole.LAST_FRAME),
          Map.entry("tail", PictureRole.LAST_FRAME),
          Map.entry("reference_image", PictureRole.REFERENCE),
          Map.entry("reference", PictureRole.REFERENCE));

  private PictureNames() {}

  /** A name and what it says. */
  record Name(String text, Optional<PictureRole> role) {}

  /** All names, in the order in which they are read. */
  static List<Name> all() {
    return Stream.of(
            named(BARE_NAMES, Optional.empty()),
            named(FIRST_NAMES, Optional.of(PictureRole.FIRST_FRAME)),
            named(LAST_NAMES, Optional.of(PictureRole.LAST_FRAME)),
            named(REFERENCE_NAMES, Optional.of(PictureRole.REFERENCE)))
        .flatMap(names -> names)
        .toList();
  }

  private static Stream<Name> named(List<String> names, Optional<PictureRole> role) {
    return names.stream().map(name -> new Name(name, role));
  }

  /** All names as texts. */
  public static List<String> texts() {
    return all().stream().map(Name::text).toList();
  }

  /** Our own name of the field for a role. */
  public static String of(Optional<PictureRole> role) {
    return role.map(PictureNames::of).orElse(BARE);
  }

  /** Our own name of the field for a role. */
  public static String of(PictureRole role) {
    return switch (role) {
      case FIRST_FRAME -> FIRST_NAMES.getFirst();
      case LAST_FRAME -> LAST_NAMES.getFirst();
      case REFERENCE -> REFERENCE_NAMES.getFirst();
    };
  }

  /** The role that a word of a client means. */
  static Optional<PictureRole> role(String word) {
    return Optional.ofNullable(WORDS.get(word.strip().toLowerCase(Locale.ROOT)));
  }

  /** The words that {@link #role} knows, for messages: those of our own. */
  static List<String> words() {
    return List.of("first_frame", "last_frame", "reference");
  }
}
