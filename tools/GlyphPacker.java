import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;

/**
 * Packs the .hex file of GNU Unifont (Debian package "unifont") into the resource that the sandbox
 * renderer reads. One glyph is: code point (2 bytes), number of bitmap bytes (1 byte: 16 for a half
 * cell of 8 x 16, 32 for a full cell of 16 x 16), bitmap, rows from the top. Left out: control
 * characters, surrogates, private use and unassigned code points, of which Unifont only draws boxes
 * with numbers.
 *
 * <p>Run with the .hex file and src/main/resources/dev/reelay/media/unifont.bin.gz as arguments.
 */
final class GlyphPacker {
  private static final int BEST_COMPRESSION = 9;

  public static void main(String[] arguments) throws IOException {
    var lines = Files.readAllLines(Path.of(arguments[0]));
    try (var file = Files.newOutputStream(Path.of(arguments[1]));
        var out = new DataOutputStream(new BestGzip(file))) {
      for (var line : lines) {
        var codePoint = Integer.parseInt(line.substring(0, line.indexOf(':')), 16);
        if (isWanted(codePoint)) {
          var bitmap = HexFormat.of().parseHex(line.substring(line.indexOf(':') + 1));
          out.writeShort(codePoint);
          out.writeByte(bitmap.length);
          out.write(bitmap);
        }
      }
    }
  }

  private static boolean isWanted(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }

  private static final class BestGzip extends GZIPOutputStream {
    BestGzip(OutputStream out) throws IOException {
      super(out);
      def.setLevel(BEST_COMPRESSION);
    }
  }
}
