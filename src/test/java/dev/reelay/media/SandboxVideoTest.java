package dev.reelay.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reelay.media.ProbeResult.Playable;
import dev.reelay.testkit.MemoryChannel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.jcodec.api.FrameGrab;
import org.jcodec.api.JCodecException;
import org.jcodec.common.io.ByteBufferSeekableByteChannel;
import org.jcodec.common.model.Picture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SandboxVideoTest {
  private static final double MEAN_BRIGHTNESS_ERROR_MAX = 2.0;

  private final SandboxVideo sandbox = new SandboxVideo();

  @ParameterizedTest
  @CsvSource({
    "320, 176, 5, 320, 176",
    "180, 320, 4, 180, 320",
    "256, 256, 1, 256, 256",
    "201, 115, 3, 200, 114",
    "64, 64, 60, 64, 64"
  })
  void a_clip_has_exactly_the_size_and_length_asked_for(
      int width, int height, int seconds, int shownWidth, int shownHeight) throws IOException {
    var clip = sandbox.render(new ClipSpec(width, height, seconds, "一只猫 a cat", "SANDBOX"));

    assertThat(Mp4Probe.probe(new MemoryChannel(clip.mp4())))
        .isEqualTo(new Playable(new VideoFacts(shownWidth, shownHeight, seconds * 1_000L, false)));
    var poster = ImageIO.read(new ByteArrayInputStream(clip.poster()));
    assertThat(poster.getWidth()).isEqualTo(shownWidth);
    assertThat(poster.getHeight()).isEqualTo(shownHeight);
  }

  @Test
  void every_coded_picture_decodes_to_what_was_drawn() throws IOException, JCodecException {
    var spec = new ClipSpec(320, 180, 3, "一只猫在钢琴上", "SANDBOX");
    var mp4 = sandbox.render(spec).mp4();
    var decoder =
        FrameGrab.createFrameGrab(
            ByteBufferSeekableByteChannel.readFromByteBuffer(ByteBuffer.wrap(mp4)));
    var scene = new ClipScene(spec, GlyphFont.bundled());
    var drawn = new Canvas(320, 180);

    for (var frame = 0; frame < 36; frame++) {
      scene.draw(drawn, frame % SandboxVideo.LOOP_FRAMES, SandboxVideo.LOOP_FRAMES);
      assertThat(meanBrightnessError(decoder.getNativeFrame(), drawn))
          .as("frame " + frame)
          .isLessThan(MEAN_BRIGHTNESS_ERROR_MAX);
    }
    assertThat(decoder.getNativeFrame()).isNull();
  }

  @Test
  void something_moves_between_any_two_frames() {
    var spec = new ClipSpec(320, 176, 1, "", "SANDBOX");
    var scene = new ClipScene(spec, GlyphFont.bundled());
    var before = new Canvas(320, 176);
    var after = new Canvas(320, 176);

    for (var frame = 0; frame < SandboxVideo.LOOP_FRAMES; frame++) {
      scene.draw(before, frame, SandboxVideo.LOOP_FRAMES);
      scene.draw(after, frame + 1, SandboxVideo.LOOP_FRAMES);
      assertThat(Arrays.mismatch(before.pixels(), after.pixels())).isNotNegative();
    }
  }

  @Test
  void prompt_and_label_are_seen() {
    var plain = poster("", "");

    assertThat(poster("", "SANDBOX")).isNotEqualTo(plain);
    assertThat(poster("猫", "")).isNotEqualTo(plain);
    assertThat(poster("猫", "")).isNotEqualTo(poster("狗", ""));
  }

  @Test
  void the_same_spec_gives_the_same_bytes() {
    var spec = new ClipSpec(160, 96, 2, "雨", "SANDBOX");

    assertThat(new SandboxVideo().render(spec).mp4()).isEqualTo(sandbox.render(spec).mp4());
    assertThat(sandbox.render(spec).poster()).isEqualTo(sandbox.render(spec).poster());
  }

  @Test
  void the_index_stands_before_the_pictures() {
    var mp4 = sandbox.render(new ClipSpec(64, 64, 1, "", "SANDBOX")).mp4();
    var text = new String(mp4, StandardCharsets.ISO_8859_1);

    assertThat(text.indexOf("moov")).isPositive().isLessThan(text.indexOf("mdat"));
  }

  @Test
  void a_prompt_of_any_kind_is_drawn_without_harm() {
    var hostile = "\ud800\u0000\uffff🚤\u202e" + "𝔘".repeat(5_000) + "\n".repeat(1_000);

    assertThat(sandbox.render(new ClipSpec(64, 64, 1, hostile, hostile)).mp4()).isNotEmpty();
    assertThat(sandbox.render(new ClipSpec(2_048, 64, 1, hostile, hostile)).mp4()).isNotEmpty();
  }

  @Test
  void sizes_and_lengths_out_of_range_are_refused() {
    assertThatThrownBy(() -> new ClipSpec(63, 64, 1, "", ""))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ClipSpec(64, 2_049, 1, "", ""))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ClipSpec(64, 64, 0, "", ""))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ClipSpec(64, 64, 61, "", ""))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private String poster(String prompt, String label) {
    var clip = sandbox.render(new ClipSpec(160, 96, 1, prompt, label));
    return Arrays.toString(clip.poster());
  }

  private static double meanBrightnessError(Picture decoded, Canvas drawn) {
    var sum = 0.0;
    for (var y = 0; y < drawn.height(); y++) {
      for (var x = 0; x < drawn.width(); x++) {
        var rgb = drawn.pixels()[y * drawn.width() + x];
        var light =
            0.2126 * (rgb >> 16 & 0xff) + 0.7152 * (rgb >> 8 & 0xff) + 0.0722 * (rgb & 0xff);
        var shown = decoded.getPlaneData(0)[y * decoded.getWidth() + x] + 128;
        sum += Math.abs(16 + light * 219 / 255 - shown);
      }
    }
    return sum / (drawn.width() * drawn.height());
  }
}
