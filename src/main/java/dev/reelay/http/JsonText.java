package dev.reelay.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes JSON by hand where the answer's order and holes matter. A hole is a place inside a string
 * whose text is known only when the answer is sent; it is kept as a position and not as a mark in
 * the text, so that no text of a caller can ever look like one. Used by one thread.
 */
public final class JsonText {
  private static final int FIRST_CHARS = 1_024;
  private static final String HEX = "0123456789abcdef";

  private final StringBuilder out = new StringBuilder(FIRST_CHARS);
  private final List<Segments.Mark> marks = new ArrayList<>();
  private boolean needsComma;

  public JsonText object() {
    return open('{');
  }

  public JsonText object(String name) {
    return name(name).open('{');
  }

  public JsonText array(String name) {
    return name(name).open('[');
  }

  public JsonText endObject() {
    return close('}');
  }

  public JsonText endArray() {
    return close(']');
  }

  public JsonText field(String name, String value) {
    return name(name).value(value);
  }

  public JsonText field(String name, long value) {
    return name(name).raw(Long.toString(value));
  }

  public JsonText field(String name, boolean value) {
    return name(name).raw(Boolean.toString(value));
  }

  /** A number that is written already, such as a decimal. */
  public JsonText number(String name, String digits) {
    return name(name).raw(digits);
  }

  public JsonText nulls(String... names) {
    for (var name : names) {
      name(name).raw("null");
    }
    return this;
  }

  public JsonText strings(String name, List<String> values) {
    array(name);
    values.forEach(this::value);
    return endArray();
  }

  public JsonText value(String value) {
    comma();
    out.append('"');
    escape(value, out);
    out.append('"');
    needsComma = true;
    return this;
  }

  /** A text with a hole in front of it. */
  public JsonText holed(String name, Segments.Hole hole, String rest) {
    name(name).comma();
    out.append('"');
    marks.add(new Segments.Mark(hole, out.length()));
    escape(rest, out);
    out.append('"');
    needsComma = true;
    return this;
  }

  /** A value that is JSON already. */
  public JsonText raw(String json) {
    comma();
    out.append(json);
    needsComma = true;
    return this;
  }

  /** The bytes of a text that has no holes. */
  public byte[] bytes() {
    if (!marks.isEmpty()) {
      throw new IllegalStateException("the text has holes");
    }
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  public Segments segments() {
    return Segments.cut(out.toString(), marks);
  }

  @Override
  public String toString() {
    return out.toString();
  }

  private JsonText name(String name) {
    comma();
    out.append('"');
    escape(name, out);
    out.append("\":");
    needsComma = false;
    return this;
  }

  private JsonText open(char bracket) {
    comma();
    out.append(bracket);
    needsComma = false;
    return this;
  }

  private JsonText close(char bracket) {
    out.append(bracket);
    needsComma = true;
    return this;
  }

  private void comma() {
    if (needsComma) {
      out.append(',');
    }
  }

  static void escape(String text, StringBuilder out) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        // The two separators end a line in old JavaScript, where answers are sometimes pasted.
        case '\u2028', '\u2029' -> unicode(c, out);
        default -> {
          if (c < ' ' || c == '\u007f') {
            unicode(c, out);
          } else {
            out.append(c);
          }
        }
      }
    }
  }

  private static void unicode(char c, StringBuilder out) {
    out.append("\\u");
    for (int shift = 12; shift >= 0; shift -= 4) {
      out.append(HEX.charAt((c >> shift) & 15));
    }
  }
}
