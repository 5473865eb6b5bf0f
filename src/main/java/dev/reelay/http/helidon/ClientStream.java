package dev.reelay.http.helidon;

import io.helidon.webserver.ServerConnectionException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** The stream to the client, with the library's exceptions for a lost client made plain ones. */
final class ClientStream extends OutputStream {
  private final OutputStream inner;

  ClientStream(OutputStream inner) {
    this.inner = inner;
  }

  @Override
  public void write(int octet) throws IOException {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      inner.write(bytes, offset, length);
    } catch (ServerConnectionException | UncheckedIOException e) {
      throw new IOException("the client is gone", e);
    }
  }

  @Override
  public void flush() throws IOException {
    try {
      inner.flush();
    } catch (ServerConnectionException | UncheckedIOException e) {
      throw new IOException("the client is gone", e);
    }
  }

  @Override
  public void close() throws IOException {
    inner.close();
  }
}
