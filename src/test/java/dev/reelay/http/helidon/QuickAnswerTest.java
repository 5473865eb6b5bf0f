package dev.reelay.http.helidon;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.http.Answer;
import dev.reelay.http.Field;
import dev.reelay.http.FieldName;
import dev.reelay.http.Reply;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The exact bytes of an answer that goes past the library's own writer. */
class QuickAnswerTest {
  private static final List<Field> EDGE = List.of(new Field(FieldName.X_REQUEST_ID, "req_1"));

  @Test
  void head_and_body_leave_in_one_piece() {
    var reply = Reply.ready(200, "视频".getBytes(UTF_8), Field.JSON);

    var written = text(reply);

    assertThat(written.lines().toList())
        .satisfiesExactly(
            line -> assertThat(line).isEqualTo("HTTP/1.1 200 OK"),
            line -> assertThat(line).matches("Date: [A-Z][a-z]{2}, \\d{2} .* \\d{4} .* GMT"),
            line -> assertThat(line).isEqualTo("content-type: application/json"),
            line -> assertThat(line).isEqualTo("x-request-id: req_1"),
            line -> assertThat(line).isEqualTo("content-length: 6"),
            line -> assertThat(line).isEmpty(),
            line -> assertThat(line).isEqualTo("视频"));
    assertThat(written).doesNotContainPattern("[^\r]\n");
  }

  @Test
  void an_answer_without_fields_and_body_has_a_length_too() {
    assertThat(text(Reply.ready(200, new byte[0]))).endsWith("content-length: 0\r\n\r\n");
  }

  @Test
  void a_304_has_its_fields_and_neither_length_nor_body() {
    var written = text(Reply.empty(304, new Field(FieldName.ETAG, "\"1\"")));

    assertThat(written).startsWith("HTTP/1.1 304 Not Modified\r\nDate: ");
    assertThat(written).endsWith("etag: \"1\"\r\nx-request-id: req_1\r\n\r\n");
    assertThat(written).doesNotContain("content-length");
  }

  @Test
  void only_a_whole_answer_of_200_and_a_304_go_this_way() {
    assertThat(QuickAnswer.fits(Reply.ready(200, new byte[1]))).isTrue();
    assertThat(QuickAnswer.fits(Reply.empty(304))).isTrue();
    assertThat(QuickAnswer.fits(Reply.ready(404, new byte[1]))).isFalse();
    assertThat(QuickAnswer.fits(Reply.empty(204))).isFalse();
    assertThat(QuickAnswer.fits(new Reply.Streaming(200, List.of(), _ -> {}))).isFalse();
  }

  private static String text(Reply.Ready reply) {
    var buffer = QuickAnswer.write(reply, new Answer(reply, EDGE));
    var bytes = new byte[buffer.available()];
    buffer.read(bytes);
    return new String(bytes, UTF_8);
  }
}
