package dev.reelay.media;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.jcodec.codecs.h264.H264Encoder;
import org.jcodec.codecs.h264.H264Utils;
import org.jcodec.codecs.h264.encode.RateControl;
import org.jcodec.codecs.h264.io.model.NALUnit;
import org.jcodec.codecs.h264.io.model.NALUnitType;
import org.jcodec.codecs.h264.io.model.SliceType;
import org.jcodec.codecs.h264.io.model.VUIParameters;
import org.jcodec.common.model.ColorSpace;
import org.jcodec.common.model.Picture;
import org.jcodec.common.model.Size;

/**
 * Encodes one closed loop of H.264 pictures: the first is complete in itself, the others refer to
 * the one before, so that the samples of the loop may be repeated as often as wanted. Colours are
 * BT.709 in the limited range, and the stream says so. The coded size is in whole blocks of 16
 * pixels; the stream crops it to the size asked for.
 */
final class LoopEncoder {
  /**
   * Lower is finer and larger. From 16 on JCodec 0.2.5 rounds the means of whole blocks away, block
   * after block, and the colours drift visibly from left to right; 14 is exact to a step or two.
   */
  private static final int QUANTIZER = 14;

  private static final int BLOCK_PIXELS = 16;
  private static final int MOTION_SEARCH_PIXELS = 4;
  private static final int BT_709 = 1;
  private static final int UNSPECIFIED_VIDEO_FORMAT = 5;
  private static final int BUFFER_BYTES_PER_PIXEL = 4;
  private static final int PARAMETER_SET_BYTES_MAX = 256;
  private static final int BLOCKS_OF_LEVEL_4 = 8_192;
  private static final int LEVEL_4 = 40;
  private static final int LEVEL_5_1 = 51;

  private final H264Encoder encoder;
  private final Picture picture;
  private final ByteBuffer buffer;
  private final byte[] avcC;

  LoopEncoder(int width, int height, int loopFrames) {
    this.encoder = new H264Encoder(new FixedQuantizer());
    encoder.setKeyInterval(loopFrames);
    encoder.setMotionSearchRange(MOTION_SEARCH_PIXELS);
    var codedWidth = wholeBlocks(width);
    var codedHeight = wholeBlocks(height);
    this.picture = Picture.create(codedWidth, codedHeight, ColorSpace.YUV420J);
    this.buffer = ByteBuffer.allocate(codedWidth * codedHeight * BUFFER_BYTES_PER_PIXEL);
    this.avcC = avcC(encoder, new Size(width, height));
  }

  private static int wholeBlocks(int pixels) {
    return (pixels + BLOCK_PIXELS - 1) / BLOCK_PIXELS * BLOCK_PIXELS;
  }

  /** What a player must know before the first sample: the content of the box avcC. */
  byte[] avcC() {
    return avcC;
  }

  /** The next sample: the slices of one picture, each with its length in four bytes before it. */
  byte[] encode(Canvas canvas) {
    fill(canvas);
    buffer.clear();
    var coded = encoder.encodeFrame(picture, buffer).getData();
    var sample = new ByteArrayOutputStream(coded.remaining());
    for (var unit : H264Utils.splitFrame(coded)) {
      var type = NALUnit.read(unit.duplicate()).type;
      if (type == NALUnitType.IDR_SLICE || type == NALUnitType.NON_IDR_SLICE) {
        var bytes = new byte[unit.remaining()];
        unit.get(bytes);
        sample.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        sample.writeBytes(bytes);
      }
    }
    return sample.toByteArray();
  }

  private void fill(Canvas canvas) {
    var luma = picture.getPlaneData(0);
    for (var y = 0; y < picture.getHeight(); y++) {
      var row = Math.min(y, canvas.height() - 1) * canvas.width();
      for (var x = 0; x < picture.getWidth(); x++) {
        var rgb = canvas.pixels()[row + Math.min(x, canvas.width() - 1)];
        luma[y * picture.getWidth() + x] = luma(rgb >> 16 & 0xff, rgb >> 8 & 0xff, rgb & 0xff);
      }
    }
    for (var y = 0; y < picture.getHeight() / 2; y++) {
      var row = Math.min(2 * y, canvas.height() - 2) * canvas.width();
      for (var x = 0; x < picture.getWidth() / 2; x++) {
        fillChroma(canvas, row + Math.min(2 * x, canvas.width() - 2), y, x);
      }
    }
  }

