package dev.reelay.provider;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Turns a host name into addresses. */
@FunctionalInterface
public interface Names {
  /**
   * All addresses of a name, at least one.
   *
   * @throws UnknownHostException if there is none, or none came in time
   */
  List<InetAddress> resolve(String host) throws UnknownHostException;
}
