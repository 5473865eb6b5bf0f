package dev.reelay.http.dialect;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.reelay.http.ApiError;
import dev.reelay.http.ApiRefusal;
import dev.reelay.http.dialect.BodyReader.Body;
import dev.reelay.media.PictureHead;
import dev.reelay.task.ErrorCode;
import dev.reelay.task.PictureRole;
import dev.reelay.testkit.SamplePictures;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every name and every shape under which clients send pictures, in JSON and in forms alike. */
class PictureReaderTest {
  private static final String URL = "https://pictures.example/1.png";
  private static final String DATA = SamplePictures.dataUrl(16);
  private static final String BARE = DATA.substring(DATA.indexOf(',') + 1);

  private final BodyReader bodies = new BodyReader(64 << 20);
  private final PictureReader reader = new PictureReader(new PictureHead());

  @ParameterizedTest
  @MethodSource("dev.reelay.http.dialect.PictureNames#texts")
  void every_name_takes_every_shape(String name) {
    for (var picture : List.of(URL, DATA)) {
      var shapes =
          List.of(
              "{'%s':'P'}",
              "{'%s':['P']}",
              "{'%s':{'url':'P'}}",
              "{'%s':{'image_url':'P'}}",
              "{'%s':{'type':'image_url','image_url':{'url':'P'}}}",
              "{'%s':[{'image_url':{'url':'P'}}]}",
              "{'%s':['',null,' P ']}");
      for (var shape : shapes) {
        assertThat(seen(json(shape.formatted(name).replace("P", picture))))
            .as(shape)
            .containsExactly(seen(picture));
      }
      for (var field :
          List.of(name, name + "[]", name + "[0]", name + "[url]", name + "[image_url]")) {
        assertThat(seen(form(field, picture))).as(field).containsExactly(seen(picture));
      }
      assertThat(seen(form(name, "[\"" + picture + "\"]"))).containsExactly(seen(picture));
      assertThat(seen(form(name, "{\"image_url\":\"" + picture + "\"}")))
          .containsExactly(seen(picture));
    }
    assertThat(seen(file(name, SamplePictures.png(16, 9)))).containsExactly(seen(DATA));
    assertThat(seen(file(name + "[]", SamplePictures.png(16, 9)))).containsExactly(seen(DATA));
  }

  @Test
  void one_picture_under_all_names_and_in_all_spellings_counts_once() {
    var body =
        json(
            """
            {'first_frame_image':'%s','images':['%s','%s'],'image':{'url':'%s'},
             'input_reference':'%s'}\
            """
                .formatted(URL, URL, DATA, DATA, BARE));
    var sentAs = new HashMap<String, String>();

    var pictures = reader.read(new Fields(body.tree()), sentAs);

    assertThat(seen(pictures)).containsExactly(URL, seen(DATA));
    assertThat(pictures)
        .extracting(AskedPicture::role)
        .containsExactly(Optional.of(PictureRole.FIRST_FRAME), Optional.empty());
    assertThat(sentAs).isEmpty();
  }

