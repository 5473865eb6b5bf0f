package dev.reelay.http;

import java.net.InetAddress;
import java.util.Optional;

/**
 * What a server library must tell about a request. This and {@link Reply} are all that stands
 * between the program and the library, so that it can be exchanged.
 */
public interface Incoming {
  /** Upper case as sent, for example {@code GET}. */
  String method();

  /** The path as sent, without query and fragment. */
  String rawPath();

  /** The query as sent, without the question mark; empty if there is none. */
  String rawQuery();

  /** The value of a header field; several lines of one name are joined by a comma. */
  Optional<String> header(FieldName name);

  /** The other end of the connection, which may be a proxy. */
  InetAddress peer();

  /**
   * Reads the whole body, once.
   *
   * @throws Refused if it is larger than the limit, malformed, or there is no room for it now
   */
  byte[] body(int limitBytes);
}
