package dev.reelay.provider;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RelayErrorsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "The model gen4.5 does not exist",
        "Model not found",
        "invalid params, model not exist",
        "There is no such model.",
        "Unknown model",
        "当前分组 default 下对于模型 sora-2 无可用渠道",
        "模型 sora-2 不存在"
      })
  void a_model_that_is_not_offered_is_known_by_what_is_said(String sentence) {
    assertThat(RelayErrors.isModelUnknown(Json.body().put("message", sentence))).isTrue();
  }

  /** A request that asks too much of a model must not take the model out of use. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Not Found",
        "The resolution 4k is not available for this model",
        "Unknown field seed for model sora-2",
        "model sora-2: the picture was not fetched, its address was not found",
        "This model does not support a last frame",
        "The task does not exist"
      })
  void what_a_model_cannot_do_is_no_missing_model(String sentence) {
    assertThat(RelayErrors.isModelUnknown(Json.body().put("message", sentence))).isFalse();
  }
}
