package dev.reelay.webhook;

import dev.reelay.access.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The port to stored deliveries. Every method is one transaction; a broken store throws. */
public interface Deliveries {
  /**
   * Makes deliveries of the next events of the outbox: one for each event and endpoint that takes
   * it, once, however many nodes do so and wherever one of them dies.
   *
   * @param eventsMax how many events to look at
   */
  Published publish(int eventsMax);

  /**
   * Takes deliveries that are due and that no living node holds; each comes with what is needed to
   * send it.
   */
  List<Parcel> claim(Claim claim);

  /**
   * Writes what came of a parcel, if it is still held under this fence: the delivery, its attempt,
   * and what that means for the endpoint. A disabled endpoint's other deliveries are given up in
   * the same transaction, and the tenant's other endpoints are told.
   *
   * @return false if nothing was written since another has it
   */
  boolean conclude(long fence, Parcel parcel, DeliveryRules.Conclusion conclusion);

  Optional<Delivery> find(TenantId tenant, DeliveryId id);

  /** Newest first. */
  List<Delivery> list(Query query);

  /** The attempts of a delivery in order. */
  List<DeliveryAttempt> attempts(DeliveryId id);

  /** Sends a delivery once more from the beginning of the schedule, delivered or not. */
  Replay replay(TenantId tenant, DeliveryId id);

  /**
   * Sends again what an endpoint did not get of the events of a time: what was given up, and events
   * for which no delivery was made since it was disabled or not there yet.
   */
  RangeReplay replay(TenantId tenant, EndpointId endpoint, Range range);

  /** Makes a delivery of a {@link EventType#WEBHOOK_TEST}. */
  Testing test(TenantId tenant, EndpointId endpoint);

  /** Removes deliveries that ended before then, with their attempts; how many. */
  int forget(Instant endedBefore, int max);

  /** What a round of publishing did. */
  record Published(int events, int deliveries) {}

  /**
   * A wish for parcels.
   *
   * @param fence the node's
   * @param held what the node has in its hands already
   * @param perLaneMax at most so many of one lane
   */
  record Claim(
      Instant now, long fence, Set<DeliveryId> held, Lanes lanes, int perLaneMax, int max) {
    public Claim {
      held = Set.copyOf(held);
    }
  }

  /** Which lanes to take from. */
  sealed interface Lanes {
    record AllBut(Set<Lane> lanes) implements Lanes {
      public AllBut {
        lanes = Set.copyOf(lanes);
      }
    }

    record Only(Set<Lane> lanes) implements Lanes {
      public Only {
        lanes = Set.copyOf(lanes);
      }
    }
  }

  /**
   * A delivery in a node's hands.
   *
   * @param secrets those that are good now, the newest first
   */
  record Parcel(Delivery delivery, Endpoint endpoint, List<SigningSecret> secrets) {
    public Parcel {
      secrets = List.copyOf(secrets);
    }
  }

  /** What became of a replay. */
  sealed interface Replay {
    record Again(Delivery delivery) implements Replay {}

    record Missing() implements Replay {}

    /** It was given up with its endpoint, which has to be enabled first. */
    record Disabled() implements Replay {}
  }

  /**
   * A time of events.
   *
   * @param to not included
   */
  record Range(Instant from, Instant to) {
    /**
     * At most so many are sent again by one call; the next call takes those that are left. Small,
     * since an endpoint is held meanwhile and everybody's events wait for it.
     */
    public static final int MAX = 200;

    public Range {
      if (!from.isBefore(to)) {
        throw new IllegalArgumentException("a range begins before it ends");
      }
    }
  }

  /** What became of the replay of a range. */
  sealed interface RangeReplay {
    /**
     * @param again deliveries that were given up before
     * @param made events that had none
     */
    record Done(int again, int made) implements RangeReplay {
      /** There may be more, which the same call again would take. */
      public boolean mayHaveMore() {
        return again + made == Range.MAX;
      }
    }

    record Missing() implements RangeReplay {}

    record Disabled() implements RangeReplay {}
  }

  /** What became of a test. */
  sealed interface Testing {
    record Made(Delivery delivery) implements Testing {}

    record Missing() implements Testing {}

    record Disabled() implements Testing {}
  }

  /**
   * A page of deliveries.
   *
   * @param endpoint only this one's; empty for all
   * @param state only these; empty for all
   * @param before only those older than this one, the last of the page before
   */
  record Query(
      TenantId tenant,
      Optional<EndpointId> endpoint,
      Optional<DeliveryState.Name> state,
      Optional<DeliveryId> before,
      int limit) {
    public static final int LIMIT_MAX = 1_000;

    public Query {
      if (limit < 1 || limit > LIMIT_MAX) {
        throw new IllegalArgumentException("a page has 1 to " + LIMIT_MAX + " deliveries");
      }
    }
  }
}
