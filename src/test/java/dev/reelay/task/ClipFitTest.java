package dev.reelay.task;

import static dev.reelay.task.ClipKind.AUDIO;
import static dev.reelay.task.ClipKind.VIDEO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.routing.Capability.Clips;
import dev.reelay.task.ClipFit.Asked;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClipFitTest {
  private static final Clips BOTH = new Clips(new Clips.Bound(2, 15), new Clips.Bound(1, 0));
  private static final Asked DANCE = clip(VIDEO, 0);
  private static final Asked VOICE = clip(AUDIO, 0);

  @Test
  void as_many_as_the_model_takes_fit() {
    assertThat(fit(DANCE, VOICE, DANCE)).isEqualTo(new ClipFit.Fits());
    assertThat(ClipFit.of(Clips.NONE, List.of(), true)).isEqualTo(new ClipFit.Fits());
  }

  @Test
  void one_too_many_of_a_kind_is_refused_with_what_it_takes() {
    assertThat(fit(DANCE, DANCE, DANCE)).isEqualTo(new ClipFit.TooMany(VIDEO, 3, BOTH));
    assertThat(fit(DANCE, VOICE, VOICE)).isEqualTo(new ClipFit.TooMany(AUDIO, 2, BOTH));
  }

  @Test
  void a_model_without_clips_refuses_each() {
    assertThat(ClipFit.of(Clips.NONE, List.of(VOICE), false))
        .isEqualTo(new ClipFit.TooMany(AUDIO, 1, Clips.NONE));
  }

  @Test
  void a_clip_may_be_less_than_a_second_longer_than_the_longest() {
    assertThat(fit(clip(VIDEO, 15_999))).isEqualTo(new ClipFit.Fits());
    assertThat(fit(clip(VIDEO, 16_000))).isEqualTo(new ClipFit.TooLong(VIDEO, 15));
  }

  @Test
  void where_nobody_says_how_long_a_clip_may_be_any_length_fits() {
    assertThat(fit(clip(AUDIO, 3_600_000))).isEqualTo(new ClipFit.Fits());
  }

  @Test
  void beside_frames_that_come_alone_no_clip_fits() {
    assertThat(ClipFit.of(BOTH, List.of(VOICE), true)).isEqualTo(new ClipFit.BesideFrames(AUDIO));
  }

  @Test
  void a_kind_that_goes_with_frames_fits_beside_them_and_leaves_bare_pictures_frames() {
    var voices = new Clips(new Clips.Bound(1, 0), new Clips.Bound(1, 0, true));

    assertThat(ClipFit.of(voices, List.of(VOICE), true)).isEqualTo(new ClipFit.Fits());
    assertThat(ClipFit.excludeFrames(voices, List.of(VOICE))).isFalse();
    assertThat(ClipFit.excludeFrames(voices, List.of(VOICE, DANCE))).isTrue();
    assertThat(ClipFit.excludeFrames(voices, List.of())).isFalse();
  }

  private static ClipFit fit(Asked... clips) {
    return ClipFit.of(BOTH, List.of(clips), false);
  }

  private static Asked clip(ClipKind kind, int millis) {
    return new Asked(kind, Duration.ofMillis(millis));
  }
}
