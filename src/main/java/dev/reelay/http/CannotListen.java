package dev.reelay.http;

import java.net.InetSocketAddress;

/** The address cannot be listened on: taken by another program, or not one of this machine. */
public final class CannotListen extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CannotListen(InetSocketAddress address, String why) {
    super(
        "cannot listen on %s:%d (%s)"
            .formatted(address.getAddress().getHostAddress(), address.getPort(), why));
  }
}
