package dev.reelay.http;

import dev.reelay.asset.TimeOrderedIds;
import dev.reelay.task.Callback;
import dev.reelay.task.HearCallback;
import dev.reelay.task.TaskId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;

/**
 * {@code /callback/<task>/<attempt>/<22 characters>}: where providers tell of their jobs. Needs no
 * key, since the address is the secret; a wrong one answers like any address that does not exist,
 * before anything is looked up or read. A wrong signature is refused without a word about why.
 */
public final class Callbacks {
  static final int BODY_BYTES_MAX = 65_536;

  /** What the signatures of all providers are made of. */
  static final List<FieldName> SIGNED_BY =
      List.of(
          FieldName.WEBHOOK_ID,
          FieldName.WEBHOOK_TIMESTAMP,
          FieldName.WEBHOOK_SIGNATURE,
          FieldName.X_FAL_WEBHOOK_REQUEST_ID,
          FieldName.X_FAL_WEBHOOK_USER_ID,
          FieldName.X_FAL_WEBHOOK_TIMESTAMP,
          FieldName.X_FAL_WEBHOOK_SIGNATURE,
          FieldName.DATE,
          FieldName.X_REQUEST_NONCE,
          FieldName.X_HMAC_ACCESS_KEY,
          FieldName.X_HMAC_ALGORITHM,
          FieldName.X_HMAC_SIGNATURE,
          FieldName.X_HMAC_SIGNED_HEADERS);

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
    var callback = read(request, hear.path(id, number));
    var answer = hear.answer(callback);
    if (answer.isPresent()) {
      return Reply.json(200, answer.get().getBytes(StandardCharsets.UTF_8));
    }
    return switch (hear.hear(id, number, callback)) {
      case HEARD -> heard();
      case NO_ATTEMPT -> throw unknown();
      case FORGED -> throw new Refused(EdgeError.CALLBACK_REFUSED.problem());
      case UNCHECKED -> throw new Refused(EdgeError.SERVER_BUSY.problem());
    };
  }

  private static Reply heard() {
    var json = new JsonText().object().field("status", "heard").endObject();
    return Reply.json(200, json.bytes());
  }

  /** A header that is too long for a signature is left out, so that the signature fails. */
  private static Callback read(Request request, String path) {
    var headers = new HashMap<String, String>();
    for (var name : SIGNED_BY) {
      request
          .header(name)
          .filter(value -> value.length() <= Callback.HEADER_CHARS_MAX)
          .ifPresent(value -> headers.put(name.wire(), value));
    }
    var body = ByteBuffer.wrap(request.body(BODY_BYTES_MAX));
    return new Callback(request.method(), path, request.rawQuery(), headers, body);
  }

  private static Refused unknown() {
    return new Refused(EdgeError.NOT_FOUND.problem());
  }
}
