package dev.reelay.testkit;

import dev.reelay.webhook.Deliveries.Lanes;
import dev.reelay.webhook.Delivery;
import dev.reelay.webhook.DeliveryState.Pending;
import dev.reelay.webhook.Lane;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Which deliveries of each lane are due, the earliest first: what the partial index is to the real
 * store. Without it every round of a sender would look at every delivery that there ever was.
 */
final class DueDeliveries {
  private final Map<Lane, NavigableSet<Place>> lanes = new HashMap<>();

  /** Where a delivery stands in its lane. */
  record Place(Instant dueAt, String id) implements Comparable<Place> {
    private static final Comparator<Place> ORDER =
        Comparator.comparing(Place::dueAt).thenComparing(Place::id);

    @Override
    public int compareTo(Place other) {
      return ORDER.compare(this, other);
    }
  }

  /** A delivery was made, has another state, or is gone. */
  void changed(Optional<Delivery> before, Optional<Delivery> after) {
    before.ifPresent(old -> place(old).ifPresent(lane(old.lane())::remove));
    after.ifPresent(now -> place(now).ifPresent(lane(now.lane())::add));
  }

  private NavigableSet<Place> lane(Lane lane) {
    return lanes.computeIfAbsent(lane, _ -> new TreeSet<>());
  }

  private static Optional<Place> place(Delivery delivery) {
    return delivery.state() instanceof Pending(Instant dueAt)
        ? Optional.of(new Place(dueAt, delivery.id().value()))
        : Optional.empty();
  }

  /** The due ones of each lane that is asked for. */
  Stream<Stream<Place>> due(Lanes wanted, Instant now) {
    return lanes.entrySet().stream()
        .filter(lane -> isWanted(lane.getKey(), wanted))
        .map(lane -> lane.getValue().stream().takeWhile(place -> !place.dueAt().isAfter(now)));
  }

  private static boolean isWanted(Lane lane, Lanes lanes) {
    return switch (lanes) {
      case Lanes.AllBut(Set<Lane> but) -> !but.contains(lane);
      case Lanes.Only(Set<Lane> only) -> only.contains(lane);
    };
  }
}
