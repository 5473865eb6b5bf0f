package dev.reelay.http.dialect;

import dev.reelay.http.ApiError;
import dev.reelay.routing.Capability;
import dev.reelay.routing.ModelName;
import dev.reelay.task.PictureFit;
import dev.reelay.task.PictureRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What callers are told of pictures that a model does not take. */
final class PictureTerms {
  private PictureTerms() {}

  static ApiError refused(VideoAsk ask, ModelName model, PictureFit.Refused refused) {
    var field = ask.nameOf(PictureNames.of(refused.role()));
    var takes = refused.takes();
    int pictures = refused.pictures();
    return ApiError.field(
            field,
            "`%s`: %s not possible with %s, which takes %s."
                .formatted(
                    field,
                    pictures == 1 ? "this picture is" : "these " + pictures + " pictures are",
                    model,
                    english(takes)),
            "`%s`：模型 %s 不支持这%s图片；该模型支持%s。"
                .formatted(
                    field, model, pictures == 1 ? "张" : " " + pictures + " 张", chinese(takes)))
        .allowing(fields(takes));
  }

  static String warning(VideoAsk ask, ModelName model, PictureFit.Change change) {
    var field = ask.nameOf(PictureNames.of(change.asked()));
    var instead = change.used().map(PictureTerms::used).orElse("left out");
    return "`%s`: %s does not take %s; %s."
        .formatted(
            field,
            model,
            change.pictures() == 1 ? "one of the pictures" : change.pictures() + " of the pictures",
            (change.pictures() == 1 ? "it is " : "they are ") + instead);
  }

  private static String used(PictureRole role) {
    return switch (role) {
      case FIRST_FRAME -> "used as the first frame";
      case LAST_FRAME -> "used as the last frame";
      case REFERENCE -> "used as a reference";
    };
  }

  /** The fields that a model takes pictures in; empty if it takes none. */
  private static List<String> fields(Capability.Pictures takes) {
    var fields = new ArrayList<String>();
    if (takes.firstFrame()) {
      fields.add(PictureNames.of(PictureRole.FIRST_FRAME));
    }
    if (takes.lastFrame()) {
      fields.add(PictureNames.of(PictureRole.LAST_FRAME));
    }
    if (takes.referencesMax() > 0) {
      fields.add(PictureNames.of(PictureRole.REFERENCE));
    }
    return fields;
  }

  private static String english(Capability.Pictures takes) {
    var frames =
        phrase(takes, "a first and a last frame", "a first frame", "a last frame")
            .map(text -> text + named(takes));
    var references =
        takes.referencesMax() == 0
            ? Optional.<String>empty()
            : Optional.of(
                (takes.referencesMax() == 1
                        ? "one reference"
                        : "up to " + takes.referencesMax() + " references")
                    + " (`"
                    + PictureNames.of(PictureRole.REFERENCE)
                    + "`)");
    return joined(frames, references, takes.together() ? " and " : ", or else ")
        .orElse("no pictures");
  }

  private static String chinese(Capability.Pictures takes) {
    var frames = phrase(takes, "首帧和尾帧", "首帧", "尾帧").map(text -> text + named(takes));
    var references =
        takes.referencesMax() == 0
            ? Optional.<String>empty()
            : Optional.of(
                "最多 %d 张参考图（`%s`）"
                    .formatted(takes.referencesMax(), PictureNames.of(PictureRole.REFERENCE)));
    return joined(frames, references, takes.together() ? "以及" : "，或").orElse("纯文本，不接受图片");
  }

  private static Optional<String> phrase(
      Capability.Pictures takes, String both, String first, String last) {
    if (takes.firstFrame()) {
      return Optional.of(takes.lastFrame() ? both : first);
    }
    return takes.lastFrame() ? Optional.of(last) : Optional.empty();
  }

  private static String named(Capability.Pictures takes) {
    var names =
        fields(takes).stream()
            .filter(name -> !name.equals(PictureNames.of(PictureRole.REFERENCE)))
            .map(name -> "`" + name + "`")
            .toList();
    return " (" + String.join(", ", names) + ")";
  }

  private static Optional<String> joined(
      Optional<String> frames, Optional<String> references, String between) {
    return frames.isPresent() && references.isPresent()
        ? Optional.of(frames.get() + between + references.get())
        : frames.or(() -> references);
  }
}
