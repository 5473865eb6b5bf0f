package dev.reelay.webhook;

import dev.reelay.access.TenantId;
import dev.reelay.task.TaskId;
import java.net.URI;
import java.time.Instant;

/**
 * An event for an endpoint.
 *
 * @param lane the queue that it waits in
 * @param url where it goes, as the endpoint or the request named it when the event came
 * @param sequence rises by one with each event of the endpoint, in the order of the events; the
 *     same at each attempt and replay
 * @param attempts POSTs made in all
 * @param step how far it is in the schedule: attempts since it was made or replayed
 */
public record Delivery(
    DeliveryId id,
    TenantId tenant,
    EndpointId endpoint,
    Happening happening,
    Lane lane,
    URI url,
    long sequence,
    DeliveryState state,
    int attempts,
    int step) {
  public Delivery {
    if (sequence < 1 || attempts < 0 || step < 0 || step > Schedule.ATTEMPTS_MAX) {
      throw new IllegalArgumentException("not a delivery: " + id);
    }
  }

  /** What happened, to what, and when. */
  public record Happening(MessageId message, EventType type, Subject subject, Instant at) {}

  /** What an event is about. */
  public sealed interface Subject {
    record OfTask(TaskId task) implements Subject {}

    record OfEndpoint(EndpointId endpoint) implements Subject {}
  }

  /** A new one, due at once. */
  public static Delivery of(
      DeliveryId id, Endpoint endpoint, Happening happening, URI url, long sequence, Instant now) {
    return new Delivery(
        id,
        endpoint.tenant(),
        endpoint.id(),
        happening,
        Lane.of(endpoint, url),
        url,
        sequence,
        new DeliveryState.Pending(now),
        0,
        0);
  }

  /** The same after a further attempt. */
  Delivery attempted(DeliveryState next) {
    var taken = Math.min(step + 1, Schedule.ATTEMPTS_MAX);
    return new Delivery(
        id, tenant, endpoint, happening, lane, url, sequence, next, attempts + 1, taken);
  }

  /** The same in another state, without an attempt. */
  Delivery in(DeliveryState next) {
    return new Delivery(id, tenant, endpoint, happening, lane, url, sequence, next, attempts, step);
  }

  /** The same to be sent again from the beginning of the schedule. */
  public Delivery again(Instant now) {
    var due = new DeliveryState.Pending(now);
    return new Delivery(id, tenant, endpoint, happening, lane, url, sequence, due, attempts, 0);
  }
}
