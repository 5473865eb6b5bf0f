package dev.reelay.media;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.asset.PictureProbe.Facts;
import dev.reelay.testkit.SamplePictures;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PictureHeadTest {
  private final PictureHead head = new PictureHead();

  static Stream<Arguments> kinds() {
    return Stream.of(
        Arguments.of(SamplePictures.png(640, 480), new Facts("image/png", 640, 480)),
        Arguments.of(
            SamplePictures.png(2_000_000_000, 3), new Facts("image/png", 2_000_000_000, 3)),
        Arguments.of(SamplePictures.gif(640, 65_535), new Facts("image/gif", 640, 65_535)),
        Arguments.of(SamplePictures.jpeg(640, 65_000), new Facts("image/jpeg", 640, 65_000)),
        Arguments.of(SamplePictures.webpLossy(640, 480), new Facts("image/webp", 640, 480)),
        Arguments.of(
            SamplePictures.webpLossless(16_384, 16_383), new Facts("image/webp", 16_384, 16_383)),
        Arguments.of(
            SamplePictures.webpExtended(640, 100_000), new Facts("image/webp", 640, 100_000)));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void type_and_size_come_from_the_header(byte[] picture, Facts facts) {
    assertThat(head.probe(ByteBuffer.wrap(picture))).contains(facts);
    assertThat(head.probe(within(picture))).contains(facts);
  }

  @Test
  void a_real_jpeg_has_its_size() {
    var poster = new SandboxVideo().render(new ClipSpec(128, 96, 1, "", "")).poster();

    assertThat(head.probe(ByteBuffer.wrap(poster))).contains(new Facts("image/jpeg", 128, 96));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void a_header_that_is_cut_off_is_no_picture(byte[] picture, Facts facts) {
    for (int length = 0; length < 10; length++) {
      assertThat(head.probe(ByteBuffer.wrap(Arrays.copyOf(picture, length))))
          .as(facts.contentType() + " of " + length + " bytes")
          .isEmpty();
    }
  }

  @Test
  void what_has_no_size_or_is_no_picture_is_none() {
    assertThat(head.probe(ByteBuffer.wrap(SamplePictures.png(0, 480)))).isEmpty();
    assertThat(head.probe(ByteBuffer.wrap(SamplePictures.png(-1, 480)))).isEmpty();
    assertThat(head.probe(ByteBuffer.wrap("<svg width='1'/>".getBytes(UTF_8)))).isEmpty();
    assertThat(head.probe(ByteBuffer.allocate(0))).isEmpty();
  }

  @Test
  @Timeout(10)
  void spoilt_headers_and_endless_fill_bytes_end_soon() {
    var random = new SplittableRandom(20_261_125);
    var samples = kinds().map(kind -> (byte[]) kind.get()[0]).toList();
    for (int round = 0; round < 20_000; round++) {
      var picture = samples.get(round % samples.size()).clone();
      picture[random.nextInt(picture.length)] = (byte) random.nextInt();
      picture[random.nextInt(picture.length)] = (byte) random.nextInt();

      head.probe(ByteBuffer.wrap(picture))
          .ifPresent(facts -> assertThat(facts.pixels()).isPositive());
    }
    var fill = new byte[20 << 20];
    Arrays.fill(fill, (byte) 0xff);
    fill[1] = (byte) 0xd8;
    assertThat(head.probe(ByteBuffer.wrap(fill))).isEmpty();
  }

  /** As a file lies in the middle of a form. */
  private static ByteBuffer within(byte[] picture) {
    var form = new byte[picture.length + 20];
    System.arraycopy(picture, 0, form, 7, picture.length);
    return ByteBuffer.wrap(form, 7, picture.length).asReadOnlyBuffer();
  }
}
