package dev.reelay.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads server-sent events as the HTML standard says, from the body of an answer. */
public final class EventReader implements AutoCloseable {
  private final BufferedReader lines;
  private int comments;
  private String retry = "";

  /** One event. */
  public record Event(String id, String name, String data) {
    public JsonNode json() {
      return JsonMapper.shared().readTree(data);
    }
  }

  public EventReader(InputStream body) {
    lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
  }

  /** Waits for the next event; empty at the end of the stream. */
  public Optional<Event> next() {
    var id = "";
    var name = "";
    var data = new StringBuilder();
    try {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.isEmpty() && !data.isEmpty()) {
          return Optional.of(new Event(id, name, data.toString()));
        }
        int colon = line.indexOf(':');
        var value = line.substring(colon + 1).strip();
        switch (colon <= 0 ? "" : line.substring(0, colon)) {
          case "id" -> id = value;
          case "event" -> name = value;
          case "data" -> data.append(value);
          case "retry" -> retry = value;
          default -> comments += line.startsWith(":") ? 1 : 0;
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Signs of life so far. */
  public int comments() {
    return comments;
  }

  /** The last hint when to come back, in milliseconds; empty if there was none. */
  public String retry() {
    return retry;
  }

  @Override
  public void close() {
    try {
      lines.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
