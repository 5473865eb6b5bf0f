package dev.reelay.provider;

import java.util.List;
import java.util.Optional;

/**
 * An answer that arrived whole. Time-outs and broken connections never reach an adapter: the engine
 * turns them into {@code NotSent}, {@code Ambiguous} or {@code Unanswered} by itself.
 *
 * @param body decoded text, at most {@code Outbound}'s bound
 */
public record Reply(int status, List<Call.Header> headers, String body) {
  public Reply {
    headers = List.copyOf(headers);
  }

  /** The first header of that name, whatever its case. */
  public Optional<String> header(String name) {
    return headers.stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(Call.Header::value)
        .findFirst();
  }

  public boolean isSuccess() {
    return status >= 200 && status < 300;
  }
}
