package dev.reelay.http.helidon;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import dev.reelay.http.BaseUrl;
import dev.reelay.http.FieldName;
import dev.reelay.http.HttpLimits;
import dev.reelay.http.Incoming;
import java.net.InetAddress;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * A request of the one form that is sent a million times: a GET without a body that came whole in
 * one read, with nothing behind it, on a connection that goes on. It is read where it lies. This
 * reader knows good requests only: what is not plainly of that form is nobody's here, and the
 * library judges it from its first byte.
 */
final class QuickRequest implements Incoming {
  /** The library reads as many bytes at once, so longer requests never come whole. */
  static final int BYTES_MAX = HttpLimits.REQUEST_LINE_BYTES_MAX;

  static final int LINES_MAX = 48;

  private static final byte[] BEGIN = "GET /".getBytes(US_ASCII);
  private static final byte[] VERSION = " HTTP/1.1\r\n".getBytes(US_ASCII);
  private static final byte[] CONNECTION = "connection".getBytes(US_ASCII);
  private static final byte[] KEEP_ALIVE = "keep-alive".getBytes(US_ASCII);
  private static final int PATH_START = BEGIN.length - 1;
  private static final int END_BYTES = 4;
  private static final int TO_LOWER_CASE = 0x20;

  /** These say that there is a body, or that more than this request is meant. */
  private static final byte[][] NOT_HERE = {
    "content-length".getBytes(US_ASCII),
    "transfer-encoding".getBytes(US_ASCII),
    "expect".getBytes(US_ASCII),
    "upgrade".getBytes(US_ASCII),
    "te".getBytes(US_ASCII),
    "trailer".getBytes(US_ASCII),
    "http2-settings".getBytes(US_ASCII),
  };

  private static final Map<FieldName, byte[]> NAMES = names();

  private final byte[] bytes;
  private final InetAddress peer;
  private int pathEnd;
  private int targetEnd;

  /** Start and end of the name, then of the value, of each header line. */
  private final int[] marks = new int[LINES_MAX * 4];

  private int marked;

  private QuickRequest(byte[] bytes, InetAddress peer) {
    this.bytes = bytes;
    this.peer = peer;
  }

  /** The request that the bytes are; empty if they are anything else, broken or not. */
  static Optional<QuickRequest> read(byte[] bytes, InetAddress peer) {
    var request = new QuickRequest(bytes, peer);
    return bytes.length <= BYTES_MAX
            && request.readTarget()
            && request.readLines()
            && request.namesHost()
        ? Optional.of(request)
        : Optional.empty();
  }

  private boolean readTarget() {
    if (!startsWith(0, BEGIN)) {
      return false;
    }
    int at = PATH_START;
    while (at < bytes.length && isTarget(bytes[at])) {
      if (bytes[at] == '?' && pathEnd == 0) {
        pathEnd = at;
      }
      at++;
    }
    targetEnd = at;
    pathEnd = pathEnd == 0 ? at : pathEnd;
    return startsWith(at, VERSION);
  }

  /** The library takes fragments and path parameters apart; such a target is left to it. */
  private static boolean isTarget(byte c) {
    return c > ' ' && c <= '~' && c != '#' && c != ';';
  }

  private boolean readLines() {
    int at = targetEnd + VERSION.length;
    int last = bytes.length - 2;
    while (at < last) {
      at = marked < LINES_MAX ? readLine(at) : -1;
      if (at < 0 || !mayStand(marked - 1)) {
        return false;
      }
    }
    return at == last && marked > 0 && isLineEnd(at);
  }

  /** Marks one line; the place behind its end, or -1 if it is not as we know them. */
  private int readLine(int start) {
    int colon = start;
    while (colon < bytes.length && isName(bytes[colon])) {
      colon++;
    }
    if (colon == start || colon == bytes.length || bytes[colon] != ':') {
      return -1;
    }
    int value = colon + 1;
    while (value < bytes.length && bytes[value] == ' ') {
      value++;
    }
    int end = value;
    while (end < bytes.length && bytes[end] >= ' ' && bytes[end] <= '~') {
      end++;
    }
    if (end + END_BYTES > bytes.length || !isLineEnd(end)) {
      return -1;
    }
    mark(start, colon, value, end);
    return end + 2;
  }

  private void mark(int start, int colon, int value, int end) {
    int valueEnd = end;
    while (valueEnd > value && bytes[valueEnd - 1] == ' ') {
      valueEnd--;
    }
    int at = marked * 4;
    marks[at] = start;
    marks[at + 1] = colon;
    marks[at + 2] = value;
    marks[at + 3] = valueEnd;
    marked++;
  }

  private static boolean isName(byte c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
  }

  private boolean isLineEnd(int at) {
    return bytes[at] == '\r' && bytes[at + 1] == '\n';
  }

  private boolean mayStand(int line) {
    if (isNamed(line, CONNECTION)) {
      return equalsIgnoringCase(marks[line * 4 + 2], marks[line * 4 + 3], KEEP_ALIVE);
    }
    for (var name : NOT_HERE) {
      if (isNamed(line, name)) {
        return false;
      }
    }
    return true;
  }

  private boolean namesHost() {
    int hosts = 0;
    for (int line = 0; line < marked; line++) {
      hosts += isNamed(line, wire(FieldName.HOST)) ? 1 : 0;
    }
    return hosts == 1 && BaseUrl.isHost(header(FieldName.HOST).orElse(""));
  }

  @Override
  public String method() {
    return "GET";
  }

  @Override
  public String rawPath() {
    return text(PATH_START, pathEnd);
  }

  @Override
  public String rawQuery() {
    return pathEnd == targetEnd ? "" : text(pathEnd + 1, targetEnd);
  }

  @Override
  public Optional<String> header(FieldName name) {
    var wanted = wire(name);
    var found = Optional.<String>empty();
    for (int line = 0; line < marked; line++) {
      if (isNamed(line, wanted)) {
        var value = text(marks[line * 4 + 2], marks[line * 4 + 3]);
        found = found.isEmpty() ? Optional.of(value) : found.map(first -> first + ", " + value);
      }
    }
    return found;
  }

  @Override
  public InetAddress peer() {
    return peer;
  }

  @Override
  public byte[] body(int limitBytes) {
    return new byte[0];
  }

  private boolean isNamed(int line, byte[] name) {
    return equalsIgnoringCase(marks[line * 4], marks[line * 4 + 1], name);
  }

  private boolean equalsIgnoringCase(int start, int end, byte[] lowerCase) {
    if (end - start != lowerCase.length) {
      return false;
    }
    for (int i = 0; i < lowerCase.length; i++) {
      byte c = bytes[start + i];
      int lower = c >= 'A' && c <= 'Z' ? c | TO_LOWER_CASE : c;
      if (lower != lowerCase[i]) {
        return false;
      }
    }
    return true;
  }

  private boolean startsWith(int at, byte[] piece) {
    if (at + piece.length > bytes.length) {
      return false;
    }
    for (int i = 0; i < piece.length; i++) {
      if (bytes[at + i] != piece[i]) {
        return false;
      }
    }
    return true;
  }

  private String text(int start, int end) {
    return new String(bytes, start, end - start, US_ASCII);
  }

  private static byte[] wire(FieldName name) {
    return requireNonNull(NAMES.get(name));
  }

  private static Map<FieldName, byte[]> names() {
    var names = new EnumMap<FieldName, byte[]>(FieldName.class);
    for (var field : FieldName.values()) {
      names.put(field, field.wire().getBytes(US_ASCII));
    }
    return Collections.unmodifiableMap(names);
  }
}
