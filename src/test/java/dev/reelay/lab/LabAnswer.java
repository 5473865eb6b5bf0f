package dev.reelay.lab;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What the lab does with a request. */
public sealed interface LabAnswer {
  /** A whole answer. */
  record Whole(int status, List<String> headerLines, ByteBuffer body) implements LabAnswer {
    public Whole {
      headerLines = List.copyOf(headerLines);
    }
  }

  /** Says nothing until the lab hangs up or is closed. */
  record Hang() implements LabAnswer {}

  /** Closes the connection without a byte. */
  record Cut() implements LabAnswer {}

  /** Sends bytes that are no HTTP, and closes. */
  record Garbage() implements LabAnswer {}

  /** Text of that type. */
  static LabAnswer.Whole text(int status, String contentType, String text) {
    return new Whole(
        status,
        List.of("Content-Type: " + contentType),
        ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  static LabAnswer.Whole json(int status, String json) {
    return text(status, "application/json", json);
  }

  static LabAnswer.Whole json(int status, JsonNode json) {
    return json(status, json.toString());
  }

  /** The bytes of a file. */
  static LabAnswer.Whole file(String contentType, byte[] bytes) {
    return new Whole(200, List.of("Content-Type: " + contentType), ByteBuffer.wrap(bytes));
  }

  static LabAnswer.Whole empty(int status) {
    return new Whole(status, List.of(), ByteBuffer.allocate(0));
  }

  /** The same with a header. */
  static LabAnswer.Whole with(LabAnswer.Whole answer, String name, String value) {
    var lines = new ArrayList<>(answer.headerLines());
    lines.add(name + ": " + value);
    return new Whole(answer.status(), lines, answer.body());
  }
}
