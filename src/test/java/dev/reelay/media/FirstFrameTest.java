package dev.reelay.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.jcodec.codecs.h264.H264Utils;
import org.jcodec.codecs.h264.io.model.SeqParameterSet;
import org.jcodec.common.model.ColorSpace;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a stream says of its pictures before one is decoded. */
class FirstFrameTest {
  private static final byte[] SEQUENCE_PARAMETERS = {0, 0, 0, 1, 0x67};

  @ParameterizedTest
  @CsvSource({
    "320, 176, true",
    "4096, 2304, true",
    "2304, 4096, true",
    "4112, 2304, false",
    "16384, 16384, false",
    "16400, 16, false",
    "16, 16400, false",
    "500000, 500000, false"
  })
  void pictures_above_4k_are_not_decoded_here(int width, int height, boolean isSmall) {
    assertThat(FirstFrame.isSmall(units(parameters(width, height)))).isEqualTo(isSmall);
  }

  @ParameterizedTest
  @CsvSource({"4096, 1152, true", "4096, 1168, false"})
  void pictures_of_two_fields_count_twice(int width, int height, boolean isSmall) {
    var parameters = parameters(width, height);
    parameters.frameMbsOnlyFlag = false;

    assertThat(FirstFrame.isSmall(units(parameters))).isEqualTo(isSmall);
  }

  @ParameterizedTest
  @CsvSource({"320, 176, true", "16384, 16384, false"})
  void the_largest_of_all_sizes_counts(int width, int height, boolean isSmall) {
    var both = ByteBuffer.allocate(200);
    both.put(units(parameters(320, 176))).put(units(parameters(width, height))).flip();

    assertThat(FirstFrame.isSmall(both)).isEqualTo(isSmall);
    assertThat(both.position()).isZero();
  }

  private static SeqParameterSet parameters(int width, int height) {
    var parameters = new SeqParameterSet();
    parameters.profileIdc = 66;
    parameters.levelIdc = 40;
    parameters.chromaFormatIdc = ColorSpace.YUV420;
    parameters.frameMbsOnlyFlag = true;
    parameters.picWidthInMbsMinus1 = width / 16 - 1;
    parameters.picHeightInMapUnitsMinus1 = height / 16 - 1;
    return parameters;
  }

  private static ByteBuffer units(SeqParameterSet parameters) {
    var bytes = ByteBuffer.allocate(100).put(SEQUENCE_PARAMETERS);
    return bytes.put(H264Utils.writeSPS(parameters, 64)).flip();
  }
}
