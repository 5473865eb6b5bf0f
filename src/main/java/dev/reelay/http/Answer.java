package dev.reelay.http;

import java.util.ArrayList;
import java.util.List;

/** A reply together with the header fields that the edge puts on every answer. */
public record Answer(Reply reply, List<Field> edgeFields) {
  public Answer {
    edgeFields = List.copyOf(edgeFields);
  }

  /** The same answer with more fields of the edge. */
  Answer with(List<Field> fields) {
    if (fields.isEmpty()) {
      return this;
    }
    var all = new ArrayList<Field>(edgeFields.size() + fields.size());
    all.addAll(edgeFields);
    all.addAll(fields);
    return new Answer(reply, all);
  }
}
