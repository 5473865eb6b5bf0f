package dev.reelay.http.helidon;

import dev.reelay.http.Answer;
import dev.reelay.http.Edge;
import dev.reelay.http.Reply;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ServerConnectionException;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.HttpSecurity;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the place of the library's routing: hands each request to {@link Edge}, sends the reply,
 * and leaves the connection clean for the next request or ends it.
 */
final class EdgeRouting implements HttpRouting {
  private static final Logger log = LoggerFactory.getLogger(EdgeRouting.class);
  private static final int SKIPPED_BODY_BYTES_MAX = 64 << 10;
  private static final int BAD_REQUEST = 400;
  private static final int FILE_BUFFER_BYTES = 64 << 10;
  private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long LINGER_BYTES_MAX = 32L << 20;

  private final Edge edge;
  private final BooleanSupplier isStopping;
  private final HttpSecurity security = HttpSecurity.create();

  EdgeRouting(Edge edge, BooleanSupplier isStopping) {
    this.edge = edge;
    this.isStopping = isStopping;
  }

  @Override
  public HttpSecurity security() {
    return security;
  }

  @Override
  public void route(ConnectionContext context, RoutingRequest request, RoutingResponse response) {
    var wire = (Wire) context;
    var incoming = new HelidonIncoming(wire, request);
    wire.handling();
    try {
      boolean isWhole = incoming.namesHost();
      var kept = wire.takeKept();
      var answer =
          kept.orElseGet(() -> isWhole ? edge.answer(incoming) : edge.malformed(BAD_REQUEST));
      boolean mustLinger =
          incoming.hasUnreadBody() && !incoming.isSkippable(SKIPPED_BODY_BYTES_MAX);
      boolean isLast = mustLinger || !isWhole || wire.isHttp10() || isStopping.getAsBoolean();
      send(answer, isLast, incoming, response);
      boolean isClean = !incoming.hasUnreadBody() || mustLinger;
      if (!isClean && !incoming.skip(SKIPPED_BODY_BYTES_MAX)) {
        mustLinger = true;
      }
      if (mustLinger) {
        linger(wire);
      }
      if (mustLinger || isLast || saysClose(response)) {
        throw new CloseConnectionException("last answer of this connection");
      }
    } finally {
      wire.release();
      wire.idle();
    }
  }

  /** Whether the library itself wants to end the connection; it rarely says anything. */
  private static boolean saysClose(RoutingResponse response) {
    var headers = response.headers();
    return headers.contains(HeaderNames.CONNECTION)
        && headers.containsToken(HeaderValues.CONNECTION_CLOSE);
  }

  private void send(
      Answer answer, boolean isLast, HelidonIncoming incoming, RoutingResponse response) {
    boolean isHead = incoming.method().equals("HEAD");
    try {
      switch (answer.reply()) {
        case Reply.Ready ready -> {
          head(answer, isLast, response);
          sendReady(ready, isHead, response);
        }
        case Reply.FilePart part -> {
          try (var file = FileChannel.open(part.file(), StandardOpenOption.READ)) {
            head(answer, isLast, response);
            sendFile(part, file, isHead, response);
          } catch (NoSuchFileException | AccessDeniedException e) {
            send(edge.failed(incoming, e), isLast, incoming, response);
          }
        }
        case Reply.Streaming streaming -> {
          head(answer, isLast, response);
          sendStream(streaming, isHead, response);
        }
      }
    } catch (IOException | ServerConnectionException | UncheckedIOException e) {
      throw new CloseConnectionException("the answer was cut short", e);
    }
  }

  private static void head(Answer answer, boolean isLast, RoutingResponse response) {
    var reply = answer.reply();
    response.status(Status.create(reply.status()));
    for (var field : reply.fields()) {
      response.header(HeaderTable.header(field));
    }
    for (var field : answer.edgeFields()) {
      response.header(HeaderTable.header(field));
    }
    if (isLast) {
      response.header(HeaderValues.CONNECTION_CLOSE);
    }
  }

  private static void sendReady(Reply.Ready ready, boolean isHead, RoutingResponse response) {
    if (isHead && ready.body().length > 0) {
      response.header(HeaderNames.CONTENT_LENGTH, String.valueOf(ready.body().length));
      response.send();
    } else {
      response.send(ready.body());
    }
  }

  private static void sendFile(
      Reply.FilePart part, FileChannel file, boolean isHead, RoutingResponse response)
      throws IOException {
    response.header(HeaderNames.CONTENT_LENGTH, String.valueOf(part.length()));
    if (isHead || part.length() == 0) {
      response.send();
      return;
    }
    try (var out = response.outputStream()) {
      copy(Channels.newInputStream(file.position(part.offset())), out, part.length());
    }
    response.commit();
  }

  private static void copy(InputStream in, OutputStream out, long length) throws IOException {
    var buffer = new byte[(int) Math.min(FILE_BUFFER_BYTES, length)];
    for (long left = length; left > 0; ) {
      int n = in.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (n < 0) {
        throw new IOException("the file is shorter than announced");
      }
      out.write(buffer, 0, n);
      left -= n;
    }
  }

  private static void sendStream(
      Reply.Streaming streaming, boolean isHead, RoutingResponse response) throws IOException {
    if (isHead) {
      response.send();
      return;
    }
    try (var out = new ClientStream(response.outputStream())) {
      streaming.writer().writeTo(out);
    } catch (RuntimeException e) {
      log.atError().setCause(e).log("a stream failed");
      throw new CloseConnectionException("a stream failed", e);
    }
    response.commit();
  }

  /**
   * Reads on for a moment after a refusal: closing a socket with unread bytes resets it, and the
   * client would see the reset before the answer.
   */
  private static void linger(Wire wire) {
    wire.leaving(LINGER_NANOS);
    long skipped = 0;
    try {
      for (int n = wire.skip(); n > 0 && skipped < LINGER_BYTES_MAX; n = wire.skip()) {
        skipped += n;
      }
    } catch (UncheckedIOException _) {
      // The client left, or its time is up.
    }
  }
}
