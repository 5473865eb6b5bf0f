package dev.reelay.http;

import java.util.List;

/** A reply together with the header fields that the edge puts on every answer. */
public record Answer(Reply reply, List<Field> edgeFields) {
  public Answer {
    edgeFields = List.copyOf(edgeFields);
  }
}
