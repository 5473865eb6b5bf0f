package dev.reelay.http;

import dev.reelay.asset.TimeOrderedIds;
import dev.reelay.task.Callback;
import dev.reelay.task.HearCallback;
import dev.reelay.task.TaskId;
import java.nio.charset.StandardCharsets;

/**
 * {@code /callback/<task>/<attempt>/<22 characters>}: where providers tell of their jobs. Needs no
 * key, since the address is the secret; a wrong one answers like any address that does not exist,
 * before anything is looked up or read.
 */
public final class Callbacks {
  static final int BODY_BYTES_MAX = 65_536;
  private static final String NUMBER = "[1-9][0-9]{0,8}";

  private final HearCallback hear;

  public Callbacks(HearCallback hear) {
    this.hear = hear;
  }

  public Reply heard(Request request) {
    var task = request.parameter("task");
    var attempt = request.parameter("attempt");
    if (!TimeOrderedIds.isText(task) || !attempt.matches(NUMBER)) {
      throw unknown();
    }
    var id = new TaskId(task);
    var number = Integer.parseInt(attempt);
    if (!hear.isOurs(id, number, request.parameter("secret"))) {
      throw unknown();
    }
    var body = new String(request.body(BODY_BYTES_MAX), StandardCharsets.UTF_8);
    var callback = new Callback(request.rawQuery(), body);
    var answer = hear.answer(callback);
    if (answer.isPresent()) {
      return Reply.json(200, answer.get().getBytes(StandardCharsets.UTF_8));
    }
    if (!hear.hear(id, number, callback)) {
      throw unknown();
    }
    var json = new JsonText().object().field("status", "heard").endObject();
    return Reply.json(200, json.bytes());
  }

  private static Refused unknown() {
    return new Refused(EdgeError.NOT_FOUND.problem());
  }
}
