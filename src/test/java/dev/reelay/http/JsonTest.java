package dev.reelay.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  private static final int TEXT_CHARS_MAX = 1_000;
  private final Json json = new Json(TEXT_CHARS_MAX);

  @Test
  void a_value_is_read() {
    assertThat(parse("{\"a\": [1, \"中\"]}"))
        .isInstanceOfSatisfying(
            Json.Parsed.Tree.class,
            tree -> assertThat(tree.root().at("/a/1").asString()).isEqualTo("中"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "{", "{\"a\":1} x", "nul", "{'a':1}", "[1,]"})
  void what_is_not_json_is_a_value(String text) {
    assertThat(parse(text)).isInstanceOf(Json.Parsed.Malformed.class);
  }

  @Test
  void json_is_bounded_in_depth() {
    assertThat(parse("[".repeat(Json.DEPTH_MAX) + "]".repeat(Json.DEPTH_MAX)))
        .isInstanceOf(Json.Parsed.Tree.class);
    assertThat(parse("[".repeat(10_000) + "]".repeat(10_000)))
        .isInstanceOfSatisfying(
            Json.Parsed.Malformed.class, bad -> assertThat(bad.why()).contains("too deeply"));
  }

  @Test
  void texts_numbers_names_and_tokens_are_bounded() {
    assertThat(parse('"' + "a".repeat(TEXT_CHARS_MAX + 1) + '"'))
        .isInstanceOf(Json.Parsed.Malformed.class);
    assertThat(parse("1".repeat(Json.NUMBER_CHARS_MAX + 1)))
        .isInstanceOf(Json.Parsed.Malformed.class);
    assertThat(parse("{\"" + "a".repeat(Json.NAME_CHARS_MAX + 1) + "\":1}"))
        .isInstanceOf(Json.Parsed.Malformed.class);
    assertThat(parse("[" + "1,".repeat((int) Json.TOKENS_MAX) + "1]"))
        .isInstanceOf(Json.Parsed.Malformed.class);
  }

  @Test
  void the_reason_quotes_nothing_of_the_body() {
    assertThat(parse("{\"key\": rk_secret}"))
        .isInstanceOfSatisfying(
            Json.Parsed.Malformed.class, bad -> assertThat(bad.why()).doesNotContain("secret"));
  }

  private Json.Parsed parse(String text) {
    return json.parse(text.getBytes(StandardCharsets.UTF_8));
  }
}
