package dev.reelay.http.helidon;

import dev.reelay.http.Edge;
import dev.reelay.http.Reply;
import io.helidon.http.DirectHandler;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;

/** Gives our error shape to what the library refuses before there is a request. */
final class EdgeDirectHandler implements DirectHandler {
  private static final String HEADER_TOO_LARGE = "Header size exceeded";
  private static final int HEADERS_TOO_LARGE = 431;

  private final Edge edge;

  EdgeDirectHandler(Edge edge) {
    this.edge = edge;
  }

  @Override
  public TransportResponse handle(
      TransportRequest request,
      EventType type,
      Status status,
      ServerResponseHeaders headers,
      String message) {
    boolean isHeader = HEADER_TOO_LARGE.equals(message);
    var answer = edge.malformed(isHeader ? HEADERS_TOO_LARGE : status.code());
    var reply = answer.reply();
    reply.fields().forEach(field -> headers.set(HeaderTable.header(field)));
    answer.edgeFields().forEach(field -> headers.set(HeaderTable.header(field)));
    var body = reply instanceof Reply.Ready ready ? ready.body() : new byte[0];
    return TransportResponse.builder()
        .status(Status.create(reply.status()))
        .headers(headers)
        .keepAlive(false)
        .entity(body)
        .build();
  }
}
