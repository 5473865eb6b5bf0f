package dev.reelay.lab.runway;

import dev.reelay.lab.LabBody;
import dev.reelay.lab.LabRefusal;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Some of the models, each with just the fields and sizes of the types of its client 4.20.1. */
enum RunwayModel {
  GEN_45(
      "gen4.5",
      Seconds.TO_10,
      "seed",
      "1280:720 720:1280",
      "1280:720 720:1280 1104:832 960:960 832:1104 1584:672"),
  GEN_4_TURBO(
      "gen4_turbo",
      Seconds.TO_10,
      "seed",
      "",
      "1280:720 720:1280 1104:832 832:1104 960:960 1584:672"),
  VEO(
      "veo3.1",
      List.of(4, 6, 8),
      "audio negativePrompt seed",
      "1280:720 720:1280 1080:1920 1920:1080",
      "1280:720 720:1280 1080:1920 1920:1080"),
  SEEDANCE(
      "seedance2_5",
      Seconds.TO_15,
      "audio seed references referenceAudio referenceVideos",
      Sizes.SEEDANCE,
      Sizes.SEEDANCE),
  WAN(
      "wan3",
      Seconds.TO_15,
      "audio references referenceAudio referenceVideos",
      Sizes.WAN,
      "auto_480p auto_720p auto_1080p");

  private static final List<String> EVERYWHERE =
      List.of("model", "promptText", "ratio", "duration");
  private static final int USUAL_SECONDS = 5;

  private final String word;

  @SuppressWarnings("ImmutableEnumChecker") // it is made by List.of and toList
  private final List<Integer> seconds;

  private final String fields;
  private final String textSizes;
  private final String pictureSizes;

  RunwayModel(
      String word, List<Integer> seconds, String fields, String textSizes, String pictureSizes) {
    this.word = word;
    this.seconds = seconds;
    this.fields = fields;
    this.textSizes = textSizes;
    this.pictureSizes = pictureSizes;
  }

  private static final class Seconds {
    static final List<Integer> TO_10 = IntStream.rangeClosed(2, 10).boxed().toList();
    static final List<Integer> TO_15 = IntStream.rangeClosed(2, 15).boxed().toList();
  }

  private static final class Sizes {
    static final String SEEDANCE =
        "992:432 854:480 752:560 640:640 560:752 480:854"
            + " 1470:630 1280:720 1112:834 960:960 834:1112 720:1280"
            + " 2206:946 1920:1080 1664:1248 1440:1440 1248:1664 1080:1920";
    static final String WAN =
        "832:480 720:544 624:624 544:720 480:832 1280:720 1104:832 960:960 832:1104 720:1280"
            + " 1920:1080 1648:1248 1440:1440 1248:1648 1080:1920";
  }

  static RunwayModel of(String word) {
    return Arrays.stream(values())
        .filter(model -> model.word.equals(word))
        .findFirst()
        .orElseThrow(() -> LabRefusal.of(LabRefusal.Kind.NO_MODEL, "the model is not available"));
  }

  /**
   * Refuses what its type does not have.
   *
   * @return the length
   */
  int check(LabBody body, boolean pictured) {
    var own = Stream.of(fields.split(" ")).filter(name -> !pictured || !name.equals("references"));
    var picture = pictured ? Stream.of("promptImage") : Stream.<String>empty();
    body.only(Stream.of(EVERYWHERE.stream(), picture, own).flatMap(s -> s).toArray(String[]::new));
    var sizes = pictured ? pictureSizes : textSizes;
    body.find("ratio", sizes.split(" "));
    body.findInt("seed");
    body.findFlag("audio");
    body.find("negativePrompt");
    body.objects("references").forEach(one -> one.only("uri").findPicture("uri", true));
    body.objects("referenceVideos").forEach(one -> clip(one, "video"));
    body.objects("referenceAudio").forEach(one -> clip(one, "audio"));
    var allowed = seconds.stream().mapToInt(Integer::intValue).toArray();
    return body.findInt("duration", allowed).orElse(USUAL_SECONDS);
  }

  private static void clip(LabBody one, String type) {
    one.only("type", "uri").find("type", type);
    one.text("type");
    one.clip("uri");
  }
}
