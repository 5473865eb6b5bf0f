package dev.reelay.http.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.reelay.http.ApiError;
import dev.reelay.http.ApiRefusal;
import dev.reelay.media.ClipHead;
import dev.reelay.media.PictureHead;
import dev.reelay.money.Resolution;
import dev.reelay.routing.AspectRatio;
import dev.reelay.routing.Wish;
import dev.reelay.task.ErrorCode;
import dev.reelay.task.VideoRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The request table: every field under every name, and what is refused in which words. */
class UnifiedCreateTest {
  private static final int BODY_BYTES_MAX = 1 << 20;
  private static final InputReader INPUTS =
      new InputReader(
          new PictureReader(new PictureHead()),
          new ClipReader(new ClipHead(), UploadedFiles.Own.NONE, true));
  private static final String PICTURE = "https://pictures.example/1.png";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'duration':10",
        "'duration':'10'",
        "'duration':10.0",
        "'duration':' 10 '",
        "'seconds':'10'",
        "'seconds':10",
        "'video_length':10",
        "'video_config':{'video_length':'10'}",
        "'video_config':{'duration':10}",
        "'video_config':{'seconds':10}",
        "'duration':'','seconds':10",
        "'duration':null,'seconds':10"
      })
  void a_length_is_read_under_all_its_names(String fields) {
    assertThat(read(fields).wish().seconds()).isEqualTo(OptionalInt.of(10));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "'size':'small' | 720p | none",
        "'size':'LARGE' | 1080p | none",
        "'size':'720P' | 720p | none",
        "'size':720 | 720p | none",
        "'size':'4K' | 4k | none",
        "'resolution':'1080p' | 1080p | none",
        "'resolution_name':'480P' | 480p | none",
        "'video_config':{'resolution_name':'1080p'} | 1080p | none",
        "'size':'1280x720' | 720p | 16:9",
        "'size':'720*1280' | 720p | 9:16",
        "'size':'1792x1024' | 1080p | 16:9",
        "'size':'1024x1792' | 1080p | 9:16",
        "'size':'1080X1080' | 1080p | 1:1",
        "'size':'352x640' | 352p | 9:16",
        "'size':'16x9' | none | 16:9",
        "'size':'9:16' | none | 9:16",
        "'aspect_ratio':'21:9' | none | 21:9",
        "'aspect_ratio':'3x2' | none | 3:2",
        "'aspect_ratio':'1280x720' | none | 16:9",
        "'orientation':'9:16' | none | 9:16",
        "'resolution':'720p','size':'16:9' | 720p | 16:9",
        "'size':'1280x720','aspect_ratio':'1:1' | 720p | 1:1",
        "'size':'1280x720','orientation':'portrait' | 720p | 9:16"
      },
      delimiter = '|')
  void a_size_is_read_in_all_its_spellings(String fields, String resolution, String ratio) {
    var wish = read(fields).wish();

    assertThat(wish.resolution().map(Resolution::toString).orElse("none")).isEqualTo(resolution);
    assertThat(wish.ratio().map(AspectRatio::toString).orElse("none")).isEqualTo(ratio);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "'orientation':'portrait' | true",
        "'orientation':'Landscape' | false",
        "'orientation':'vertical' | true",
        "'aspect_ratio':'portrait' | true"
      },
      delimiter = '|')
  void an_orientation_is_read(String fields, boolean portrait) {
    assertThat(read(fields).wish().portrait()).isEqualTo(Optional.of(portrait));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'images':['U']",
        "'images':'U'",
        "'images':[{'url':'U'}]",
        "'images':['U','U',''],'image':'U'",
        "'input_reference':'U'",
        "'input_references':['U']",
        "'image':'U'",
        "'image':{'url':'U'}",
        "'images':['U'],'reference_images':['U'],'first_frame_image':'U'",
        "'images':[],'image':'U'"
      })
  void a_picture_is_read_under_all_its_names_and_counts_once(String fields) {
    var ask = read(fields.replace("U", PICTURE));

    assertThat(ask.images()).containsExactly(new AskedPicture.Web(PICTURE));
    assertThat(ask.given().pictures()).containsExactly(Optional.empty());
  }

  @Test
  void pictures_keep_the_order_in_which_they_came() {
    var ask = read("'image':'https://a.example/2','images':['https://a.example/1']");

    assertThat(ask.images())
        .containsExactly(
            new AskedPicture.Web("https://a.example/1"),
            new AskedPicture.Web("https://a.example/2"));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "'watermark':false | watermark | false",
        "'watermark':'True' | watermark | true",
        "'private':1 | private | true",
        "'enhance_prompt':'0' | enhance_prompt | false",
        "'enable_upsample':'true' | enable_upsample | true",
        "'hd':true | hd | true",
        "'image_mode':'frames' | image_mode | frames",
        "'negative_prompt':'rain' | negative_prompt | rain",
        "'seed':'42' | seed | 42",
        "'seed':-7 | seed | -7",
        "'style':5 | style | 5",
        "'character_url':'https://a.example/c' | character_url | https://a.example/c",
        "'character_timestamps':'1,3' | character_timestamps | 1,3"
      },
      delimiter = '|')
  void an_option_is_kept_under_its_first_name(String fields, String name, String value) {
    assertThat(read(fields).options()).containsExactly(Map.entry(name, value));
  }

  @Test
  void empty_texts_and_nulls_are_as_good_as_absent() {
    var ask =
        read(
            "'style':'','metadata':'','callback_url':'','character_url':'','images':[],'size':'',"
                + "'aspect_ratio':null,'orientation':'','duration':' ','watermark':'','seed':''");

    assertThat(ask.options()).isEmpty();
    assertThat(ask.wish()).isEqualTo(Wish.NOTHING);
    assertThat(ask.extras()).isEqualTo(VideoRequest.Extras.NONE);
  }

  @Test
  void unknown_fields_are_ignored_and_named() {
    var ask = read("'foo':1,'ba r<http://x>':{},'video_config':{'baz':2}");

    assertThat(ask.extras().warnings())
        .containsExactly(
            "Unknown field `foo` was ignored.",
            "Unknown field `ba?r?http???x?` was ignored.",
            "Unknown field `video_config.baz` was ignored.");
  }

  @Test
  void many_unknown_fields_are_counted_and_not_listed() {
    var fields = new StringBuilder("'a0':0");
    for (int i = 1; i < 20; i++) {
      fields.append(",'a").append(i).append("':0");
    }

    assertThat(read(fields.toString()).extras().warnings())
        .hasSize(17)
        .last()
        .isEqualTo("4 further unknown fields were ignored.");
  }

  @Test
  void fields_that_contradict_each_other_are_told() {
    var ask = read("'duration':10,'seconds':15,'aspect_ratio':'16:9','orientation':'portrait'");

    assertThat(ask.wish().seconds()).hasValue(10);
    assertThat(ask.wish().ratio()).contains(AspectRatio.LANDSCAPE);
    assertThat(ask.form().orientation()).isEqualTo("landscape");
    assertThat(ask.extras().warnings())
        .containsExactly(
            "`seconds` contradicts `duration` and was ignored.",
            "`orientation` contradicts the ratio 16:9 and was ignored.");
  }

  @Test
  void what_the_caller_keeps_with_us_is_kept_as_sent() {
    var ask =
        read(
            "'client_reference':'order 5','callback_url':'https://shop.example/hook?a=b',"
                + "'metadata':'{\\\"a\\\":1,\\\"b\\\":{\\\"c\\\":[]},\\\"d\\\":\\\"x\\\"}'");

    var extras = ask.extras();
    assertThat(extras.clientReference()).contains("order 5");
    assertThat(extras.callbackUrl().map(Object::toString))
        .contains("https://shop.example/hook?a=b");
    assertThat(extras.metadata())
        .containsExactlyInAnyOrderEntriesOf(Map.of("a", "1", "b", "{\"c\":[]}", "d", "x"));
    assertThat(extras.warnings()).isEmpty();
  }

  @Test
  void sizes_are_echoed_as_sent_and_messages_use_the_word_of_the_caller() {
    var ask = read("'seconds':10,'size':'Small','input_reference':'" + PICTURE + "'");

    assertThat(ask.form().size()).isEqualTo("Small");
    assertThat(ask.nameOf("duration")).isEqualTo("seconds");
    assertThat(ask.nameOf("images")).isEqualTo("input_reference");
    assertThat(ask.nameOf("size")).isEqualTo("size");
  }

  @Test
  void what_no_database_can_store_is_replaced() {
    var ask =
        UnifiedCreate.read(
            body(
                """
                {"model":"sora-2","prompt":"a\\u0000b\\ud83dc\\ud83d\\ude00"}\
                """),
            INPUTS,
            List::of);

    assertThat(ask.prompt()).isEqualTo("a\uFFFDb\uFFFDc\uD83D\uDE00");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "'duration':'ten' | duration",
        "'duration':'10s' | duration",
        "'seconds':10.5 | seconds",
        "'seconds':0 | seconds",
        "'seconds':-1 | seconds",
        "'seconds':3601 | seconds",
        "'seconds':1e99 | seconds",
        "'seconds':true | seconds",
        "'duration':[10] | duration",
        "'video_config':{'seconds':'x'} | video_config.seconds",
        "'size':'huge' | size",
        "'size':'10x10x10' | size",
        "'size':{} | size",
        "'resolution':'99p' | resolution",
        "'aspect_ratio':'wide' | aspect_ratio",
        "'aspect_ratio':'0:1' | aspect_ratio",
        "'orientation':'up' | orientation",
        "'watermark':'maybe' | watermark",
        "'audio':'loud' | audio",
        "'seed':1.5 | seed",
        "'images':[5] | images",
        "'images':['ftp://a.example/x'] | images",
        "'images':['https://'] | images",
        "'images':['https://a b'] | images",
        "'image':{'uri':'x'} | image",
        "'images':['data:image/png;base64,A'] | images",
        "'input_reference':'data:image/png;base64,A' | input_reference",
        "'metadata':5 | metadata",
        "'metadata':'no json' | metadata",
        "'metadata':[1] | metadata",
        "'callback_url':'javascript:alert(1)' | callback_url",
        "'callback_url':'https://user:pass@a.example/' | callback_url"
      },
      delimiter = '|')
  void a_wrong_value_is_refused_with_its_field(String fields, String param) {
    var error = refusal("'model':'sora-2','prompt':'p'," + fields);

    assertThat(error.code()).isEqualTo(ErrorCode.INVALID_FIELD);
    assertThat(error.param()).contains(param);
    assertThat(error.english()).contains(param);
    assertThat(error.chinese()).contains(param);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"'prompt':''", "'prompt':'  \\n '", "'prompt':null", "'x':1", "'prompt':{}"})
  void an_empty_prompt_is_refused(String fields) {
    var error = refusal("'model':'sora-2'," + fields);

    assertThat(error.code()).isEqualTo(ErrorCode.INVALID_FIELD);
    assertThat(error.param()).contains("prompt");
  }

  @Test
  void a_missing_model_is_refused_with_the_models_that_exist() {
    var error = refusal("'prompt':'p'");

    assertThat(error.code()).isEqualTo(ErrorCode.INVALID_FIELD);
    assertThat(error.param()).contains("model");
    assertThat(error.allowed()).containsExactly("sora-2", "veo3");
    assertThat(error.english()).contains("sora-2, veo3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "\"x\"", "5", "null"})
  void a_body_that_is_no_object_is_refused(String body) {
    assertThat(refusalOf(body).code()).isEqualTo(ErrorCode.INVALID_JSON);
  }

  @Test
  void bounds_hold() {
    assertThat(refusal("'model':'m','prompt':'" + "p".repeat(32_001) + "'").param())
        .contains("prompt");
    assertThat(refusal("'model':'m','prompt':'p','style':'" + "s".repeat(4_001) + "'").param())
        .contains("style");
    var far = "https://a.example/" + "x".repeat(8_192);
    assertThat(refusal("'model':'m','prompt':'p','image':'" + far + "'").param()).contains("image");
    var images = new StringBuilder("'https://a.example/0'");
    for (int i = 1; i < 17; i++) {
      images.append(",'https://a.example/").append(i).append("'");
    }
    assertThat(refusal("'model':'m','prompt':'p','images':[" + images + "]").param())
        .contains("images");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a model", "", " "})
  void a_name_that_no_model_can_have_is_refused(String name) {
    var error = refusal("'prompt':'p','model':'" + name + "'");

    assertThat(error.param()).contains("model");
  }

  private static VideoAsk read(String fields) {
    return readBody("{'model':'sora-2','prompt':'p'," + fields + "}");
  }

  private static VideoAsk readBody(String body) {
    return UnifiedCreate.read(
        body(body.replace('\'', '"')), INPUTS, () -> List.of("sora-2", "veo3"));
  }

  private static BodyReader.Body body(String json) {
    return new BodyReader(BODY_BYTES_MAX).read(json.getBytes(UTF_8), "application/json");
  }

  private static ApiError refusal(String fields) {
    return refusalOf("{" + fields + "}");
  }

  private static ApiError refusalOf(String body) {
    var thrown = catchThrowableOfType(ApiRefusal.class, () -> readBody(body));
    assertThat(thrown).as(body).isNotNull();
    return thrown.error();
  }
}
