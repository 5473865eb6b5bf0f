package dev.reelay.http.dialect;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.reelay.http.ApiRefusal;
import dev.reelay.http.dialect.BodyReader.Body;
import dev.reelay.task.ErrorCode;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies of all kinds, honest and hostile, become one tree or one clear refusal. */
class BodyReaderTest {
  private static final int BODY_BYTES_MAX = 8 << 20;
  private static final String FORM = "multipart/form-data; boundary=b";
  private static final String URL_ENCODED = "application/x-www-form-urlencoded";

  private final BodyReader bodies = new BodyReader(BODY_BYTES_MAX);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '!',
      value = {
        "a=1 | {'a':'1'}",
        "a= | {'a':''}",
        "a=1 a=2 | {'a':['1','2']}",
        "a= a=2 | {'a':'2'}",
        "a[]=1 | {'a':['1']}",
        "a[]=1 a[]=2 | {'a':['1','2']}",
        "a=1 a[]=2 | {'a':['1','2']}",
        "a[]=1 a=2 | {'a':['1','2']}",
        "a[1]=2 a[0]=1 | {'a':['1','2']}",
        "a[7]=1 | {'a':['1']}",
        "a[999999]=1 | {'a':{'999999':'1'}}",
        "a[b]=1 a[c]=2 | {'a':{'b':'1','c':'2'}}",
        "a[b][c]=1 a[b][d]=2 | {'a':{'b':{'c':'1','d':'2'}}}",
        "a[][b]=1 a[][b]=2 | {'a':[{'b':'1'},{'b':'2'}]}",
        "a[0][b]=1 a[0][c]=2 | {'a':[{'b':'1','c':'2'}]}",
        "a[b=1 | {'a[b':'1'}",
        "a[b]c=1 | {'a[b]c':'1'}"
      })
  void names_nest_by_brackets_and_repeat_to_lists(String fields, String json) {
    var form = new StringBuilder();
    for (var field : fields.split(" ")) {
      int equals = field.indexOf('=');
      form.append(
          part("name=\"" + field.substring(0, equals) + "\"", "", field.substring(equals + 1)));
    }

    assertThat(tree(form + "--b--\r\n", FORM)).isEqualTo(json);
    assertThat(tree(fields.replace(' ', '&'), URL_ENCODED)).isEqualTo(json);
  }

  @Test
  void what_contradicts_an_earlier_field_is_named_and_left_out() {
    var body = read("a=1&a[b]=2&c[d]=3&c=4", URL_ENCODED);

    assertThat(json(body)).isEqualTo("{'a':'1','c':{'d':'3'}}");
    assertThat(body.warnings())
        .containsExactly(
            "The field `a[b]` contradicts an earlier one and was ignored.",
            "The field `c` contradicts an earlier one and was ignored.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "multipart/form-data; boundary=b",
        "Multipart/Form-Data; charset=utf-8; BOUNDARY=\"b\"",
        "multipart/mixed;boundary=b",
        "multipart/form-data",
        "multipart/form-data; boundary=other",
        "application/json",
        "text/plain",
        ""
      })
  void a_form_is_known_by_its_bytes_whatever_the_type_says(String type) {
    var form = part("name=a", "", "1") + "--b--\r\n";

    assertThat(tree(form, type)).isEqualTo("{'a':'1'}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"application/json", FORM, URL_ENCODED, "multipart/form-data", "text/plain", ""})
  void json_is_known_by_its_bytes_whatever_the_type_says(String type) {
    assertThat(tree("\uFEFF \r\n {\"a\":[1]}", type)).isEqualTo("{'a':[1]}");
  }

  @Test
  void a_preamble_an_epilogue_bare_line_ends_and_folded_heads_are_read_over() {
    var form =
        "for people\n--b \nX: y\ncontent-disposition: form-data;\n name=\"a\"\n\n1\n2\n--b--\nend";

    assertThat(tree(form, FORM)).isEqualTo("{'a':'1\\n2'}");
  }

  @Test
  void a_word_that_begins_with_the_boundary_divides_nothing() {
    var form = part("name=a", "", "1\r\n--bb\r\n2\r\n--b3") + "--b--";

    assertThat(tree(form, FORM)).isEqualTo("{'a':'1\\r\\n--bb\\r\\n2\\r\\n--b3'}");
  }

  @Test
  void a_form_of_no_parts_is_an_empty_object() {
    assertThat(tree("--b--\r\n", FORM)).isEqualTo("{}");
  }

  @Test
  void names_may_be_quoted_escaped_and_in_any_language() {
    var form = part("name=\"a;\\\"b\\\\c\"; x=y", "", "1") + part("name=\"提示\"", "", "猫") + "--b--";

    assertThat(tree(form, FORM)).isEqualTo("{'a;\\\"b\\\\c':'1','提示':'猫'}");
  }

  @Test
  void a_part_of_json_is_the_value_that_it_says() {
    var form =
        part("name=a; filename=blob", "application/json", "{\"b\":[1,true]}")
            + part("name=c", "application/json", "no json")
            + "--b--";

    assertThat(tree(form, FORM)).isEqualTo("{'a':{'b':[1,true]},'c':'no json'}");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "name=a; filename=x.png, image/png, \u0089PNG, true",
        "name=a; filename=x.png, -, \u0089PNG, true",
        "name=a; filename*=UTF-8''x.png, -, plain, true",
        "name=a, -, \u0089PNG, true",
        "name=a, text/plain, \u0089PNG, true",
        "name=a; filename=x, application/octet-stream, plain, true",
        "name=a; filename=x.txt, text/plain, plain, false",
        "name=a; filename=\"\", application/octet-stream, -, false",
        "name=a; filename=x.png, image/png, -, false",
        "name=a, application/octet-stream, plain, false",
        "name=a, -, plain, false"
      })
  void a_file_is_what_says_so_or_what_is_no_text(
      String disposition, String type, String content, boolean isFile) {
    var bytes = content == null ? "" : content;
    var form = part(disposition, type == null ? "" : type, bytes) + "--b--";

    var node = bodies.read(form.getBytes(ISO_8859_1), FORM).tree().path("a");

    assertThat(SentFile.in(node).isPresent()).isEqualTo(isFile);
    assertThat(SentFile.in(node).map(file -> ISO_8859_1.decode(file.bytes()).toString()))
        .isEqualTo(isFile ? Optional.of(bytes) : Optional.empty());
  }

  @Test
  void a_file_keeps_every_byte_and_its_place_in_a_list() {
    var file = "\r\n--\n\u0000\u00ff\r\n--c\r\n";
    var form =
        part("name=\"images[]\"", "", "https://a.example/1")
            + part("name=\"images[]\"; filename=2.png", "image/png", file)
            + "--b--";

    var images = bodies.read(form.getBytes(ISO_8859_1), FORM).tree().path("images");

    assertThat(images.size()).isEqualTo(2);
    assertThat(images.get(0).asString()).isEqualTo("https://a.example/1");
    var sent = SentFile.in(images.get(1)).orElseThrow();
    assertThat(ISO_8859_1.decode(sent.bytes()).toString()).isEqualTo(file);
    assertThat(sent.bytes().isReadOnly()).isTrue();
  }

  @Test
  void no_json_can_spell_a_file() {
    var body = read("{\"images\":{\"path\":\"/etc/passwd\",\"bytes\":[1]}}", FORM);

    assertThat(SentFile.in(body.tree().path("images"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '!',
      value = {
        "{\\\"a\\\":1 | application/json | INVALID_JSON",
        "!! | application/json | INVALID_JSON",
        "!! | multipart/form-data; boundary=b | INVALID_FORM",
        "!! | application/x-www-form-urlencoded | INVALID_JSON",
        "[1] | application/json | INVALID_JSON",
        "a=1 | application/json | INVALID_JSON",
        "a=1 | multipart/form-data; boundary=b | INVALID_FORM",
        "--b | multipart/form-data; boundary=b | INVALID_FORM",
        "--b\\r\\n | multipart/form-data; boundary=b | INVALID_FORM",
        "--b\\r\\n\\r\\n | multipart/form-data; boundary=b | INVALID_FORM",
        "--b\\r\\nA: b | multipart/form-data; boundary=b | INVALID_FORM",
        "--b\\r\\n\\r\\nx\\r\\n--b | multipart/form-data; boundary=b | INVALID_FORM",
        "--b\\r\\n\\r\\nx\\r\\n--b- | multipart/form-data; boundary=b | INVALID_FORM",
        "-- | multipart/form-data; boundary=b | INVALID_FORM",
        "---- | multipart/form-data | INVALID_FORM"
      })
  void what_is_broken_is_refused(String body, String type, ErrorCode code) {
    var bytes = body.translateEscapes();

    assertThat(codeOf(bytes, type)).isEqualTo(code);
  }

  @Test
  @Timeout(10)
  void thousands_of_tiny_parts_are_refused() {
    assertThat(codeOf(part("name=a", "", "").repeat(100_000), FORM))
        .isEqualTo(ErrorCode.INVALID_FORM);
    assertThat(codeOf("a&".repeat(1_000_000), URL_ENCODED)).isEqualTo(ErrorCode.INVALID_FORM);
    assertThat(read(part("name=a", "", "1").repeat(256) + "--b--", FORM).tree().path("a").size())
        .isEqualTo(256);
  }

  @Test
  @Timeout(10)
  void names_without_end_are_refused() {
    var deep = "a" + "[b]".repeat(10_000);

    assertThat(codeOf(part("name=\"" + deep + "\"", "", "1") + "--b--", FORM))
        .isEqualTo(ErrorCode.INVALID_FORM);
    assertThat(codeOf(deep + "=1", URL_ENCODED)).isEqualTo(ErrorCode.INVALID_FORM);
    assertThat(codeOf("a[b][c][d][e][f][g][h][i]=1", URL_ENCODED))
        .isEqualTo(ErrorCode.INVALID_FORM);
    assertThat(tree("a[b][c][d][e][f][g][h]=1", URL_ENCODED))
        .isEqualTo("{'a':{'b':{'c':{'d':{'e':{'f':{'g':{'h':'1'}}}}}}}}");
    assertThat(codeOf("[".repeat(100_000), "application/json")).isEqualTo(ErrorCode.INVALID_JSON);
  }

  @Test
  void boundaries_that_nearly_match_cost_one_pass() {
    var boundary = "a".repeat(Multipart.BOUNDARY_CHARS_MAX);
    var near = "\n--" + boundary.substring(1);
    var form = "--" + boundary + "\r\n\r\n" + near.repeat(BODY_BYTES_MAX / near.length());
    var neverEnding = "--" + "b".repeat(BODY_BYTES_MAX);

    assertTimeout(
        Duration.ofSeconds(5),
        () -> {
          assertThat(codeOf(form, FORM)).isEqualTo(ErrorCode.INVALID_FORM);
          assertThat(codeOf(neverEnding, FORM)).isEqualTo(ErrorCode.INVALID_FORM);
        });
  }

  /** Whatever the bytes are, the end is a tree or a refusal, and soon. */
  @Test
  @Timeout(20)
  void five_thousand_spoilt_bodies_break_nothing() {
    var random = new SplittableRandom(20_261_125);
    var whole =
        (part("name=\"images[0]\"; filename=x", "image/png", "\u0089PNG\r\n")
                + part("name=a", "application/json", "{\"b\":1}")
                + part("name=\"a[b][]\"", "text/plain", "1")
                + "--b--\r\n")
            .getBytes(ISO_8859_1);
    for (int round = 0; round < 5_000; round++) {
      var bytes = whole.clone();
      for (int spoilt = random.nextInt(1, 6); spoilt > 0; spoilt--) {
        var signs = "\r\n-b;=\"[]\\: {}\u0000\u00ff";
        bytes[random.nextInt(bytes.length)] = (byte) signs.charAt(random.nextInt(signs.length()));
      }
      var cut = Arrays.copyOf(bytes, random.nextInt(bytes.length / 2, bytes.length + 1));
      var seen = "round " + round + ": " + new String(cut, ISO_8859_1);
      try {
        assertThat(bodies.read(cut, FORM).tree().isObject()).as(seen).isTrue();
      } catch (ApiRefusal refusal) {
        assertThat(refusal.error().code())
            .as(seen)
            .isIn(ErrorCode.INVALID_FORM, ErrorCode.INVALID_JSON);
      }
    }
  }

  @Test
  void a_repeated_form_has_the_same_fingerprint_and_another_file_another_one() {
    var file = part("name=image; filename=x.png", "image/png", "\u0089PNG");
    var text = part("name=a", "", "1");

    assertThat(fingerprint(file + text + "--b--"))
        .isEqualTo(fingerprint((text + file + "--b--").replace("--b", "--other")))
        .isNotEqualTo(fingerprint((text + file + "--b--").replace("PNG", "PNg")))
        .isNotEqualTo(fingerprint(text + "--b--"));
  }

  private String fingerprint(String form) {
    return Fingerprint.of("r", bodies.read(form.getBytes(ISO_8859_1), "").tree());
  }

  @Test
  void a_field_of_text_refuses_a_file_in_words() {
    var form = part("name=prompt; filename=x.png", "image/png", "\u0089PNG") + "--b--";
    var fields = new Fields(bodies.read(form.getBytes(ISO_8859_1), FORM).tree());
    var prompt = fields.first("prompt").orElseThrow();

    assertThatThrownBy(() -> Fields.text(prompt, 10)).isInstanceOf(ApiRefusal.class);
    assertThat(Fields.isScalar(prompt)).isFalse();
  }

  private static String part(String disposition, String type, String content) {
    return "--b\r\nContent-Disposition: form-data; "
        + disposition
        + (type.isEmpty() ? "" : "\r\nContent-Type: " + type)
        + "\r\n\r\n"
        + content
        + "\r\n";
  }

  private Body read(String body, String type) {
    return bodies.read(body.getBytes(UTF_8), type);
  }

  private String tree(String body, String type) {
    return json(read(body, type));
  }

  private static String json(Body body) {
    return body.tree().toString().replace('"', '\'').replace("\\'", "\\\"");
  }

  private ErrorCode codeOf(String body, String type) {
    var thrown = catchThrowableOfType(ApiRefusal.class, () -> read(body, type));
    assertThat(thrown).as("it was read").isNotNull();
    return thrown.error().code();
  }
}
