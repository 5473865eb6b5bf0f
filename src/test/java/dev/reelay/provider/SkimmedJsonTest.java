package dev.reelay.provider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SkimmedJsonTest {
  private static final int KEPT_BYTES_MAX = 20_000;
  private static final String LONG = "A".repeat(100_000);
  private static final String CUT = "A".repeat(SkimmedJson.TEXT_BYTES_MAX);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{\"a\":\"b\"}",
        "{\"a\\\"b\":[1,true,null,{\"é\":\"\\u00e9\\\\\"}]}",
        "<html>\"not\" json</html>",
        "}]}]",
        "{\"open\":\"text"
      })
  void an_answer_without_long_texts_stays_as_it_is(String text) throws IOException {
    assertThat(skimmed(text)).isEqualTo(text);
  }

  @Test
  void of_a_long_text_the_beginning_is_kept_and_what_follows_is_read() throws IOException {
    var text = "{\"a\":[{\"data\":\"THIS\"},{\"data\":\"THIS\"}],\"usage\":{\"tokens\":7}}";

    assertThat(skimmed(text.replace("THIS", LONG))).isEqualTo(text.replace("THIS", CUT));
  }

  @Test
  void a_text_just_as_long_as_is_kept_is_not_cut() throws IOException {
    assertThat(skimmed("[\"" + CUT + "\",\"" + CUT + "B\"]"))
        .isEqualTo("[\"" + CUT + "\",\"" + CUT + "\"]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\u00e9", "\\\"", "\\\\", "\\/", "é", "字", "😀", "\\ud83d\\ude00"})
  void a_text_is_cut_neither_in_an_escape_nor_in_a_character(String unit) throws IOException {
    for (var before = 0; before < 8; before++) {
      var text = skimmed("{\"a\":\"" + "x".repeat(before) + unit.repeat(5_000) + "\",\"b\":1}");

      assertThat(text).doesNotContain("\uFFFD");
      assertThat(Json.object(text)).hasValueSatisfying(tree -> assertThat(tree.has("b")).isTrue());
    }
  }

  @Test
  void an_answer_that_is_longer_than_is_read_ends_within_its_long_text() throws IOException {
    var head = "{\"done\":true,\"videos\":[{\"data\":\"";
    var text = head + "A".repeat(SkimmedJson.READ_BYTES_MAX + 100_000);
    var in = new ByteArrayInputStream(text.getBytes(UTF_8));

    assertThat(new String(SkimmedJson.read(in, KEPT_BYTES_MAX), UTF_8))
        .isEqualTo(head + CUT + "\"}]}");
    assertThat(in.available()).isGreaterThan(50_000);
  }

  @Test
  void an_answer_that_is_long_for_another_reason_is_no_answer() {
    assertThatThrownBy(() -> skimmed("[" + "1,".repeat(KEPT_BYTES_MAX)))
        .hasMessage("the answer is larger than " + KEPT_BYTES_MAX + " bytes");
    assertThatThrownBy(() -> skimmed("[".repeat(SkimmedJson.DEPTH_MAX + 1)))
        .hasMessage("the answer is nested deeper than " + SkimmedJson.DEPTH_MAX);
  }

  @Test
  void whatever_comes_is_read_to_its_end() throws IOException {
    var random = new Random(7);
    for (var i = 0; i < 2_000; i++) {
      var text = new StringBuilder();
      for (var n = random.nextInt(60); n > 0; n--) {
        text.append("{}[]\"\\u0é1,: ".charAt(random.nextInt(13)));
      }
      assertThat(skimmed(text.toString())).isEqualTo(text.toString());
    }
  }

  private static String skimmed(String text) throws IOException {
    var in = new ByteArrayInputStream(text.getBytes(UTF_8));
    return new String(SkimmedJson.read(in, KEPT_BYTES_MAX), UTF_8);
  }
}
