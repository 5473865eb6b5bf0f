package dev.reelay.webhook;

import dev.reelay.asset.TimeOrderedIds;
import java.util.Optional;

/** An endpoint's id without its prefix: 26 characters as {@link TimeOrderedIds} writes them. */
public record EndpointId(String value) {
  public static final String PREFIX = "ep_";

  public EndpointId {
    if (!TimeOrderedIds.isText(value)) {
      throw new IllegalArgumentException("not an endpoint id");
    }
  }

  /** Reads {@code ep_} and the 26 characters. */
  public static Optional<EndpointId> parse(String text) {
    return text.startsWith(PREFIX) && TimeOrderedIds.isText(text.substring(PREFIX.length()))
        ? Optional.of(new EndpointId(text.substring(PREFIX.length())))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return PREFIX + value;
  }
}
