package dev.reelay.media;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.plugins.jpeg.JPEGImageWriteParam;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Turns a canvas into a JPEG file with the writer of the JDK, all in memory. */
final class JpegPoster {
  private static final float QUALITY = 0.88f;

  private JpegPoster() {}

  static byte[] of(Canvas canvas) {
    var image = new BufferedImage(canvas.width(), canvas.height(), BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, canvas.width(), canvas.height(), canvas.pixels(), 0, canvas.width());
    var bytes = new ByteArrayOutputStream();
    try (var out = new MemoryCacheImageOutputStream(bytes)) {
      var writer = ImageIO.getImageWritersByFormatName("jpeg").next();
      var settings = new JPEGImageWriteParam(Locale.ROOT);
      settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      settings.setCompressionQuality(QUALITY);
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), settings);
      writer.dispose();
    } catch (IOException e) {
      throw new UncheckedIOException("writing a JPEG to memory failed", e);
    }
    return bytes.toByteArray();
  }
}
