package dev.reelay.webhook;

import dev.reelay.webhook.DeliveryAttempt.Outcome;
import dev.reelay.webhook.DeliveryState.Delivered;
import dev.reelay.webhook.DeliveryState.Failed;
import dev.reelay.webhook.DeliveryState.Pending;
import dev.reelay.webhook.DeliveryState.Why;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What follows from an attempt: for the delivery, for its endpoint, and for its lane. A 2xx is
 * success and nothing else is, a redirect neither.
 */
public final class DeliveryRules {
  private static final int GONE = 410;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int BAD_GATEWAY = 502;
  private static final int UNAVAILABLE = 503;
  private static final int GATEWAY_TIMEOUT = 504;

  /** How long a lane rests when its receiver says that it is too much, but not for how long. */
  static final Duration THROTTLE = Duration.ofSeconds(30);

  private DeliveryRules() {}

  /**
   * What is to be written, in one transaction.
   *
   * @param after the delivery after its attempt
   * @param endpoint what the attempt says of its endpoint
   * @param laneRest how long nothing more should be sent to this receiver; zero for no rest
   */
  public record Conclusion(
      Delivery after, Optional<DeliveryAttempt> attempt, ForEndpoint endpoint, Duration laneRest) {
    public boolean isSuccess() {
      return after.state() instanceof Delivered;
    }
  }

  /** What becomes of an endpoint. */
  public sealed interface ForEndpoint {
    record Unchanged() implements ForEndpoint {}

    record Feels(Health health) implements ForEndpoint {}

    record Disable(Endpoint.Reason reason) implements ForEndpoint {}
  }

  public static Conclusion after(
      Delivery delivery, Endpoint endpoint, DeliveryAttempt attempt, RandomGenerator random) {
    var ended = attempt.at().plus(attempt.took());
    var state = next(delivery, attempt.outcome(), ended, random);
    return new Conclusion(
        delivery.attempted(state),
        Optional.of(attempt),
        forEndpoint(endpoint, attempt.outcome(), ended),
        laneRest(attempt.outcome()));
  }

  /** There is nothing to tell any more. */
  public static Conclusion taskDeleted(Delivery delivery, Instant now) {
    return new Conclusion(
        delivery.in(new Failed(Why.TASK_DELETED, now)),
        Optional.empty(),
        new ForEndpoint.Unchanged(),
        Duration.ZERO);
  }

  private static DeliveryState next(
      Delivery delivery, Outcome outcome, Instant now, RandomGenerator random) {
    if (isSuccess(outcome)) {
      return new Delivered(now);
    }
    if (isGone(outcome)) {
      return new Failed(Why.GONE, now);
    }
    var failed = delivery.step() + 1;
    if (failed >= Schedule.ATTEMPTS_MAX) {
      return new Failed(Why.EXHAUSTED, now);
    }
    var planned = Schedule.waitAfter(failed, random);
    var wanted = retryAfter(outcome).orElse(Duration.ZERO);
    return new Pending(now.plus(wanted.compareTo(planned) > 0 ? wanted : planned));
  }

  /** Addresses that requests name are many receivers, so none speaks for the others. */
  private static ForEndpoint forEndpoint(Endpoint endpoint, Outcome outcome, Instant now) {
    if (endpoint.target() instanceof Endpoint.Target.PerRequest) {
      return new ForEndpoint.Unchanged();
    }
    if (isGone(outcome)) {
      return new ForEndpoint.Disable(Endpoint.Reason.GONE);
    }
    var health = isSuccess(outcome) ? Optional.of(Health.GOOD) : endpoint.health().failed(now);
    return health
        .<ForEndpoint>map(
            felt ->
                felt.equals(endpoint.health())
                    ? new ForEndpoint.Unchanged()
                    : new ForEndpoint.Feels(felt))
        .orElse(new ForEndpoint.Disable(Endpoint.Reason.FAILING));
  }

  private static Duration laneRest(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Answered(int status, _, Optional<Duration> wanted) ->
          isThrottle(status) ? wanted.orElse(THROTTLE) : Duration.ZERO;
      case Outcome.Silence _, Outcome.Refused _ -> Duration.ZERO;
    };
  }

  private static boolean isThrottle(int status) {
    return status == TOO_MANY_REQUESTS
        || status == BAD_GATEWAY
        || status == UNAVAILABLE
        || status == GATEWAY_TIMEOUT;
  }

  private static Optional<Duration> retryAfter(Outcome outcome) {
    return outcome instanceof Outcome.Answered(_, _, Optional<Duration> wanted)
        ? wanted
        : Optional.empty();
  }

  private static boolean isSuccess(Outcome outcome) {
    return outcome instanceof Outcome.Answered(int status, _, _) && status >= 200 && status < 300;
  }

  private static boolean isGone(Outcome outcome) {
    return outcome instanceof Outcome.Answered(int status, _, _) && status == GONE;
  }
}
