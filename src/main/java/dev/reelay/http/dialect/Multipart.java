package dev.reelay.http.dialect;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Cuts a form (RFC 7578, RFC 2046 section 5.1.1) into its parts, which stay pieces of the one array
 * that the body is: nothing is copied, and one pass finds them all, whatever the bytes are. The
 * whole body is bounded where it was read. Line ends may lack their carriage return.
 */
final class Multipart {
  static final int PARTS_MAX = 256;
  static final int PART_HEAD_BYTES_MAX = 4 << 10;

  /** RFC 2046 allows 70; some programs exceed it. */
  static final int BOUNDARY_CHARS_MAX = 200;

  /** How far into the body the first part is looked for: a preamble is meant for people. */
  static final int PREAMBLE_BYTES_MAX = 4 << 10;

  private final byte[] body;
  private final byte[] delimiter;
  private final List<Part> parts = new ArrayList<>();

  /** One part: its head and its bytes, read-only. */
  record Part(PartHead head, ByteBuffer content) {}

  private Multipart(byte[] body, String boundary) {
    this.body = body;
    this.delimiter = ("--" + boundary).getBytes(ISO_8859_1);
  }

  /**
   * The parts in their order.
   *
   * @param boundary as {@link #boundary} found it
   * @throws dev.reelay.http.ApiRefusal 400 if the body is no form within the bounds
   */
  static List<Part> parts(byte[] body, String boundary) {
    var form = new Multipart(body, boundary);
    form.cut();
    return form.parts;
  }

  /**
   * What divides the parts: as the header says where the body agrees, else as the body's own first
   * line says; empty if the body is no form.
   */
  static Optional<String> boundary(byte[] body, String contentType) {
    boolean isDeclared = contentType.strip().toLowerCase(Locale.ROOT).startsWith("multipart/");
    var declared =
        Optional.ofNullable(PartHead.parameters(contentType).get("boundary"))
            .filter(text -> isDeclared && isBoundary(text));
    var head = new String(body, 0, Math.min(body.length, PREAMBLE_BYTES_MAX), ISO_8859_1);
    if (declared.isPresent() && ("\n" + head).contains("\n--" + declared.get())) {
      return declared;
    }
    if (!head.startsWith("--")) {
      return Optional.empty();
    }
    return Optional.of(head.lines().findFirst().orElse("").substring(2).stripTrailing())
        .filter(Multipart::isBoundary);
  }

  private static boolean isBoundary(String text) {
    return !text.isEmpty()
        && text.length() <= BOUNDARY_CHARS_MAX
        && text.chars().allMatch(c -> c >= ' ' && c <= '~');
  }

  private void cut() {
    int at = isDelimiter(0) ? delimiter.length : after(nextDelimiter(0));
    while (!startsWith("--", at)) {
      if (parts.size() == PARTS_MAX) {
        throw BodyReader.badForm(
            "The form has more than " + PARTS_MAX + " parts.", "表单最多 " + PARTS_MAX + " 个部分。");
      }
      int head = lineEnd(at) + 1;
      int content = headEnd(head);
      // The break above an empty content may be the one in front of the next delimiter, too.
      int next = nextDelimiter(content - 1);
      parts.add(new Part(parse(head, content), slice(content, next)));
      at = after(next);
    }
  }

  /** Where the line break in front of the next delimiter stands. */
  private int nextDelimiter(int from) {
    for (int i = from; i < body.length; i++) {
      if (body[i] == '\n' && isDelimiter(i + 1)) {
        return i;
      }
    }
    throw BodyReader.badForm("The form has no end: its last boundary is missing.", "表单不完整：缺少结束边界。");
  }

  /** A longer word that begins with the boundary is none. */
  private boolean isDelimiter(int at) {
    if (body.length - at < delimiter.length) {
      return false;
    }
    for (int i = 0; i < delimiter.length; i++) {
      if (body[at + i] != delimiter[i]) {
        return false;
      }
    }
    int end = at + delimiter.length;
    return end == body.length || isBlank(body[end]) || startsWith("--", end);
  }

  private int after(int lineBreak) {
    return lineBreak + 1 + delimiter.length;
  }

  private int lineEnd(int from) {
    for (int i = from; i < body.length && isBlank(body[i]); i++) {
      if (body[i] == '\n') {
        return i;
      }
    }
    throw BodyReader.badForm("The form ends within a part.", "表单在某部分中间结束。");
  }

  /** Where the content below a head begins: after the first empty line. */
  private int headEnd(int head) {
    int line = head;
    for (int i = head; i < body.length && i - head < PART_HEAD_BYTES_MAX; i++) {
      if (body[i] == '\n') {
        boolean isEmpty = i == line || (i == line + 1 && body[line] == '\r');
        if (isEmpty) {
          return i + 1;
        }
        line = i + 1;
      }
    }
    throw BodyReader.badForm(
        "The head of a part has no end within " + PART_HEAD_BYTES_MAX + " bytes.",
        "表单某部分的头部未在 " + PART_HEAD_BYTES_MAX + " 字节内结束。");
  }

  private PartHead parse(int head, int content) {
    return PartHead.parse(new String(body, head, content - head, UTF_8));
  }

  private ByteBuffer slice(int content, int lineBreak) {
    int end = lineBreak > content && body[lineBreak - 1] == '\r' ? lineBreak - 1 : lineBreak;
    return ByteBuffer.wrap(body, content, Math.max(0, end - content)).slice().asReadOnlyBuffer();
  }

  private boolean startsWith(String two, int at) {
    return at + 1 < body.length && body[at] == two.charAt(0) && body[at + 1] == two.charAt(1);
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t' || b == '\r' || b == '\n';
  }
}
