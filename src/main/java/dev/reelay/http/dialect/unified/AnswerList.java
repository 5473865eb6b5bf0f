package dev.reelay.http.dialect.unified;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.reelay.asset.Sha256;
import dev.reelay.http.Field;
import dev.reelay.http.FieldName;
import dev.reelay.http.Reply;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;

/**
 * Puts ready-made answers into one, in order. Its entity tag is made of theirs; the time to come
 * back is that of the task which wants it soonest. Used by one thread.
 */
final class AnswerList {
  private static final byte[] BEGIN = "{\"object\":\"list\",\"data\":[".getBytes(US_ASCII);
  private static final byte[] END = "]}".getBytes(US_ASCII);
  private static final int TAG_BYTES = 16;
  private static final long MILLIS_PER_SECOND = 1_000;
  private static final long NEVER = Long.MAX_VALUE;

  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private final MessageDigest tags = Sha256.begun();
  private long comeBackMillis = NEVER;
  private boolean isEmpty = true;

  AnswerList() {
    body.writeBytes(BEGIN);
  }

  void add(Reply.Ready answer) {
    append(answer.body());
    for (var field : answer.fields()) {
      if (field.name() == FieldName.ETAG) {
        tags.update(field.value().getBytes(US_ASCII));
      }
      if (field.name() == FieldName.OPENAI_POLL_AFTER_MS) {
        comeBackMillis = Math.min(comeBackMillis, Long.parseLong(field.value()));
      }
    }
  }

  /** In place of a task that the caller does not have. */
  void addMissing(byte[] error) {
    append(error);
    tags.update(error);
  }

  private void append(byte[] item) {
    if (!isEmpty) {
      body.write(',');
    }
    isEmpty = false;
    body.writeBytes(item);
  }

  /** The whole; nothing may be added afterwards. */
  Reply.Ready reply() {
    body.writeBytes(END);
    var fields = new ArrayList<Field>();
    fields.add(Field.JSON);
    fields.add(new Field(FieldName.CACHE_CONTROL, "private, no-cache"));
    if (comeBackMillis != NEVER) {
      var seconds = Math.ceilDiv(comeBackMillis, MILLIS_PER_SECOND);
      fields.add(new Field(FieldName.RETRY_AFTER, String.valueOf(seconds)));
      fields.add(new Field(FieldName.OPENAI_POLL_AFTER_MS, String.valueOf(comeBackMillis)));
    }
    var tag = HexFormat.of().formatHex(tags.digest(), 0, TAG_BYTES);
    fields.add(new Field(FieldName.ETAG, '"' + tag + '"'));
    return new Reply.Ready(200, body.toByteArray(), fields);
  }
}
