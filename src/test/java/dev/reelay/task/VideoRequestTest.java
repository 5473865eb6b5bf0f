package dev.reelay.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reelay.testkit.TaskSamples;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VideoRequestTest {
  private static final VideoRequest LIKE = TaskSamples.request();

  @Test
  void options_are_known_by_their_first_name() {
    var request = request(List.of(), Map.of("seed", "-7", "negative_prompt", "rain"));

    assertThat(request.seed()).hasValue(-7);
    assertThat(request.option("negative_prompt")).contains("rain");
    assertThat(request.option("style")).isEmpty();
    assertThat(request(List.of(), Map.of()).seed()).isEmpty();
  }

  @Test
  void a_video_has_one_first_frame_and_one_last() {
    for (var role : List.of(PictureRole.FIRST_FRAME, PictureRole.LAST_FRAME)) {
      var twice = new Picture.Web("https://a.example/1", role);

      assertThatThrownBy(() -> request(List.of(twice, twice), Map.of()))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static VideoRequest request(List<Picture> images, Map<String, String> options) {
    return new VideoRequest(
        LIKE.form(), LIKE.served(), LIKE.prompt(), LIKE.shape(), images, options, LIKE.extras());
  }
}
