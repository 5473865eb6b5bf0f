package dev.reelay.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.routing.ModelName;
import dev.reelay.task.TaskId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AskedIdTest {
  private static final TaskId ID = new TaskId("01k6x15vhrff09dkkqjrzwhm60");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sora-2:task_01k6x15vhrff09dkkqjrzwhm60",
        "task_01k6x15vhrff09dkkqjrzwhm60",
        "video_01k6x15vhrff09dkkqjrzwhm60",
        "veo3.1-fast:video_01k6x15vhrff09dkkqjrzwhm60",
        ":task_01k6x15vhrff09dkkqjrzwhm60",
        "a:b:c:task_01k6x15vhrff09dkkqjrzwhm60",
        "sora-2%3Atask_01k6x15vhrff09dkkqjrzwhm60",
        "sora-2%3atask_01k6x15vhrff09dkkqjrzwhm60",
        "what ever\":task_01k6x15vhrff09dkkqjrzwhm60"
      })
  void a_form_of_ours_is_read_and_kept_as_it_is(String text) {
    var asked = AskedId.parse(text);

    assertThat(asked).contains(new AskedId(ID, text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "task_",
        "01k6x15vhrff09dkkqjrzwhm60",
        "sora-2:01k6x15vhrff09dkkqjrzwhm60",
        "TASK_01k6x15vhrff09dkkqjrzwhm60",
        "task_01K6X15VHRFF09DKKQJRZWHM60",
        "task_01k6x15vhrff09dkkqjrzwhm6",
        "task_01k6x15vhrff09dkkqjrzwhm600",
        "task_81k6x15vhrff09dkkqjrzwhm60",
        "task_01k6x15vhrff09dkkqjrzwhm6u",
        "xtask_01k6x15vhrff09dkkqjrzwhm60",
        "task_01k6x15vhrff09dkkqjrzwhm60:",
        "task_01k6x15vhrff09dkkqjrzwhm60 "
      })
  void what_we_never_wrote_is_no_id(String text) {
    assertThat(AskedId.parse(text)).isEmpty();
  }

  @Test
  void an_id_is_not_longer_than_its_bound() {
    assertThat(AskedId.parse("x".repeat(500) + ":" + ID.prefixed())).isEmpty();
  }

  @Test
  void what_would_break_a_path_is_not_written_into_an_id() {
    var written = AskedId.withModel(new ModelName("wan-ai/wan2.1:t2v?"), ID);

    assertThat(written.text()).isEqualTo("wan-ai-wan2.1-t2v-:task_01k6x15vhrff09dkkqjrzwhm60");
    assertThat(AskedId.parse(written.text())).contains(written);
  }
}
