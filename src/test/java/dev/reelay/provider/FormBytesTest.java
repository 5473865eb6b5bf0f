package dev.reelay.provider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reelay.testkit.FakeUpstream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Forms as they go out: the format of RFC 7578, and fields that stay within themselves. */
@Timeout(20)
class FormBytesTest {
  @Test
  void a_form_goes_out_byte_by_byte_as_the_format_says() {
    var fields =
        List.<Call.Part>of(
            new Call.Field("prompt", "短 \"x\"\n"),
            new Call.FilePart(
                "picture", "a.png", "image/png", ByteBuffer.wrap(new byte[] {65, 10})),
            new Call.Field("video[id]", "video_1"));
    var boundary = FormBytes.of(fields).boundary();

    var request = sent(fields);

    assertThat(request.headers())
        .containsEntry("content-type", "multipart/form-data; boundary=" + boundary);
    assertThat(request.body())
        .isEqualTo(
            """
            --B\r
            Content-Disposition: form-data; name="prompt"\r
            \r
            短 "x"
            \r
            --B\r
            Content-Disposition: form-data; name="picture"; filename="a.png"\r
            Content-Type: image/png\r
            \r
            A
            \r
            --B\r
            Content-Disposition: form-data; name="video[id]"\r
            \r
            video_1\r
            --B--\r
            """
                .replace("--B", "--" + boundary));
  }

  private static FakeUpstream.Request sent(List<Call.Part> fields) {
    try (var upstream = FakeUpstream.start().will(FakeUpstream.answer(200, "{}"));
        var outbound = ProviderKit.outbound(upstream.place())) {
      var call =
          new Call(
              "POST",
              URI.create(upstream.baseUrl() + "/"),
              List.of(),
              List.of(),
              new Call.Body.Multipart(fields));
      var home = Origin.of(URI.create(upstream.baseUrl()));

      assertThat(outbound.exchange(call, home, Outbound.Connections.FRESH))
          .isInstanceOf(Exchange.Answered.class);
      return upstream.requests().getFirst();
    }
  }

  @Test
  void a_value_with_the_boundary_of_another_form_gets_another_boundary() {
    var first = FormBytes.of(List.of(new Call.Field("prompt", "a cat")));
    var inside =
        "x\r\n--" + first.boundary() + "\r\nContent-Disposition: form-data; name=\"model\"";

    var second = FormBytes.of(List.of(new Call.Field("prompt", inside)));

    var file = ByteBuffer.wrap(inside.getBytes(UTF_8));
    var third = FormBytes.of(List.of(new Call.FilePart("picture", "a.png", "image/png", file)));

    assertThat(inside).doesNotContain(second.boundary()).doesNotContain(third.boundary());
  }

  @Test
  void a_name_that_would_need_quoting_is_refused() {
    assertThatThrownBy(() -> new Call.Field("a\"; b=\"c", ""))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
