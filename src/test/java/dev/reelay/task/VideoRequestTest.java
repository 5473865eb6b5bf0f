package dev.reelay.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reelay.asset.AssetId;
import dev.reelay.routing.Need;
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

  @Test
  void references_of_any_kind_are_reference_input_and_frames_are_not() {
    var frame = new Picture.Web("https://a.example/1", PictureRole.FIRST_FRAME);
    var reference = new Picture.Web("https://a.example/2", PictureRole.REFERENCE);
    var voice = new Clip.Web("https://a.example/voice.mp3", ClipKind.AUDIO);

    assertThat(request(List.of(frame), Map.of()).hasReferenceInput()).isFalse();
    assertThat(request(List.of(frame, reference), Map.of()).hasReferenceInput()).isTrue();
    assertThat(request(List.of(), Map.of()).withClips(List.of(voice)).hasReferenceInput()).isTrue();
  }

  @Test
  void each_kind_of_clip_is_a_need_of_its_own() {
    var dance = new Clip.Web("https://a.example/dance.mp4", ClipKind.VIDEO);
    var kept = new AssetId("01k6x15vhrff09dkkqjrzwhm60");
    var voice = new Clip.Stored(kept, "audio/mpeg", 3, "ab".repeat(32), ClipKind.AUDIO);

    assertThat(LIKE.withClips(List.of(dance)).needs())
        .contains(Need.REFERENCE_VIDEO)
        .doesNotContain(Need.REFERENCE_AUDIO, Need.CLIP_ADDRESSES);
    assertThat(LIKE.withClips(List.of(voice)).needs())
        .contains(Need.REFERENCE_AUDIO, Need.CLIP_ADDRESSES)
        .doesNotContain(Need.REFERENCE_VIDEO);
  }

  private static VideoRequest request(List<Picture> images, Map<String, String> options) {
    return new VideoRequest(
        LIKE.form(), LIKE.served(), LIKE.prompt(), LIKE.shape(), images, options, LIKE.extras());
  }
}
