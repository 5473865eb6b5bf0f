package dev.reelay.http.dialect.openai;

import dev.reelay.http.ApiError;
import dev.reelay.http.dialect.Fields;
import dev.reelay.http.dialect.VideoAsk;
import dev.reelay.routing.Wish;
import dev.reelay.task.Parent;
import dev.reelay.task.Task;
import dev.reelay.task.VideoRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads the body of a remix: a prompt. Model, length and size are those of its parent. */
final class OpenAiRemix {
  private OpenAiRemix() {}

  static VideoAsk read(Fields fields, Task parent, Parent pinned) {
    var prompt =
        fields
            .first("prompt")
            .map(sent -> Fields.text(sent, VideoRequest.PROMPT_CHARS_MAX))
            .filter(text -> !text.isBlank())
            .orElseThrow(
                () ->
                    ApiError.field("prompt", "`prompt` is missing or empty.", "`prompt` 不能为空。")
                        .refusal());
    var warnings = new ArrayList<String>();
    fields
        .unknown()
        .forEach(name -> warnings.add("A remix takes no `" + Fields.plain(name) + "`; ignored."));
    var form = parent.request().form();
    return new VideoAsk(
        new VideoRequest.Form(
            OpenAiCreate.DIALECT, form.requested(), form.size(), form.orientation()),
        prompt,
        wish(parent),
        List.of(),
        List.of(),
        Map.of(),
        new VideoRequest.Extras(
            Optional.empty(), Map.of(), Optional.empty(), Optional.of(pinned), warnings),
        Map.of());
  }

  private static Wish wish(Task parent) {
    var shape = parent.request().shape();
    return new Wish(
        OptionalInt.of(shape.seconds()),
        Optional.of(shape.resolution()),
        Optional.of(shape.ratio()),
        Optional.empty(),
        Optional.of(shape.audio()));
  }
}
