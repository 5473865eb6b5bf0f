package dev.reelay.http.helidon;

import dev.reelay.http.BaseUrl;
import dev.reelay.http.EdgeError;
import dev.reelay.http.FieldName;
import dev.reelay.http.Incoming;
import dev.reelay.http.Refused;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.webserver.http.RoutingRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.util.Optional;

/** A request as the library read it. */
final class HelidonIncoming implements Incoming {
  private static final int READ_BYTES = 16 << 10;
  private static final long UNKNOWN_LENGTH = -1;

  private final Wire wire;
  private final RoutingRequest request;
  private final Headers headers;
  private boolean isRead;

  HelidonIncoming(Wire wire, RoutingRequest request) {
    this.wire = wire;
    this.request = request;
    this.headers = request.headers();
  }

  @Override
  public String method() {
    return request.prologue().method().text();
  }

  @Override
  public String rawPath() {
    return request.prologue().uriPath().rawPath();
  }

  @Override
  public String rawQuery() {
    var prologue = request.prologue();
    return prologue.hasQuery() ? prologue.query().rawValue() : "";
  }

  @Override
  public Optional<String> header(FieldName name) {
    var header = HeaderTable.find(headers, name);
    if (header.isEmpty()) {
      return Optional.empty();
    }
    var found = header.get();
    return Optional.of(
        found.valueCount() == 1 ? found.get() : String.join(", ", found.allValues()));
  }

  @Override
  public InetAddress peer() {
    return wire.peerAddress();
  }

  @Override
  public byte[] body(int limitBytes) {
    if (!hasBody()) {
      return new byte[0];
    }
    if (isRead) {
      throw new IllegalStateException("the body was read already");
    }
    isRead = true;
    if (announcedBytes() > limitBytes) {
      throw new Refused(EdgeError.BODY_TOO_LARGE.problem());
    }
    wire.body(limitBytes);
    try {
      return bytes(request.content().inputStream(), limitBytes);
    } catch (Refused refused) {
      throw refused;
    } catch (IOException | RuntimeException e) {
      // The library has many exceptions for broken framing and for a client that left.
      throw new Refused(EdgeError.MALFORMED_REQUEST.problem());
    } finally {
      wire.handling();
    }
  }

  private static byte[] bytes(InputStream in, int limitBytes) throws IOException {
    var body = new ByteArrayOutputStream(READ_BYTES);
    var piece = new byte[READ_BYTES];
    for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
      if (body.size() + n > limitBytes) {
        throw new Refused(EdgeError.BODY_TOO_LARGE.problem());
      }
      body.write(piece, 0, n);
    }
    return body.toByteArray();
  }

  /** Whether it names one host, in letters that a host may have. */
  boolean namesHost() {
    return BaseUrl.isHost(header(FieldName.HOST).orElse(""));
  }

  /** Whether bytes of this request may still lie on the wire. */
  boolean hasUnreadBody() {
    return hasBody() && !request.content().consumed();
  }

  /** Whether the unread rest is small enough to be skipped so that the connection lives on. */
  boolean isSkippable(int bytesMax) {
    return !isRead && announcedBytes() <= bytesMax && !headers.contains(HeaderNames.EXPECT);
  }

  /** Skips the unread body. Returns false if it is larger than allowed or broken. */
  boolean skip(int bytesMax) {
    wire.body(bytesMax);
    try {
      var in = request.content().inputStream();
      var piece = new byte[READ_BYTES];
      int skipped = 0;
      for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
        skipped += n;
        if (skipped > bytesMax) {
          return false;
        }
      }
      return true;
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }

  private boolean hasBody() {
    return headers.contains(HeaderNames.TRANSFER_ENCODING) || announcedBytes() > 0;
  }

  private long announcedBytes() {
    return headers.contains(HeaderNames.CONTENT_LENGTH)
        ? headers.contentLength().orElse(UNKNOWN_LENGTH)
        : UNKNOWN_LENGTH;
  }
}