  @Test
  void the_order_is_the_callers_and_the_name_is_remembered_for_messages() {
    var sentAs = new HashMap<String, String>();
    var body = json("{'reference_images':['%s','%s','https://a.example/2']}".formatted(DATA, URL));

    var pictures = reader.read(new Fields(body.tree()), sentAs);

    assertThat(seen(pictures)).containsExactly(seen(DATA), URL, "https://a.example/2");
    assertThat(pictures)
        .extracting(AskedPicture::role)
        .containsOnly(Optional.of(PictureRole.REFERENCE));
    assertThat(sentAs).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '!',
      value = {
        "'images':['A','B'] | A, B",
        "'image':'A','input_reference':'B' | B, A",
        "'images':['A'],'tail_image':'B' | A, B last_frame",
        "'first_frame_image':'A','last_frame_image':'B' | A first_frame, B last_frame",
        "'start_image_url':'A','end_image':{'url':'B'} | A first_frame, B last_frame",
        "'first_frame':'A','last_frame':'A' | A first_frame, A last_frame",
        "'reference_images':['A'],'first_frame':'B' | B first_frame, A reference",
        "'images':[{'url':'A','role':'last_frame'},'B'] | A last_frame, B",
        "'image_list':[{'image_url':'A','type':'end_frame'},{'image_url':'B'}] | A last_frame, B",
        "'images':[{'type':'image_url','image_url':{'url':'A'},'role':'reference_image'}] "
            + "| A reference",
        "'frame_images':[{'image_url':{'url':'A'},'frame_type':'first_frame'}] | A first_frame",
        "'reference_images':[{'url':'A','role':'First'}] | A first_frame"
      })
  void a_name_or_a_word_beside_it_says_what_a_picture_is_for(String fields, String settled) {
    assertThat(roles(fields)).isEqualTo(settled);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '!',
      value = {
        "'images':['A'],'reference_images':['A'],'first_frame_image':'A' | A",
        "'images':['A','B'],'reference_images':['A','B'],'first_frame_image':'A' | A, B",
        "'reference_images':['A','B'],'first_frame_image':'A' | A, B",
        "'images':['A','B'],'reference_images':['A','B'] | A, B",
        "'images':['A'],'first_frame_image':'A' | A first_frame",
        "'images':['A'],'reference_images':['B'] | A, B reference"
      })
  void one_picture_in_many_fields_means_what_its_sender_can_have_meant(
      String fields, String settled) {
    assertThat(roles(fields)).isEqualTo(settled);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '!',
      value = {
        "'first_frame_image':'A','start_image':'B' | start_image | one first frame",
        "'last_frame':['A','B'] | last_frame | one last frame",
        "'images':[{'url':'A','role':'middle'}] | images | first_frame, last_frame, reference"
      })
  void roles_that_no_video_has_are_refused_with_the_way_out(
      String fields, String name, String cure) {
    var error = refusal(json("{" + addressed(fields) + "}"));

    assertThat(error.code()).isEqualTo(ErrorCode.INVALID_FIELD);
    assertThat(error.param()).contains(name);
    assertThat(error.english()).contains(cure);
  }

  private String roles(String fields) {
    var body = json("{" + addressed(fields) + "}");
    return reader.read(new Fields(body.tree()), new HashMap<>()).stream()
        .map(PictureReaderTest::role)
        .collect(Collectors.joining(", "));
  }

  private static String addressed(String fields) {
    return fields.replaceAll("'([AB])'", "'https://a.example/$1'");
  }

  private static String role(AskedPicture picture) {
    var name = seen(List.of(picture)).getFirst().replace("https://a.example/", "");
    return name + picture.role().map(role -> " " + role.word()).orElse("");
  }

  @ParameterizedTest
  @ValueSource(strings = {"BARE", "DATA:image/jpeg;charset=x;BASE64,BARE", "data:;base64,BARE"})
  void bytes_as_text_are_read_in_all_spellings_and_the_claimed_type_means_nothing(String text) {
    var spelt = text.replace("BARE", BARE);
    var broken =
        spelt.substring(0, spelt.length() - 7) + "\\r\\n" + spelt.substring(spelt.length() - 7);

    assertThat(seen(json("{'image':'" + spelt + "'}"))).containsExactly(seen(DATA));
    assertThat(seen(json("{'image':'" + broken + "'}"))).containsExactly(seen(DATA));
    assertThat(seen(json("{'image':'" + spelt.replace("=", "") + "'}")))
        .containsExactly(seen(DATA));
  }

  @Test
  void signs_that_a_form_spoilt_and_those_of_urls_are_read() {
    var bytes = SamplePictures.png(16, 9);
    bytes[30] = (byte) 0xfb;
    bytes[31] = (byte) 0xff;
    var text = "data:image/png;base64," + Base64.getEncoder().encodeToString(bytes);
    assertThat(text).contains("+").contains("/");

    assertThat(seen(form("image", text.replace("+", " ")))).containsExactly(seen(text));
    assertThat(seen(json("{'image':'" + text.replace('+', '-').replace("77/", "77_") + "'}")))
        .hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '!',
      value = {
        "'ftp://a.example/1.png' | INVALID_FIELD | http",
        "'cat.png' | INVALID_FIELD | http",
        "5 | INVALID_FIELD | http",
        "true | INVALID_FIELD | http",
        "{} | INVALID_FIELD | http",
        "{'file_id':'file-1'} | INVALID_FIELD | http",
        "[[[[[['https://a.example/1']]]]]] | INVALID_FIELD | http",
        "'[not json' | INVALID_FIELD | http",
        "'data:image/png;base64,' | INVALID_FIELD | data:",
        "'data:image/png;base64,!!!!' | INVALID_FIELD | data:",
        "'data:image/png,raw' | INVALID_FIELD | data:",
        "'data:image/png;sha256=00;bytes=12' | INVALID_FIELD | data:",
        "'data:image/png;base64,PHN2Zy8+' | UNSUPPORTED_MEDIA | PNG, JPEG",
        "'data:text/html;base64,PGh0bWw+' | UNSUPPORTED_MEDIA | PNG, JPEG"
      })
  void what_is_no_picture_is_refused_with_the_way_out(String value, ErrorCode code, String cure) {
    var error = refusal(json("{'input_reference':" + value.replace("!!!!", "****") + "}"));

    assertThat(error.code()).isEqualTo(code);
    assertThat(error.param()).contains("input_reference");
    assertThat(error.english()).contains("`input_reference`").contains(cure);
    assertThat(error.chinese()).contains("`input_reference`");
  }