  /** One pair of colour samples from the square of four pixels whose first one is given. */
  private void fillChroma(Canvas canvas, int first, int y, int x) {
    var red = 0;
    var green = 0;
    var blue = 0;
    for (var corner = 0; corner < 4; corner++) {
      var rgb = canvas.pixels()[first + corner % 2 + corner / 2 * canvas.width()];
      red += rgb >> 16 & 0xff;
      green += rgb >> 8 & 0xff;
      blue += rgb & 0xff;
    }
    var at = y * (picture.getWidth() / 2) + x;
    picture.getPlaneData(1)[at] = scaled(-6_596L * red - 22_188L * green + 28_784L * blue, 4);
    picture.getPlaneData(2)[at] = scaled(28_784L * red - 26_145L * green - 2_639L * blue, 4);
  }

  /** BT.709 brightness, 16 to 235; the encoder wants it less 128. */
  private static byte luma(int red, int green, int blue) {
    return (byte) (scaled(11_966L * red + 40_254L * green + 4_064L * blue, 1) + 16 - 128);
  }

  /** Undoes the factor 65,536 of the constants and the number of pixels summed, to the nearest. */
  private static byte scaled(long sum, int pixels) {
    return (byte) Math.floorDiv(sum + 32_768L * pixels, 65_536L * pixels);
  }

  private static byte[] avcC(H264Encoder encoder, Size size) {
    var sps = encoder.initSPS(size);
    sps.constraintSet1Flag = true;
    sps.levelIdc = blocks(size) <= BLOCKS_OF_LEVEL_4 ? LEVEL_4 : LEVEL_5_1;
    sps.vuiParams = colourDescription();
    var spsBytes = unit(NALUnitType.SPS, H264Utils.writeSPS(sps, PARAMETER_SET_BYTES_MAX));
    var pps = H264Utils.writePPS(encoder.initPPS(), PARAMETER_SET_BYTES_MAX);
    var ppsBytes = unit(NALUnitType.PPS, pps);
    var out = new ByteArrayOutputStream();
    out.write(1);
    out.write(spsBytes, 1, 3);
    out.write(0xfc | (Integer.BYTES - 1));
    out.write(0xe0 | 1);
    writeWithLength(out, spsBytes);
    out.write(1);
    writeWithLength(out, ppsBytes);
    return out.toByteArray();
  }

  private static int blocks(Size size) {
    return wholeBlocks(size.getWidth())
        / BLOCK_PIXELS
        * (wholeBlocks(size.getHeight()) / BLOCK_PIXELS);
  }

  private static VUIParameters colourDescription() {
    var vui = new VUIParameters();
    vui.videoSignalTypePresentFlag = true;
    vui.videoFormat = UNSPECIFIED_VIDEO_FORMAT;
    vui.colourDescriptionPresentFlag = true;
    vui.colourPrimaries = BT_709;
    vui.transferCharacteristics = BT_709;
    vui.matrixCoefficients = BT_709;
    return vui;
  }

  private static byte[] unit(NALUnitType type, ByteBuffer payload) {
    var whole = ByteBuffer.allocate(1 + payload.remaining());
    new NALUnit(type, 3).write(whole);
    return whole.put(payload).array();
  }

  private static void writeWithLength(ByteArrayOutputStream out, byte[] unit) {
    out.write(unit.length >> 8);
    out.write(unit.length);
    out.writeBytes(unit);
  }

  /** The same fineness everywhere: no state, so the same pictures give the same bytes. */
  private static final class FixedQuantizer implements RateControl {
    @Override
    public int startPicture(Size size, int bytesMax, SliceType type) {
      return QUANTIZER;
    }

    @Override
    public int initialQpDelta() {
      return 0;
    }

    @Override
    public int accept(int bits) {
      return 0;
    }
  }
}
