package dev.reelay.provider;

import dev.reelay.task.VideoRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * The input of a model at a place that hosts models of many makers, each with field names of its
 * own. What the usual names are its adapter says; where a model has others, the channel says so by
 * {@link #FIELDS} and {@link #DURATION}.
 *
 * @param names their names by ours; one that is not there cannot be asked for
 */
public record InputFields(Map<String, String> names, Length length) {
  public static final String FIELDS = "fields";
  public static final String DURATION = "duration";
  public static final String FIRST_FRAME = "first_frame";
  public static final String LAST_FRAME = "last_frame";
  public static final String REFERENCES = "references";

  /** A field for one clip of a kind; its plural is one for a list of them. */
  private static final String VIDEO = "reference_video";

  private static final String AUDIO = "reference_audio";

  /** What an operator writes for "this model has no such field". */
  private static final String NONE = "-";

  public InputFields {
    names = Map.copyOf(names);
  }

  /** How a length in seconds is written. */
  public enum Length {
    NUMBER,
    TEXT,
    SECONDS;

    void put(ObjectNode input, String name, int seconds) {
      switch (this) {
        case NUMBER -> input.put(name, seconds);
        case TEXT -> input.put(name, String.valueOf(seconds));
        case SECONDS -> input.put(name, seconds + "s");
      }
    }
  }

  /** The usual names, with those that the channel says instead. */
  public static InputFields of(
      Map<String, String> usual, String usualDuration, Map<String, String> settings) {
    var said = read(settings.getOrDefault(FIELDS, ""));
    var names =
        Stream.concat(usual.keySet().stream(), said.keySet().stream())
            .distinct()
            .map(ours -> Map.entry(ours, said.getOrDefault(ours, usual.getOrDefault(ours, NONE))))
            .filter(pair -> !pair.getValue().equals(NONE))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    return new InputFields(names, length(settings.getOrDefault(DURATION, usualDuration)));
  }

  private static Map<String, String> read(String text) {
    return Arrays.stream(text.split(","))
        .map(pair -> pair.split("=", 2))
        .filter(pair -> pair.length == 2 && !pair[0].isBlank() && !pair[1].isBlank())
        .collect(Collectors.toMap(pair -> pair[0].strip(), pair -> pair[1].strip(), (a, b) -> b));
  }

  private static Length length(String word) {
    return switch (word) {
      case "text" -> Length.TEXT;
      case "seconds" -> Length.SECONDS;
      default -> Length.NUMBER;
    };
  }

  /** The first of the two settings, for a card. */
  public static Card.Setting fieldsSetting(String usual) {
    return new Card.Setting(
        FIELDS,
        "how this channel's models call what others call otherwise: `ours=theirs`, divided by"
            + " commas, `-` for what they do not have. Ours, and theirs if nothing is said: "
            + usual,
        List.of("", "<ours=theirs,…>"));
  }

  /** The second; its usual value first. */
  public static Card.Setting durationSetting(String... allowed) {
    return new Card.Setting(
        DURATION,
        "how they want a length: as the number `5`, as the text `\"5\"`, or as `\"5s\"`",
        List.of(allowed));
  }

  /** Why these pictures and clips cannot be sent; empty if they can. */
  public Optional<String> refusal(Submission submission) {
    return missing(submission.firstFrame().isPresent(), FIRST_FRAME)
        .or(() -> missing(submission.lastFrame().isPresent(), LAST_FRAME))
        .or(() -> missing(!submission.references().isEmpty(), REFERENCES))
        .or(() -> missing(VIDEO, submission.referenceVideos()))
        .or(() -> missing(AUDIO, submission.referenceAudios()));
  }

  /** A field for one is enough for one. */
  private Optional<String> missing(String ours, List<String> clips) {
    return clips.size() == 1 && names.containsKey(ours)
        ? Optional.empty()
        : missing(!clips.isEmpty(), ours + "s");
  }

  private Optional<String> missing(boolean asked, String ours) {
    return asked && !names.containsKey(ours)
        ? Optional.of("the channel's setting fields has no place for " + ours)
        : Optional.empty();
  }

  /** Puts everything that the model has a field for. */
  public void put(ObjectNode input, Submission submission) {
    var request = submission.request();
    input.put("prompt", request.prompt());
    putShape(input, request);
    name(FIRST_FRAME)
        .ifPresent(field -> submission.firstFrame().ifPresent(p -> input.put(field, p.asText())));
    name(LAST_FRAME)
        .ifPresent(field -> submission.lastFrame().ifPresent(p -> input.put(field, p.asText())));
    if (!submission.references().isEmpty()) {
      name(REFERENCES)
          .ifPresent(
              field -> {
                var all = input.putArray(field);
                submission.references().forEach(picture -> all.add(picture.asText()));
              });
    }
    putClips(input, VIDEO, submission.referenceVideos());
    putClips(input, AUDIO, submission.referenceAudios());
    request.seed().ifPresent(seed -> name("seed").ifPresent(field -> input.put(field, seed)));
    request
        .option("negative_prompt")
        .ifPresent(text -> name("negative_prompt").ifPresent(field -> input.put(field, text)));
  }

  private void putClips(ObjectNode input, String ours, List<String> clips) {
    if (clips.size() == 1 && names.containsKey(ours)) {
      name(ours).ifPresent(field -> input.put(field, clips.getFirst()));
    } else {
      name(ours + "s").ifPresent(field -> Json.putTexts(input, field, clips));
    }
  }

  private void putShape(ObjectNode input, VideoRequest request) {
    var shape = request.shape();
    name("duration").ifPresent(field -> length.put(input, field, shape.seconds()));
    name("aspect_ratio").ifPresent(field -> input.put(field, shape.ratio().toString()));
    name("resolution").ifPresent(field -> input.put(field, shape.resolution().toString()));
    name("audio").ifPresent(field -> input.put(field, shape.audio()));
  }

  private Optional<String> name(String ours) {
    return Optional.ofNullable(names.get(ours));
  }
}
