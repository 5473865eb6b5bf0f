package dev.reelay.http.dialect.unified;

import dev.reelay.access.Caller;
import dev.reelay.http.ApiError;
import dev.reelay.http.AskedId;
import dev.reelay.http.Callers;
import dev.reelay.http.Reply;
import dev.reelay.http.Request;
import dev.reelay.http.ViewCache;
import dev.reelay.http.dialect.BodyReader;
import dev.reelay.http.dialect.Fields;
import dev.reelay.http.dialect.Fields.Sent;
import dev.reelay.http.dialect.FrameSize;
import dev.reelay.http.dialect.TaskAccess;
import dev.reelay.http.dialect.WebAddress;
import dev.reelay.task.ErrorCode;
import dev.reelay.task.VideoRequest;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * {@code POST /v1/video/extend} and {@code POST /sora/v1/characters}, as relays document them. No
 * provider here has a call for either, so a body that is right is told so and nothing is held; one
 * that is wrong is told what is wrong first, and a task of somebody else is as unknown as anywhere.
 */
public final class UnifiedEdits {
  static final int BODY_BYTES_MAX = 256 << 10;
  private static final int TEXT_CHARS_MAX = 64;
  private static final int SECONDS_MAX = 3_600;
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,4}(\\.[0-9]{1,6})?");

  private final Callers callers;
  private final TaskAccess tasks;
  private final BodyReader bodies = new BodyReader(BODY_BYTES_MAX);

  public UnifiedEdits(Callers callers, ViewCache views) {
    this.callers = callers;
    this.tasks = new TaskAccess(views);
  }

  /** A longer video from a moment of one that is there. */
  public Reply extend(Request request) {
    var caller = callers.creating(request);
    var fields = new Fields(bodies.read(request).tree());
    findTask(caller, required(fields, "task_id", "id"));
    Fields.text(required(fields, "prompt"), VideoRequest.PROMPT_CHARS_MAX);
    seconds(required(fields, "start_time"), text(required(fields, "start_time")));
    fields.first("aspect_ratio").ifPresent(UnifiedEdits::requireFrame);
    fields.first("size").ifPresent(UnifiedEdits::requireFrame);
    fields.first("upscale").ifPresent(Fields::yes);
    throw unsupported("No channel here can extend a video.", "没有渠道支持视频延长。").refusal();
  }

  /** A character from some seconds of a video: of an address, or of a task. */
  public Reply characters(Request request) {
    var caller = callers.creating(request);
    var fields = new Fields(bodies.read(request).tree());
    var source = required(fields, "from_task", "url");
    if (source.name().equals("from_task")) {
      findTask(caller, source);
    } else if (!WebAddress.is(Fields.text(source, WebAddress.CHARS_MAX).strip())) {
      throw wrong(source, "an http or https URL", "http 或 https 地址").refusal();
    }
    requireSpan(required(fields, "timestamps"));
    throw unsupported("No channel here makes characters.", "没有渠道支持角色。").refusal();
  }

  private void findTask(Caller caller, Sent id) {
    var _ = tasks.find(caller, AskedId.parse(Fields.text(id, AskedId.CHARS_MAX)));
  }

  /** {@code "1,3"}: from one second to another, one to three seconds apart. */
  private static void requireSpan(Sent sent) {
    var moments = text(sent).split(",", -1);
    if (moments.length == 2) {
      var length = seconds(sent, moments[1].strip()).subtract(seconds(sent, moments[0].strip()));
      if (length.compareTo(BigDecimal.ONE) >= 0 && length.compareTo(BigDecimal.valueOf(3)) <= 0) {
        return;
      }
    }
    throw wrong(sent, "`start,end`, 1 to 3 seconds apart", "`开始,结束`，相隔 1 到 3 秒").refusal();
  }

  private static BigDecimal seconds(Sent sent, String text) {
    if (SECONDS.matcher(text).matches()) {
      var seconds = new BigDecimal(text);
      if (seconds.compareTo(BigDecimal.valueOf(SECONDS_MAX)) <= 0) {
        return seconds;
      }
    }
    throw wrong(sent, "seconds from 0 to " + SECONDS_MAX, "0 到 " + SECONDS_MAX + " 秒").refusal();
  }

  private static void requireFrame(Sent sent) {
    var text = text(sent);
    if (FrameSize.parse(text).isEmpty() && FrameSize.ratio(text).isEmpty()) {
      throw wrong(
              sent,
              "one of " + String.join(", ", FrameSize.EXAMPLES),
              String.join("、", FrameSize.EXAMPLES) + " 之一")
          .allowing(FrameSize.EXAMPLES)
          .refusal();
    }
  }

  private static String text(Sent sent) {
    return Fields.text(sent, TEXT_CHARS_MAX).strip();
  }

  private static Sent required(Fields fields, String... names) {
    return fields
        .first(names)
        .orElseThrow(
            () ->
                ApiError.field(names[0], "`" + names[0] + "` is missing.", "缺少 `" + names[0] + "`。")
                    .refusal());
  }

  private static ApiError wrong(Sent sent, String english, String chinese) {
    return ApiError.field(
        sent.name(),
        "`" + sent.name() + "` must be " + english + ".",
        "`" + sent.name() + "` 必须是 " + chinese + "。");
  }

  private static ApiError unsupported(String english, String chinese) {
    return ApiError.of(ErrorCode.OPERATION_NOT_SUPPORTED, english, chinese);
  }
}
