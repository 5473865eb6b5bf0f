package dev.reelay.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.task.ClipKind;
import dev.reelay.task.PictureRole;
import dev.reelay.testkit.TaskSamples;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SubmissionTest {
  private static final SentPicture LAST =
      new SentPicture.Address("https://a.example/last", PictureRole.LAST_FRAME);
  private static final SentPicture ONE =
      new SentPicture.Address("https://a.example/1", PictureRole.REFERENCE);
  private static final SentPicture TWO =
      new SentPicture.Address("https://a.example/2", PictureRole.REFERENCE);
  private static final SentPicture FIRST = new SentPicture.Address("https://a.example/first");

  @Test
  void pictures_are_found_by_their_role_wherever_they_stand() {
    var submission = submission(List.of(LAST, ONE, FIRST, TWO));

    assertThat(submission.firstFrame()).contains(FIRST);
    assertThat(submission.lastFrame()).contains(LAST);
    assertThat(submission.references()).containsExactly(ONE, TWO);
  }

  @Test
  void without_pictures_there_are_no_frames() {
    var submission = submission(List.of());

    assertThat(submission.firstFrame()).isEmpty();
    assertThat(submission.lastFrame()).isEmpty();
    assertThat(submission.references()).isEmpty();
  }

  @Test
  void clips_are_found_by_their_kind_in_their_order() {
    var clips =
        List.of(
            new SentClip("https://a.example/1.mp4", ClipKind.VIDEO),
            new SentClip("https://a.example/voice.mp3", ClipKind.AUDIO),
            new SentClip("https://a.example/2.mp4", ClipKind.VIDEO));

    var submission = with(List.of(), clips);

    assertThat(submission.referenceVideos())
        .containsExactly("https://a.example/1.mp4", "https://a.example/2.mp4");
    assertThat(submission.referenceAudios()).containsExactly("https://a.example/voice.mp3");
  }

  @Test
  void a_frame_and_a_clip_clash_as_a_frame_and_a_reference_do() {
    var clips = List.of(new SentClip("https://a.example/1.mp4", ClipKind.VIDEO));

    assertThat(with(List.of(FIRST), clips).clash()).isPresent();
    assertThat(with(List.of(ONE), clips).clash()).isEmpty();
  }

  private static Submission with(List<SentPicture> pictures, List<SentClip> clips) {
    return new Submission(TaskSamples.request(), pictures, clips, "token", Optional.empty());
  }

  private static Submission submission(List<SentPicture> pictures) {
    return new Submission(TaskSamples.request(), pictures, "token", Optional.empty());
  }
}
