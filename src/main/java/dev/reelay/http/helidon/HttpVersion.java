package dev.reelay.http.helidon;

import java.nio.charset.StandardCharsets;

/**
 * Lets HTTP/1.0 in, which the library refuses: widely used proxies speak it to the servers behind
 * them unless told otherwise. The version is raised to 1.1 in the first bytes of a request, and the
 * caller ends the connection after the answer.
 */
final class HttpVersion {
  private static final byte[] OLD = " HTTP/1.0\r\n".getBytes(StandardCharsets.US_ASCII);

  private HttpVersion() {}

  /** Whether the first line ended in HTTP/1.0; it ends in HTTP/1.1 now. */
  static boolean raise(byte[] bytes) {
    int end = 0;
    while (end < bytes.length && bytes[end] != '\n') {
      end++;
    }
    int start = end + 1 - OLD.length;
    if (end == bytes.length || start < 0 || bytes[end - 2] != '0') {
      return false;
    }
    for (int i = 0; i < OLD.length; i++) {
      if (bytes[start + i] != OLD[i]) {
        return false;
      }
    }
    bytes[end - 2] = '1';
    return true;
  }
}
