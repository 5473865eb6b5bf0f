package dev.reelay.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.asset.AssetId;
import dev.reelay.routing.ModelName;
import dev.reelay.task.Clip;
import dev.reelay.task.ClipKind;
import dev.reelay.task.Picture;
import dev.reelay.task.PictureRole;
import dev.reelay.task.VideoRequest;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestJsonTest {
  private static final RequestJson.Columns COLUMNS =
      new RequestJson.Columns(
          "unified", new ModelName("sora-2"), new ModelName("sora-2"), VideoRequest.Extras.NONE);

  @Test
  void a_row_from_before_pictures_were_kept_is_read() {
    var request = RequestJson.read(row("\"https://pictures.example/1.png\""), COLUMNS);

    assertThat(request.images()).containsExactly(new Picture.Web("https://pictures.example/1.png"));
  }

  @Test
  void a_kept_picture_is_read_as_it_was_written() {
    var id = "01k6x15vhrff09dkkqjrzwhm60";
    var hash = "ab".repeat(32);
    var json =
        """
        {"asset":"%s","type":"image/png","bytes":3,"sha256":"%s"},"https://a.example/1\"\
        """
            .formatted(id, hash);

    var request = RequestJson.read(row(json), COLUMNS);

    assertThat(request.images())
        .containsExactly(
            new Picture.Stored(new AssetId(id), "image/png", 3, hash, PictureRole.REFERENCE),
            new Picture.Web("https://a.example/1", PictureRole.REFERENCE));
    assertThat(RequestJson.read(RequestJson.write(request), COLUMNS)).isEqualTo(request);
  }

  @Test
  void the_roles_of_pictures_are_read_as_they_were_written() {
    var images = "\"https://a.example/1\",\"https://a.example/2\",\"https://a.example/3\"";
    var roles = ",\"roles\":[\"last_frame\",\"first_frame\",\"reference\"]}";

    var request = RequestJson.read(row(images).replaceFirst("}$", roles), COLUMNS);

    assertThat(request.images())
        .containsExactly(
            new Picture.Web("https://a.example/1", PictureRole.LAST_FRAME),
            new Picture.Web("https://a.example/2", PictureRole.FIRST_FRAME),
            new Picture.Web("https://a.example/3", PictureRole.REFERENCE));
    assertThat(RequestJson.read(RequestJson.write(request), COLUMNS)).isEqualTo(request);
  }

  @Test
  void clips_are_read_as_they_were_written() {
    var kept = new AssetId("01k6x15vhrff09dkkqjrzwhm60");
    var clips =
        List.<Clip>of(
            new Clip.Web("https://a.example/dance.mp4", ClipKind.VIDEO),
            new Clip.Stored(kept, "audio/mpeg", 3, "ab".repeat(32), ClipKind.AUDIO));

    var request = RequestJson.read(row(""), COLUMNS).withClips(clips);

    assertThat(RequestJson.read(RequestJson.write(request), COLUMNS)).isEqualTo(request);
  }

  @Test
  void a_row_from_before_there_were_clips_has_none() {
    assertThat(RequestJson.read(row(""), COLUMNS).clips()).isEmpty();
  }

  private static String row(String images) {
    return """
    {"size":"small","orientation":"portrait","prompt":"a cat",
     "shape":{"seconds":5,"lines":720,"ratio":"9:16","audio":false},
     "images":[%s],"options":{}}\
    """
        .formatted(images);
  }
}
