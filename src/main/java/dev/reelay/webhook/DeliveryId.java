package dev.reelay.webhook;

import dev.reelay.asset.TimeOrderedIds;
import java.util.Optional;

/** A delivery's id without its prefix: 26 characters as {@link TimeOrderedIds} writes them. */
public record DeliveryId(String value) {
  public static final String PREFIX = "dlv_";

  public DeliveryId {
    if (!TimeOrderedIds.isText(value)) {
      throw new IllegalArgumentException("not a delivery id");
    }
  }

  /** Reads {@code dlv_} and the 26 characters. */
  public static Optional<DeliveryId> parse(String text) {
    return text.startsWith(PREFIX) && TimeOrderedIds.isText(text.substring(PREFIX.length()))
        ? Optional.of(new DeliveryId(text.substring(PREFIX.length())))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return PREFIX + value;
  }
}
