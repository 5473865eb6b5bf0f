package dev.reelay.http.dialect.unified;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.http.ApiError;
import dev.reelay.http.EdgeError;
import dev.reelay.http.ErrorShape;
import dev.reelay.http.Field;
import dev.reelay.http.FieldName;
import dev.reelay.http.Reply;
import dev.reelay.task.ErrorCode;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** The union shape, read by the rules of the clients that were looked at. */
class UnifiedErrorsTest {
  private static final UnifiedErrors ERRORS = new UnifiedErrors(false);
  private static final ErrorShape.Context ENGLISH = context("en-US,en;q=0.9");

  @ParameterizedTest
  @EnumSource(ErrorCode.class)
  void every_client_finds_message_and_code_of_every_error(ErrorCode code) {
    var reply = ERRORS.shape(ENGLISH, ApiError.of(code));

    var body = body(reply);
    // One kind of client reads only the nested message, another only the one at the top.
    assertThat(body.path("error").path("message").asString()).isEqualTo(code.english());
    assertThat(body.path("message").asString()).isEqualTo(code.english());
    assertThat(body.path("error").path("message_zh").asString()).isEqualTo(code.chinese());
    assertThat(body.path("error").path("code").asString()).isEqualTo(code.wire());
    assertThat(body.path("code").asString()).isEqualTo(code.wire());
    assertThat(body.path("error").path("param").isNull()).isTrue();
    assertThat(body.path("error").path("type").asString()).isNotEmpty();
    assertThat(reply.status()).isEqualTo(code.status());
  }

  @ParameterizedTest
  @EnumSource(EdgeError.class)
  void every_refusal_of_the_ground_floor_has_a_row_in_the_catalogue(EdgeError error) {
    var reply = ERRORS.shape(ENGLISH, error.problem());

    var codes = Arrays.stream(ErrorCode.values()).map(ErrorCode::wire).toList();
    assertThat(codes).contains(body(reply).path("code").asString());
    assertThat(reply.status()).isEqualTo(error.problem().status());
  }

  @ParameterizedTest
  @CsvSource({
    "zh-CN;q=0.9, true",
    "ZH, true",
    "en, false",
    "'en,zh', false",
    "'', false",
    "'zh-TW,zh;q=0.9,en;q=0.8', true"
  })
  void the_message_is_chinese_for_who_likes_it_best(String languages, boolean isChinese) {
    var body = body(ERRORS.shape(context(languages), ApiError.of(ErrorCode.TASK_FINAL)));

    var code = ErrorCode.TASK_FINAL;
    assertThat(body.path("message").asString())
        .isEqualTo(isChinese ? code.chinese() : code.english());
    assertThat(body.path("error").path("message_zh").asString()).isEqualTo(code.chinese());
  }

  @Test
  void a_low_balance_is_402_or_by_a_setting_403_with_the_same_words() {
    var error = ApiError.of(ErrorCode.INSUFFICIENT_BALANCE).fact("needed", "1.00");

    var paid = ERRORS.shape(ENGLISH, error);
    var forbidden = new UnifiedErrors(true).shape(ENGLISH, error);

    assertThat(paid.status()).isEqualTo(402);
    assertThat(forbidden.status()).isEqualTo(403);
    assertThat(body(forbidden)).isEqualTo(body(paid));
    assertThat(body(paid).path("error").path("needed").asString()).isEqualTo("1.00");
    assertThat(new UnifiedErrors(true).shape(ENGLISH, ApiError.of(ErrorCode.TASK_FINAL)).status())
        .isEqualTo(409);
  }

  @Test
  void a_broken_server_tells_the_request_and_nothing_else() {
    var body = body(ERRORS.shape(ENGLISH, EdgeError.INTERNAL_ERROR.problem()));

    assertThat(body.path("message").asString()).contains("req_1");
    assertThat(body.path("error").path("request_id").asString()).isEqualTo("req_1");
    assertThat(body.path("code").asString()).isEqualTo("internal");
  }

  @Test
  void a_field_with_its_allowed_values_and_when_to_come_back() {
    var error = ApiError.field("seconds", "no", "否").allowing(List.of("4", "8")).retryAfter(7);

    var reply = ERRORS.shape(ENGLISH, error);

    assertThat(body(reply).path("error").path("param").asString()).isEqualTo("seconds");
    assertThat(body(reply).path("error").path("allowed").size()).isEqualTo(2);
    assertThat(reply.fields()).contains(new Field(FieldName.RETRY_AFTER, "7"));
  }

  private static ErrorShape.Context context(String languages) {
    return new ErrorShape.Context("req_1", "/v1/video/query", languages);
  }

  private static JsonNode body(Reply.Ready reply) {
    return SampleJson.tree(reply.body());
  }
}
