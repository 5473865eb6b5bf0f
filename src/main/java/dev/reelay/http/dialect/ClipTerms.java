package dev.reelay.http.dialect;

import dev.reelay.http.ApiError;
import dev.reelay.routing.Capability;
import dev.reelay.routing.ModelName;
import dev.reelay.task.ClipFit;
import dev.reelay.task.ClipKind;
import dev.reelay.task.PictureRole;
import java.util.List;
import java.util.stream.Stream;

/** What callers are told of clips that a model does not take. */
final class ClipTerms {
  private ClipTerms() {}

  static ApiError refused(VideoAsk ask, ModelName model, ClipFit.Refused refused) {
    var field = ask.nameOf(ClipNames.of(refused.kind()));
    return switch (refused) {
      case ClipFit.TooMany(var kind, int clips, var takes) ->
          ApiError.field(
                  field,
                  "`%s`: %d %s not possible with %s, which takes %s; see `GET /v1/video/models`."
                      .formatted(field, clips, isOrAre(kind, clips), model, english(takes)),
                  "`%s`：模型 %s 不支持这 %d 个%s；该模型支持%s。可用 `GET /v1/video/models` 查询。"
                      .formatted(field, model, clips, chinese(kind), chinese(takes)))
              .allowing(fields(takes));
      case ClipFit.TooLong(_, int secondsMax) ->
          ApiError.field(
              field,
              "`%s`: with %s one may be at most %d seconds long; send a shorter one."
                  .formatted(field, model, secondsMax),
              "`%s`：模型 %s 最长支持 %d 秒，请截短后重试。".formatted(field, model, secondsMax));
      case ClipFit.BesideFrames(_) ->
          ApiError.field(
              field,
              "`%s`: %s takes frames or references, not both; send pictures as `%s`."
                  .formatted(field, model, PictureNames.of(PictureRole.REFERENCE)),
              "`%s`：模型 %s 的首尾帧与参考素材不能同时使用，请把图片放入 `%s`。"
                  .formatted(field, model, PictureNames.of(PictureRole.REFERENCE)));
    };
  }

  private static String isOrAre(ClipKind kind, int clips) {
    return switch (kind) {
      case VIDEO -> clips == 1 ? "reference video is" : "reference videos are";
      case AUDIO -> clips == 1 ? "reference audio is" : "reference audios are";
    };
  }

  /** The fields that a model takes clips in; empty if it takes none. */
  private static List<String> fields(Capability.Clips takes) {
    return kinds(takes).map(ClipNames::of).toList();
  }

  private static String english(Capability.Clips takes) {
    return kinds(takes)
        .map(kind -> taken(kind, takes, "up to %d " + kind.word() + "s (`%s`)"))
        .reduce((one, other) -> one + " and " + other)
        .orElse("neither videos nor audio");
  }

  private static String chinese(Capability.Clips takes) {
    return kinds(takes)
        .map(kind -> taken(kind, takes, "最多 %d 个" + shortChinese(kind) + "（`%s`）"))
        .reduce((one, other) -> one + "以及" + other)
        .orElse("的输入不含视频和音频");
  }

  private static Stream<ClipKind> kinds(Capability.Clips takes) {
    return Stream.of(ClipKind.values()).filter(kind -> kind.in(takes).most() > 0);
  }

  private static String taken(ClipKind kind, Capability.Clips takes, String words) {
    return words.formatted(kind.in(takes).most(), ClipNames.of(kind));
  }

  private static String chinese(ClipKind kind) {
    return "参考" + shortChinese(kind);
  }

  private static String shortChinese(ClipKind kind) {
    return switch (kind) {
      case VIDEO -> "视频";
      case AUDIO -> "音频";
    };
  }
}
