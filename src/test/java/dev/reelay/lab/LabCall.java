package dev.reelay.lab;

import java.net.URI;
import java.util.Map;

/** A callback as a part wants it sent, signed if its vendor signs. */
public record LabCall(URI to, Map<String, String> headers, String body) {
  public LabCall {
    headers = Map.copyOf(headers);
  }
}
