package dev.reelay.worker;

import dev.reelay.webhook.Delivery;
import dev.reelay.webhook.DeliveryId;
import dev.reelay.webhook.DeliveryRules.Conclusion;
import dev.reelay.webhook.DeliveryState;
import dev.reelay.webhook.Lane;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a node knows of the receivers it sends to: who is busy, who failed last, and who wants to be
 * left alone for a while. Forgotten at a restart, which costs a few messages sent in vain.
 */
final class SendingLanes {
  /** A receiver that failed is known for so many; those that are forgotten count as good. */
  static final int KNOWN_MAX = 10_000;

  static final Duration AFTER_FAULT = Duration.ofSeconds(5);

  private final Map<Lane, State> lanes = new HashMap<>();
  private final Set<DeliveryId> held = new HashSet<>();

  /** One receiver. */
  private static final class State {
    private int inFlight;
    private boolean beganFailing;
    private boolean failing;
    private Instant restUntil = Instant.EPOCH;

    boolean isForgettable(Instant now) {
      return inFlight == 0 && !failing && !now.isBefore(restUntil);
    }
  }

  synchronized void begin(Delivery delivery) {
    held.add(delivery.id());
    var state = lanes.computeIfAbsent(delivery.lane(), _ -> new State());
    if (state.inFlight == 0) {
      state.beganFailing = state.failing;
    }
    state.inFlight++;
  }

  synchronized void end(Delivery delivery) {
    held.remove(delivery.id());
    var state = lanes.get(delivery.lane());
    if (state == null || state.inFlight == 0) {
      throw new IllegalStateException("nothing is under way in " + delivery.lane());
    }
    state.inFlight--;
  }

  /** What the end of an attempt tells of its receiver. */
  synchronized void learn(Delivery delivery, Conclusion conclusion, Instant now) {
    if (conclusion.attempt().isEmpty()) {
      return;
    }
    var state = lanes.computeIfAbsent(delivery.lane(), _ -> new State());
    state.failing = !(conclusion.after().state() instanceof DeliveryState.Delivered);
    rest(state, now.plus(conclusion.laneRest()));
    forget(now);
  }

  /** We could not even write down what came of it. */
  synchronized void failed(Delivery delivery, Instant now) {
    rest(lanes.computeIfAbsent(delivery.lane(), _ -> new State()), now.plus(AFTER_FAULT));
  }

  /** The longest wish counts. */
  private static void rest(State state, Instant until) {
    if (until.isAfter(state.restUntil)) {
      state.restUntil = until;
    }
  }

  private void forget(Instant now) {
    if (lanes.size() > KNOWN_MAX) {
      lanes.values().removeIf(state -> state.inFlight == 0);
    } else {
      lanes.values().removeIf(state -> state.isForgettable(now));
    }
  }

  /** Where nothing more is sent at full width: busy, failing or resting. */
  synchronized Set<Lane> closed(Instant now) {
    return lanes.entrySet().stream()
        .filter(entry -> !entry.getValue().isForgettable(now))
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Those that failed last and may be tried with one message. */
  synchronized Set<Lane> failing(Instant now) {
    return lanes.entrySet().stream()
        .filter(entry -> isToBeTried(entry.getValue(), now))
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static boolean isToBeTried(State state, Instant now) {
    return state.failing && state.inFlight == 0 && !now.isBefore(state.restUntil);
  }

  synchronized Set<DeliveryId> held() {
    return Set.copyOf(held);
  }

  /**
   * Messages on their way.
   *
   * @param failing those to receivers that had failed when they were sent, or the others
   */
  synchronized int inFlight(boolean failing) {
    return lanes.values().stream()
        .filter(state -> state.beganFailing == failing)
        .mapToInt(state -> state.inFlight)
        .sum();
  }
}
