package dev.reelay.task;

import dev.reelay.routing.ModelName;
import dev.reelay.routing.Need;
import dev.reelay.routing.Shape;
import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What a caller asked for, normalised, with every value decided. It never changes.
 *
 * @param form which client format it came in and the model name as asked
 * @param served the model that makes it; differs from the requested one behind an alias
 * @param prompt not blank, at most {@link #PROMPT_CHARS_MAX} characters
 * @param images the pictures, in their order; at most one first and one last frame
 * @param clips the videos and sounds to refer to, in their order
 * @param options further known options by their first name, such as {@code watermark}; a {@code
 *     seed} is a whole number
 * @param extras what we only keep for the caller
 */
public record VideoRequest(
    Form form,
    ModelName served,
    String prompt,
    Shape shape,
    List<Picture> images,
    List<Clip> clips,
    Map<String, String> options,
    Extras extras) {
  public static final int PROMPT_CHARS_MAX = 32_000;

  public VideoRequest {
    images = List.copyOf(images);
    clips = List.copyOf(clips);
    options = Map.copyOf(options);
    if (prompt.isBlank() || prompt.length() > PROMPT_CHARS_MAX) {
      throw new IllegalArgumentException("a prompt has 1 to " + PROMPT_CHARS_MAX + " characters");
    }
    if (isTwice(images, PictureRole.FIRST_FRAME) || isTwice(images, PictureRole.LAST_FRAME)) {
      throw new IllegalArgumentException("a video has one first and one last frame");
    }
  }

  /** One without clips. */
  public VideoRequest(
      Form form,
      ModelName served,
      String prompt,
      Shape shape,
      List<Picture> images,
      Map<String, String> options,
      Extras extras) {
    this(form, served, prompt, shape, images, List.of(), options, extras);
  }

  private static boolean isTwice(List<Picture> images, PictureRole role) {
    return images.stream().filter(image -> image.role() == role).count() > 1;
  }

  /** The same with these pictures. */
  public VideoRequest withImages(List<Picture> others) {
    return new VideoRequest(form, served, prompt, shape, others, clips, options, extras);
  }

  /** The same with these clips. */
  public VideoRequest withClips(List<Clip> others) {
    return new VideoRequest(form, served, prompt, shape, images, others, options, extras);
  }

  /** Whether a picture, a video or a sound is given as a reference, which may have its price. */
  public boolean hasReferenceInput() {
    return !clips.isEmpty()
        || images.stream().anyMatch(image -> image.role() == PictureRole.REFERENCE);
  }

  /** A known option, by its first name. */
  public Optional<String> option(String name) {
    return Optional.ofNullable(options.get(name));
  }

  /** What makes the same request give a like video again, where a provider has that. */
  public OptionalLong seed() {
    return option("seed").map(Long::parseLong).map(OptionalLong::of).orElse(OptionalLong.empty());
  }

  /** What of it not every provider has. */
  public Set<Need> needs() {
    var needs = EnumSet.noneOf(Need.class);
    for (var image : images) {
      needs.add(
          switch (image.role()) {
            case FIRST_FRAME -> Need.FIRST_FRAME;
            case LAST_FRAME -> Need.LAST_FRAME;
            case REFERENCE -> Need.REFERENCES;
          });
      if (image instanceof Picture.Stored) {
        needs.add(Need.PICTURE_ADDRESSES);
      }
    }
    for (var clip : clips) {
      needs.add(
          switch (clip.kind()) {
            case VIDEO -> Need.REFERENCE_VIDEO;
            case AUDIO -> Need.REFERENCE_AUDIO;
          });
      if (clip instanceof Clip.Stored) {
        needs.add(Need.CLIP_ADDRESSES);
      }
    }
    if (shape.audio()) {
      needs.add(Need.AUDIO);
    }
    if (options.containsKey("seed")) {
      needs.add(Need.SEED);
    }
    if (options.containsKey("negative_prompt")) {
      needs.add(Need.NEGATIVE_PROMPT);
    }
    return needs;
  }

  /**
   * The client's side of the request.
   *
   * @param dialect {@code unified}, {@code openai} or {@code newapi}
   * @param requested the model name as asked
   * @param size the size as asked, such as {@code small}; empty if none was
   * @param orientation as asked or as decided, for the echo
   */
  public record Form(String dialect, ModelName requested, String size, String orientation) {}

  /**
   * What we keep for the caller and never read, bounded at the edge; and what it was made from.
   *
   * @param parent what it is a remix of
   */
  public record Extras(
      Optional<String> clientReference,
      Map<String, String> metadata,
      Optional<URI> callbackUrl,
      Optional<Parent> parent,
      List<String> warnings) {
    public static final Extras NONE =
        new Extras(Optional.empty(), Map.of(), Optional.empty(), Optional.empty(), List.of());

    public Extras {
      metadata = Map.copyOf(metadata);
      warnings = List.copyOf(warnings);
    }
  }
}
