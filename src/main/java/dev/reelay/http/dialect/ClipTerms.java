package dev.reelay.http.dialect;

import dev.reelay.http.ApiError;
import dev.reelay.routing.Capability;
import dev.reelay.routing.ModelName;
import dev.reelay.task.ClipFit;
import dev.reelay.task.ClipKind;
import dev.reelay.task.PictureRole;
import java.util.ArrayList;
import java.util.List;

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
    var fields = new ArrayList<String>();
    if (takes.videos().most() > 0) {
      fields.add(ClipNames.of(ClipKind.VIDEO));
    }
    if (takes.audios().most() > 0) {
      fields.add(ClipNames.of(ClipKind.AUDIO));
    }
    return fields;
  }

  private static String english(Capability.Clips takes) {
    var words = new ArrayList<String>();
    if (takes.videos().most() > 0) {
      words.add(
          "up to %d videos (`%s`)".formatted(takes.videos().most(), fields(takes).getFirst()));
    }
    if (takes.audios().most() > 0) {
      words.add("up to %d audios (`%s`)".formatted(takes.audios().most(), fields(takes).getLast()));
    }
    return words.isEmpty() ? "neither videos nor audio" : String.join(" and ", words);
  }

  private static String chinese(Capability.Clips takes) {
    var words = new ArrayList<String>();
    if (takes.videos().most() > 0) {
      words.add("最多 %d 个视频（`%s`）".formatted(takes.videos().most(), fields(takes).getFirst()));
    }
    if (takes.audios().most() > 0) {
      words.add("最多 %d 个音频（`%s`）".formatted(takes.audios().most(), fields(takes).getLast()));
    }
    return words.isEmpty() ? "的输入不含视频和音频" : String.join("以及", words);
  }

  private static String chinese(ClipKind kind) {
    return switch (kind) {
      case VIDEO -> "参考视频";
      case AUDIO -> "参考音频";
    };
  }
}
