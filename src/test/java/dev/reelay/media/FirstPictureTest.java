package dev.reelay.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.reelay.asset.StillPictures;
import dev.reelay.testkit.SamplePictures;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Still pictures of stored videos. */
class FirstPictureTest {
  private static final String NO_SUCH_PROGRAM = "/nowhere/ffmpeg";
  private static final byte[] WEBM =
      "\u001aE\u00df\u00a3\u0001B\u0082\u0084webm".getBytes(StandardCharsets.ISO_8859_1);

  @TempDir Path folder;

  @Test
  void the_first_picture_of_an_h264_video_looks_like_what_was_drawn() throws IOException {
    var clip = new SandboxVideo().render(new ClipSpec(320, 180, 1, "a fox", "SANDBOX"));
    var video = Files.write(folder.resolve("v.mp4"), clip.mp4());

    var still = new FirstPicture(NO_SUCH_PROGRAM).of(video).orElseThrow();

    assertThat(still.width()).isEqualTo(320);
    assertThat(still.height()).isEqualTo(180);
    var made = ImageIO.read(new ByteArrayInputStream(still.bytes()));
    var drawn = ImageIO.read(new ByteArrayInputStream(clip.poster()));
    assertThat(made.getWidth()).isEqualTo(320);
    for (int shift : new int[] {0, 8, 16}) {
      assertThat(mean(made, shift)).isCloseTo(mean(drawn, shift), within(8.0));
    }
  }

  @Test
  void what_is_no_video_and_what_nobody_can_decode_have_no_picture() throws IOException {
    var page = Files.writeString(folder.resolve("page.mp4"), "<html>not here</html>");
    var webm = Files.write(folder.resolve("v.webm"), WEBM);

    assertThat(new FirstPicture(NO_SUCH_PROGRAM).of(page)).isEmpty();
    assertThat(new FirstPicture(NO_SUCH_PROGRAM).of(webm)).isEmpty();
  }

  @Test
  void ffmpeg_is_asked_for_what_we_cannot_decode_and_held_to_files_and_a_format()
      throws IOException {
    var poster = new SandboxVideo().render(new ClipSpec(320, 180, 1, "a fox", "S")).poster();
    var jpeg = Files.write(folder.resolve("poster.jpg"), poster);
    var asked = folder.resolve("asked");
    var program = program("echo \"$@\" > " + asked + "; cat " + jpeg);
    var webm = Files.write(folder.resolve("v.webm"), WEBM);

    var still = new FirstPicture(program).of(webm).orElseThrow();

    assertThat(still.bytes()).isEqualTo(poster);
    assertThat(Files.readString(asked))
        .contains("-nostdin", "-protocol_whitelist file,pipe -f matroska -i file:" + webm);
  }

  @Test
  void a_program_that_fails_or_prints_no_picture_gives_none() throws IOException {
    var webm = Files.write(folder.resolve("v.webm"), WEBM);

    assertThat(new FirstPicture(program("exit 1")).of(webm)).isEmpty();
    assertThat(new FirstPicture(program("echo no picture")).of(webm)).isEmpty();
  }

  @Test
  void what_ffmpeg_prints_is_not_decoded_and_has_the_size_of_a_video() throws IOException {
    assertThat(printed(SamplePictures.jpeg(16_384, 9_000)))
        .hasValueSatisfying(
            still -> {
              assertThat(still.width()).isEqualTo(16_384);
              assertThat(still.height()).isEqualTo(9_000);
            });
    assertThat(printed(SamplePictures.jpeg(16_385, 16))).isEmpty();
    assertThat(printed(SamplePictures.jpeg(16, 65_535))).isEmpty();
    assertThat(printed(SamplePictures.png(640, 480))).isEmpty();
  }

  private Optional<StillPictures.Still> printed(byte[] picture) throws IOException {
    var file = Files.write(folder.resolve("printed"), picture);
    var webm = Files.write(folder.resolve("v.webm"), WEBM);
    return new FirstPicture(program("cat " + file)).of(webm);
  }

  /** A shell sets PWD, SHLVL and _ by itself. */
  @Test
  void the_program_sees_nothing_of_our_environment_but_the_path() throws IOException {
    var seen = folder.resolve("seen");
    var webm = Files.write(folder.resolve("v.webm"), WEBM);

    new FirstPicture(program("env > " + seen)).of(webm);

    assertThat(System.getenv()).hasSizeGreaterThan(1);
    assertThat(Files.readAllLines(seen))
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line).matches("(PATH|PWD|OLDPWD|SHLVL|_)=.*"));
  }

  private String program(String script) throws IOException {
    var file = Files.createTempFile(folder, "ffmpeg", ".sh");
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    return file.toString();
  }

  private static double mean(BufferedImage image, int shift) {
    long sum = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        sum += image.getRGB(x, y) >> shift & 0xff;
      }
    }
    return (double) sum / (image.getWidth() * image.getHeight());
  }
}
