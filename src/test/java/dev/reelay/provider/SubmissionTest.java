package dev.reelay.provider;

import static org.assertj.core.api.Assertions.assertThat;

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

  private static Submission submission(List<SentPicture> pictures) {
    return new Submission(TaskSamples.request(), pictures, "token", Optional.empty());
  }
}