  @Test
  void a_file_that_only_claims_to_be_a_picture_is_refused() {
    var error = refusal(file("image", "<script>alert(1)</script>\0".getBytes(UTF_8)));

    assertThat(error.code()).isEqualTo(ErrorCode.UNSUPPORTED_MEDIA);
  }

  @Test
  void bombs_are_refused_by_what_their_headers_say() {
    var wide = PictureReader.PICTURE_SIDE_PIXELS_MAX;

    assertThat(refusal(file("image", SamplePictures.png(8_001, 8_000))).english())
        .contains("8001 x 8000");
    assertThat(refusal(file("image", SamplePictures.png(wide + 1, 1))).english())
        .contains("too large");
    assertThat(refusal(file("image", SamplePictures.png(Integer.MAX_VALUE, Integer.MAX_VALUE))))
        .isNotNull();
    assertThat(seen(file("image", SamplePictures.png(8_000, 8_000)))).hasSize(1);
    assertThat(seen(file("image", SamplePictures.png(wide, 1)))).hasSize(1);
  }

  @Test
  void too_many_and_too_large_pictures_are_refused() {
    var large =
        java.util.Arrays.copyOf(SamplePictures.png(1, 1), PictureReader.PICTURE_BYTES_MAX + 1);
    var text = "data:image/png;base64," + Base64.getEncoder().encodeToString(large);
    var many =
        IntStream.rangeClosed(0, PictureReader.PICTURES_MAX)
            .mapToObj(n -> "'" + SamplePictures.dataUrl(n + 1) + "'")
            .toList();

    assertThat(refusal(file("image", large)).english()).contains("20 MiB");
    assertThat(refusal(json("{'image':'" + text + "'}")).english()).contains("20 MiB");
    assertThat(refusal(json("{'images':[" + String.join(",", many) + "]}")).english())
        .contains("at most 16");
  }

  private static String seen(String picture) {
    return picture.startsWith("data:") ? picture.substring(picture.indexOf(',') + 1) : picture;
  }

  private List<String> seen(Body body) {
    return seen(reader.read(new Fields(body.tree()), new HashMap<>()));
  }

  private static List<String> seen(List<AskedPicture> pictures) {
    return pictures.stream()
        .map(
            picture ->
                switch (picture) {
                  case AskedPicture.Web(String url, _) -> url;
                  case AskedPicture.Given given -> {
                    assertThat(given.sha256()).hasSize(64);
                    yield ISO_8859_1
                        .decode(Base64.getEncoder().encode(given.bytes().duplicate()))
                        .toString();
                  }
                })
        .toList();
  }

  private ApiError refusal(Body body) {
    var fields = new Fields(body.tree());
    var thrown = catchThrowableOfType(ApiRefusal.class, () -> reader.read(fields, new HashMap<>()));
    assertThat(thrown).isNotNull();
    return thrown.error();
  }

  private Body json(String text) {
    return bodies.read(text.replace('\'', '"').getBytes(UTF_8), "application/json");
  }

  private Body form(String name, String value) {
    return form("name=\"" + name + "\"", value.getBytes(UTF_8));
  }

  private Body file(String name, byte[] content) {
    return form("name=\"" + name + "\"; filename=\"x.png\"", content);
  }

  private Body form(String disposition, byte[] content) {
    var text =
        "--b\r\nContent-Disposition: form-data; "
            + disposition
            + "\r\n\r\n"
            + new String(content, ISO_8859_1)
            + "\r\n--b--\r\n";
    return bodies.read(text.getBytes(ISO_8859_1), "multipart/form-data; boundary=b");
  }
}
