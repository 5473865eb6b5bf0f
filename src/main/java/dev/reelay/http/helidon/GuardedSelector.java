package dev.reelay.http.helidon;

import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.util.Set;

/** Makes every connection a guarded HTTP/1.1 connection. */
final class GuardedSelector implements ServerConnectionSelector {
  private final ServerConnectionSelector http;
  private final Wire.Terms terms;
  private final Wires wires;

  GuardedSelector(ServerConnectionSelector http, Wire.Terms terms, Wires wires) {
    this.http = http;
    this.terms = terms;
    this.wires = wires;
  }

  @Override
  public int bytesToIdentifyConnection() {
    return http.bytesToIdentifyConnection();
  }

  @Override
  public Support supports(BufferData data) {
    return Support.SUPPORTED;
  }

  @Override
  public Set<String> supportedApplicationProtocols() {
    return http.supportedApplicationProtocols();
  }

  @Override
  public ServerConnection connection(ConnectionContext context) {
    var wire = new Wire(context, terms);
    return new GuardedConnection(http.connection(wire), wire, wires);
  }
}
