package dev.reelay.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a handler answers. The request id and the CORS fields are added by {@link Edge}. */
public sealed interface Reply {
  int status();

  List<Field> fields();

  /** The same answer with one more header field. */
  Reply with(Field field);

  static Ready ready(int status, byte[] body, Field... fields) {
    return new Ready(status, body, List.of(fields));
  }

  static Ready json(int status, byte[] body) {
    return new Ready(status, body, Ready.JSON_ONLY);
  }

  static Ready empty(int status, Field... fields) {
    return new Ready(status, Ready.NOTHING, List.of(fields));
  }

  /** Bytes that are all there. The array is handed over: nobody writes to it any more. */
  final class Ready implements Reply {
    private static final byte[] NOTHING = {};
    private static final List<Field> JSON_ONLY = List.of(Field.JSON);

    private final int status;
    private final byte[] body;
    private final List<Field> fields;
    private volatile byte[] fieldLines = NOTHING;

    public Ready(int status, byte[] body, List<Field> fields) {
      this.status = status;
      this.body = body;
      this.fields = List.copyOf(fields);
    }

    @Override
    public int status() {
      return status;
    }

    @Override
    public List<Field> fields() {
      return fields;
    }

    /** Not a copy: the hot path sends the bytes of the cache as they are. */
    public byte[] body() {
      return body;
    }

    /** The header fields as they stand on the wire, a line each; made once and kept. */
    public byte[] fieldLines() {
      var lines = fieldLines;
      if (lines.length == 0) {
        lines = Field.lines(fields);
        fieldLines = lines;
      }
      return lines;
    }

    @Override
    public Ready with(Field field) {
      return new Ready(status, body, appended(fields, field));
    }
  }

  /** Part of a file on disk, or all of it: {@code length} bytes from {@code offset}. */
  record FilePart(int status, List<Field> fields, Path file, long offset, long length)
      implements Reply {
    public FilePart {
      fields = List.copyOf(fields);
      if (offset < 0 || length < 0) {
        throw new IllegalArgumentException("not a part of a file: " + offset + ", " + length);
      }
    }

    @Override
    public FilePart with(Field field) {
      return new FilePart(status, appended(fields, field), file, offset, length);
    }
  }

  /** Bytes that come with time. The writer runs on the thread of the request and may block. */
  record Streaming(int status, List<Field> fields, Writer writer) implements Reply {
    public Streaming {
      fields = List.copyOf(fields);
    }

    @Override
    public Streaming with(Field field) {
      return new Streaming(status, appended(fields, field), writer);
    }
  }

  /** Writes a stream; an {@link IOException} means that the reader is gone or does not read. */
  @FunctionalInterface
  interface Writer {
    void writeTo(OutputStream out) throws IOException;
  }

  private static List<Field> appended(List<Field> fields, Field field) {
    var all = new ArrayList<Field>(fields.size() + 1);
    all.addAll(fields);
    all.add(field);
    return all;
  }
}
