package dev.reelay.http.helidon;

import dev.reelay.http.Edge;
import dev.reelay.http.Reply;
import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ServerConnectionException;
import java.io.UncheckedIOException;
import java.util.function.BooleanSupplier;

/**
 * The way of plain GETs past the library, which would spend more on one than everything else does:
 * read, asked and answered between two reads of the connection. A reply that is not ready bytes, or
 * that must say that it is the last, is kept at the wire, and the library sends it.
 */
final class QuickPath {
  private final Edge edge;
  private final BooleanSupplier isStopping;

  QuickPath(Edge edge, BooleanSupplier isStopping) {
    this.edge = edge;
    this.isStopping = isStopping;
  }

  /**
   * Answers the request that came, if it is one of those.
   *
   * @param bytes what was read first after the last request ended
   * @return false if the library must have the bytes
   */
  boolean answers(Wire wire, byte[] bytes) {
    var request = QuickRequest.read(bytes, wire.peerAddress());
    if (request.isEmpty() || isStopping.getAsBoolean()) {
      return false;
    }
    wire.handlingQuickly();
    var answer = edge.answer(request.get());
    boolean isSent =
        answer.reply() instanceof Reply.Ready ready
            && QuickAnswer.fits(ready)
            && !isStopping.getAsBoolean()
            && send(wire, QuickAnswer.write(ready, answer));
    if (isSent) {
      wire.idle();
    } else {
      wire.keep(answer);
    }
    return isSent;
  }

  private static boolean send(Wire wire, BufferData bytes) {
    try {
      wire.dataWriter().write(bytes);
      return true;
    } catch (ServerConnectionException | UncheckedIOException e) {
      throw new CloseConnectionException("the answer was cut short", e);
    }
  }
}
