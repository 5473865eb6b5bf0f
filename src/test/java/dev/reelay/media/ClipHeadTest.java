package dev.reelay.media;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.asset.ClipProbe.Facts;
import dev.reelay.testkit.SampleClips;
import dev.reelay.testkit.SamplePictures;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClipHeadTest {
  @Test
  void a_whole_video_has_a_size_and_a_length() {
    assertThat(probe(SampleClips.mp4(2))).contains(new Facts("video/mp4", true, 64, 64, 2_000));
  }

  @Test
  void a_video_that_is_cut_short_is_none() {
    var whole = SampleClips.mp4(1);

    assertThat(probe(Arrays.copyOf(whole, whole.length / 2))).isEmpty();
  }

  @Test
  void of_webm_the_first_bytes_decide() {
    assertThat(probe(SampleClips.webm())).contains(new Facts("video/webm", true, 0, 0, 0));
  }

  @Test
  void sounds_are_known_by_their_first_bytes() {
    assertThat(probe(SampleClips.mp3())).contains(Facts.sound("audio/mpeg", 0));
    assertThat(probe(SampleClips.bareMp3())).contains(Facts.sound("audio/mpeg", 0));
    assertThat(probe(SampleClips.m4a())).contains(Facts.sound("audio/mp4", 0));
    assertThat(probe(SampleClips.wav(7))).contains(Facts.sound("audio/wav", 7_000));
  }

  @Test
  void a_wave_of_another_layout_or_of_no_speed_has_no_known_length() {
    var odd = SampleClips.wav(7);
    odd[12] = 'J';
    var still = SampleClips.wav(7);
    Arrays.fill(still, 28, 32, (byte) 0);

    assertThat(probe(odd)).contains(Facts.sound("audio/wav", 0));
    assertThat(probe(still)).contains(Facts.sound("audio/wav", 0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ID3",
        "ID3 is how a tag begins, and this a text",
        "<!DOCTYPE html><html><body>not found</body></html>",
        "{\"error\":{\"message\":\"expired\"}}",
        "RIFF\0\0\0\0AVI LIST",
        "\u00ff\u00f1P\u0080 an AAC stream",
        "\u00ff\u00fe a text of two bytes a letter",
        "\u00ff\u00fb\u00f0d no bitrate has this number"
      })
  void other_files_are_neither(String content) {
    assertThat(probe(content.getBytes(ISO_8859_1))).isEmpty();
  }

  @Test
  void a_picture_is_no_clip() {
    assertThat(probe(SamplePictures.png(64, 64))).isEmpty();
    assertThat(probe(SamplePictures.gif(64, 64))).isEmpty();
    assertThat(probe(SamplePictures.webpLossy(64, 64))).isEmpty();
  }

  private static Optional<Facts> probe(byte[] bytes) {
    return new ClipHead().probe(ByteBuffer.wrap(bytes));
  }
}
