package dev.reelay.provider;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reelay.asset.Sha256;
import dev.reelay.testkit.FakeUpstream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InlineFileTest {
  private static final String POINTER = "/response/videos/0/bytesBase64Encoded";
  private static final int VIDEO_BYTES = 300_001;

  @TempDir private Path folder;

  @Test
  void a_file_within_json_is_found_by_its_place_and_decoded() throws IOException {
    assertThat(copied(answer(base64(video())), POINTER)).isEqualTo(video());
  }

  @Test
  void of_two_files_the_one_that_is_named_is_taken() throws IOException {
    var json = "{\"a\":[[\"" + base64(video()) + "\"],[\"Yg==\",{\"a\":\"Yw==\"}]],\"b\":\"ZA==\"}";

    assertThat(copied(json, "/a/1/0")).asString(US_ASCII).isEqualTo("b");
    assertThat(copied(json, "/a/1/1/a")).asString(US_ASCII).isEqualTo("c");
    assertThat(copied(json, "/b")).asString(US_ASCII).isEqualTo("d");
  }

  @ParameterizedTest
  @CsvSource({"/x~1y,/x/y is named so", "/x~0y,/x~y is named so"})
  void a_pointer_names_members_with_odd_signs(String pointer, String why) throws IOException {
    assertThat(copied("{\"x/y\":\"YQ==\",\"x~y\":\"YQ==\"}", pointer))
        .as(why)
        .asString(US_ASCII)
        .isEqualTo("a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"YWJj ZGVm", "YWJj\\nZGVm\\r\\n", "  YWJjZGVm"})
  void blanks_and_line_ends_within_base64_are_passed_over(String text) throws IOException {
    assertThat(copied("{\"a\":\"" + text + "\"}", "/a")).asString(US_ASCII).isEqualTo("abcdef");
  }

  @Test
  void an_escaped_slash_is_one() throws IOException {
    assertThat(copied("{\"a\":\"\\/\\/\\/\\/\"}", "/a")).hasSize(3).containsOnly(0xFF);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"a\":\"YWJ*\"}", "{\"a\":\"YWJjZ\"}", "{\"a\":\"YWJj", "{\"a\":\"YW=c\"}"})
  void what_is_no_base64_or_ends_too_early_is_no_file(String json) {
    assertThatThrownBy(() -> copied(json, "/a"))
        .isInstanceOf(BoundedBody.Unusable.class)
        .hasMessage("the video in the answer is cut short or no base64");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "{\"a\":{}}", "{\"a\":7}", "[\"YQ==\"]", "{\"a\":[\"YQ==\"]}", "\"YQ==\""})
  void an_answer_without_it_says_so(String json) {
    assertThatThrownBy(() -> copied(json, "/a")).hasMessage("the answer has no video in it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<html>", "{\"b\":[1,2", "{\"b\"", "{,}", "nonsense"})
  void what_is_no_json_has_no_file(String json) {
    assertThatThrownBy(() -> copied(json, "/a/0")).isInstanceOf(BoundedBody.Unusable.class);
  }

  @Test
  void a_fault_of_either_side_keeps_its_kind() {
    var broken = new ByteArrayInputStream("{\"a\":\"YWJj".getBytes(US_ASCII));
    var json = new SequenceInputStream(Collections.enumeration(List.of(broken, new Broken())));
    assertThatThrownBy(() -> InlineFile.copy(json, "/a", OutputStream.nullOutputStream()))
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("broken");

    var whole = new ByteArrayInputStream(answer(base64(video())).getBytes(US_ASCII));
    assertThatThrownBy(() -> InlineFile.copy(whole, POINTER, new Full()))
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("full");
  }

  @Test
  void it_is_saved_as_if_it_had_come_as_a_file() throws IOException {
    var saved = downloaded("200 " + answer(base64(video())), VIDEO_BYTES);

    assertThat(saved).isEqualTo(new Download.Saved(VIDEO_BYTES, Sha256.hex(video())));
    assertThat(Files.readAllBytes(folder.resolve("v"))).isEqualTo(video());
  }

  @Test
  void the_bound_is_that_of_the_file_and_not_of_the_answer() {
    assertThat(downloaded("200 " + answer(base64(video())), VIDEO_BYTES - 1))
        .isEqualTo(new Download.TooLarge(VIDEO_BYTES - 1));
    assertThat(downloaded("200 {\"x\":\"" + "A".repeat(2_001) + "\"}", 1_000))
        .isEqualTo(new Download.TooLarge(1_000));
  }

  @Test
  void an_answer_that_cannot_be_used_is_asked_for_again() {
    assertThat(downloaded("200 {\"response\":{}}", 1_000))
        .isEqualTo(new Download.Broken("the answer has no video in it"));
    assertThat(downloaded("200 " + answer(""), 1_000))
        .isEqualTo(new Download.Broken("the file is empty"));
    assertThat(downloaded("401 {}", 1_000)).isEqualTo(new Download.Declined(401));
  }

  @Test
  void a_question_takes_no_more_of_it_than_a_beginning() {
    try (var upstream = FakeUpstream.start();
        var outbound = ProviderKit.outbound(upstream.place())) {
      upstream.will(FakeUpstream.answer(200, answer(base64(video()))));
      var uri = URI.create(upstream.baseUrl() + "/v");

      var exchange =
          outbound.exchange(Call.get(uri).skimmed(), Origin.of(uri), Outbound.Connections.POOLED);

      assertThat(exchange)
          .isInstanceOfSatisfying(
              Exchange.Answered.class,
              answered -> {
                var tree = Json.object(answered.reply().body()).orElseThrow();
                assertThat(tree.at(POINTER).asString()).hasSize(SkimmedJson.TEXT_BYTES_MAX);
                assertThat(tree.at("/done").asBoolean()).isTrue();
              });
    }
  }

  private Download downloaded(String script, long bytesMax) {
    try (var upstream = FakeUpstream.start();
        var outbound = ProviderKit.outbound(upstream.place())) {
      var parts = script.split(" ", 2);
      upstream.will(FakeUpstream.answer(Integer.parseInt(parts[0]), parts[1]));
      var uri = URI.create(upstream.baseUrl() + "/v");
      return outbound.download(
          Call.get(uri).inside(POINTER),
          Origin.of(uri),
          folder.resolve("v"),
          bytesMax,
          Duration.ofSeconds(10));
    }
  }

  private static byte[] copied(String json, String pointer) throws IOException {
    var out = new ByteArrayOutputStream();
    InlineFile.copy(new ByteArrayInputStream(json.getBytes(US_ASCII)), pointer, out);
    return out.toByteArray();
  }

  private static String answer(String base64) {
    return """
    {"name":"op","response":{"x":[{"y":"z"}],"videos":[{"mimeType":"video/mp4",\
    "bytesBase64Encoded":"%s"},{"bytesBase64Encoded":"YQ=="}]},"done":true}\
    """
        .formatted(base64);
  }

  private static byte[] video() {
    var bytes = new byte[VIDEO_BYTES];
    new Random(1).nextBytes(bytes);
    return bytes;
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static final class Broken extends InputStream {
    @Override
    public int read() throws IOException {
      throw new IOException("broken");
    }

    @Override
    public int read(byte[] bytes, int from, int n) throws IOException {
      throw new IOException("broken");
    }
  }

  private static final class Full extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      throw new IOException("full");
    }
  }
}
