package dev.reelay.http.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.media.ClipHead;
import dev.reelay.media.PictureHead;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every field under every name that relays document for their families of models, one by one: it is
 * known, it changes what is asked for, and a form asks for the same as JSON.
 */
class AliasTest {
  private static final int BODY_BYTES_MAX = 1 << 20;

  private final BodyReader bodies = new BodyReader(BODY_BYTES_MAX);
  private final InputReader inputs =
      new InputReader(
          new PictureReader(new PictureHead()),
          new ClipReader(new ClipHead(), UploadedFiles.Own.NONE, true));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "duration | 10",
        "seconds | 10",
        "video_length | 10",
        "video_config[duration] | 10",
        "video_config[seconds] | 10",
        "video_config[video_length] | 10",
        "size | small",
        "size | large",
        "size | 720P",
        "size | 1080P",
        "size | 1280x720",
        "size | 720x1280",
        "size | 16x9",
        "resolution | 480p",
        "resolution_name | 720p",
        "video_config[resolution] | 720p",
        "aspect_ratio | 9:16",
        "aspect_ratio | 21:9",
        "aspect_ratio | 2:3",
        "orientation | portrait",
        "orientation | landscape",
        "images | https://a.example/1.png",
        "images[] | https://a.example/1.png",
        "input_reference | https://a.example/1.png",
        "input_references[] | https://a.example/1.png",
        "reference_images[] | https://a.example/1.png",
        "image | https://a.example/1.png",
        "image[url] | https://a.example/1.png",
        "first_frame_image | https://a.example/1.png",
        "first_frame | https://a.example/1.png",
        "last_frame_image | https://a.example/1.png",
        "tail_image | https://a.example/1.png",
        "end_image[url] | https://a.example/1.png",
        "image_urls[] | https://a.example/1.png",
        "reference_videos[] | https://a.example/1.mp4",
        "video_url | https://a.example/1.mp4",
        "video[url] | https://a.example/1.mp4",
        "reference_audios[] | https://a.example/1.mp3",
        "audio_url | https://a.example/1.mp3",
        "prompt_optimizer | true",
        "prompt_extend | false",
        "aigc_watermark | true",
        "camera_fixed | true",
        "service_tier | flex",
        "mode | pro",
        "cfg_scale | 0.5",
        "movement_amplitude | large",
        "person_generation | allow_adult",
        "shot_type | multi",
        "watermark | false",
        "private | true",
        "character_url | https://a.example/1.mp4",
        "character_timestamps | 1,3",
        "character_from_task | task_1",
        "character_create | true",
        "style | anime",
        "storyboard | true",
        "enhance_prompt | true",
        "enable_upsample | true",
        "image_mode | frames",
        "negative_prompt | rain",
        "seed | 42",
        "audio | true",
        "voice_id | v1",
        "bgm | true",
        "is_rec | false",
        "off_peak | true",
        "wm_position | top_left",
        "wm_url | https://a.example/wm.png",
        "payload | mine",
        "metadata[user] | 7",
        "meta_data[user] | 7",
        "callback_url | https://a.example/hook",
        "notify_hook | https://a.example/hook"
      })
  void a_documented_field_is_read_from_json_and_from_a_form_alike(String name, String value) {
    var bare = read("{'model':'veo3','prompt':'p'}".replace('\'', '"'));

    var json = read(json(name, value));
    var form = read(form(name, value));

    assertThat(json.extras().warnings()).isEmpty();
    assertThat(json).isNotEqualTo(bare);
    assertThat(form).isEqualTo(json);
  }

  private VideoAsk read(String body) {
    return UnifiedCreate.read(bodies.read(body.getBytes(UTF_8), ""), inputs, List::of);
  }

  /** {@code a[b]} is an object, {@code a[]} a list. */
  private static String json(String name, String value) {
    int bracket = name.indexOf('[');
    var text = '"' + value + '"';
    if (bracket > 0) {
      var inner = name.substring(bracket + 1, name.length() - 1);
      text = inner.isEmpty() ? "[" + text + "]" : "{\"" + inner + "\":" + text + "}";
    }
    var outer = bracket > 0 ? name.substring(0, bracket) : name;
    return "{\"model\":\"veo3\",\"prompt\":\"p\",\"" + outer + "\":" + text + "}";
  }

  private static String form(String name, String value) {
    return part("model", "veo3") + part("prompt", "p") + part(name, value) + "--b--\r\n";
  }

  private static String part(String name, String value) {
    return "--b\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
        .formatted(name, value);
  }
}
