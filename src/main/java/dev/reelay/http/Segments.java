package dev.reelay.http;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A ready-made JSON answer but for its holes: the id as the caller wrote it, and the base URL under
 * which the caller reaches us.
 */
public final class Segments {
  /** What belongs into a hole. */
  public enum Hole {
    ID,
    BASE_URL
  }

  /** A hole in front of the character at {@code position}. */
  record Mark(Hole hole, int position) {}

  private final byte[][] pieces;
  private final Hole[] holes;

  private Segments(byte[][] pieces, Hole[] holes) {
    this.pieces = pieces;
    this.holes = holes;
  }

  static Segments cut(String text, List<Mark> marks) {
    var pieces = new byte[marks.size() + 1][];
    var holes = new Hole[marks.size()];
    int start = 0;
    for (int i = 0; i < marks.size(); i++) {
      var mark = marks.get(i);
      pieces[i] = utf8(text.substring(start, mark.position()));
      holes[i] = mark.hole();
      start = mark.position();
    }
    pieces[marks.size()] = utf8(text.substring(start));
    return new Segments(pieces, holes);
  }

  /** The whole answer. */
  public byte[] fill(String id, String baseUrl) {
    var idBytes = escaped(id);
    var baseBytes = escaped(baseUrl);
    int length = lengthBytes();
    for (var hole : holes) {
      length += of(hole, idBytes, baseBytes).length;
    }
    var all = new byte[length];
    int at = 0;
    for (int i = 0; i < holes.length; i++) {
      at = append(all, at, pieces[i]);
      at = append(all, at, of(holes[i], idBytes, baseBytes));
    }
    append(all, at, pieces[holes.length]);
    return all;
  }

  /** Bytes kept, without what will fill the holes. */
  public int lengthBytes() {
    int length = 0;
    for (var piece : pieces) {
      length += piece.length;
    }
    return length;
  }

  private static byte[] of(Hole hole, byte[] id, byte[] baseUrl) {
    return switch (hole) {
      case ID -> id;
      case BASE_URL -> baseUrl;
    };
  }

  private static int append(byte[] all, int at, byte[] piece) {
    System.arraycopy(piece, 0, all, at, piece.length);
    return at + piece.length;
  }

  private static byte[] escaped(String text) {
    var out = new StringBuilder(text.length());
    JsonText.escape(text, out);
    return utf8(out.toString());
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
