package dev.reelay.http.helidon;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.reelay.http.Answer;
import dev.reelay.http.Field;
import dev.reelay.http.Reply;
import io.helidon.common.buffers.BufferData;
import io.helidon.http.DateTime;

/**
 * The answer that is given a million times, written as bytes without the library's table of
 * headers: 200, all bytes there, to a request without a body, on a connection that goes on. Queries
 * are nothing else, and building that table costs them a tenth of their time.
 */
final class QuickAnswer {
  private static final int OK = 200;
  private static final byte[] BEGIN = "HTTP/1.1 200 OK\r\nDate: ".getBytes(US_ASCII);
  private static final byte[] LENGTH = "content-length: ".getBytes(US_ASCII);
  private static final byte[] END = "\r\n\r\n".getBytes(US_ASCII);

  private QuickAnswer() {}

  /** Whether a reply may go this way; whether the request may is the caller's to know. */
  static boolean fits(Reply reply) {
    return reply instanceof Reply.Ready ready && ready.status() == OK;
  }

  /** Head and body in one piece. */
  static BufferData write(Reply.Ready ready, Answer answer) {
    var own = ready.fieldLines();
    var edge = Field.lines(answer.edgeFields());
    var date = DateTime.http1Bytes();
    var body = ready.body();
    var length = Integer.toString(body.length).getBytes(US_ASCII);
    int head = BEGIN.length + date.length + own.length + edge.length + LENGTH.length;
    var all = new byte[head + length.length + END.length + body.length];
    int at = append(all, 0, BEGIN);
    at = append(all, at, date);
    at = append(all, at, own);
    at = append(all, at, edge);
    at = append(all, at, LENGTH);
    at = append(all, at, length);
    at = append(all, at, END);
    append(all, at, body);
    return BufferData.create(all);
  }

  private static int append(byte[] all, int at, byte[] piece) {
    System.arraycopy(piece, 0, all, at, piece.length);
    return at + piece.length;
  }
}
