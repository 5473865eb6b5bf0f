package dev.reelay.webhook;

import dev.reelay.access.TenantId;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Who is told: a receiver's address, or, once for each tenant, whatever {@code callback_url} a
 * request names. Each has signing secrets of its own.
 *
 * @param disabled empty while it is in use
 */
public record Endpoint(
    EndpointId id,
    TenantId tenant,
    Target target,
    Wishes wishes,
    Health health,
    Optional<Disabled> disabled,
    Instant createdAt) {
  /** Endpoints with an address that a tenant may have. */
  public static final int PER_TENANT_MAX = 20;

  public Endpoint {
    if (target instanceof Target.PerRequest && disabled.isPresent()) {
      throw new IllegalArgumentException("what requests name cannot be disabled: " + id);
    }
  }

  /** Where messages go. */
  public sealed interface Target {
    /** To one receiver. */
    record Address(URI url) implements Target {}

    /** To the {@code callback_url} of the task. */
    record PerRequest() implements Target {}
  }

  /**
   * What its owner chose.
   *
   * @param types not empty
   * @param description for people, at most {@link #DESCRIPTION_CHARS_MAX} characters
   */
  public record Wishes(Format format, Set<EventType> types, String description) {
    public static final int DESCRIPTION_CHARS_MAX = 255;
    public static final Wishes USUAL = new Wishes(Format.REELAY, EventType.choices(), "");

    /** What a request's own address is sent. */
    public static final Wishes PER_REQUEST = new Wishes(Format.REELAY, EventType.ofTasks(), "");

    public Wishes {
      types = Set.copyOf(types);
      if (types.isEmpty() || !EventType.choices().containsAll(types)) {
        throw new IllegalArgumentException("an endpoint takes some of " + EventType.choices());
      }
      if (description.length() > DESCRIPTION_CHARS_MAX) {
        throw new IllegalArgumentException("a description that long is not kept");
      }
    }
  }

  /** The shape of bodies. */
  public enum Format {
    /** Our own: type, timestamp, sequence and the task as a query shows it. */
    REELAY,
    /** {@code video.completed} and {@code video.failed} with an id alone. */
    OPENAI
  }

  /** Out of use: no new delivery is made. */
  public record Disabled(Reason reason, Instant at) {}

  /** Why an endpoint is out of use. */
  public enum Reason {
    /** It answered 410. */
    GONE,
    /** It failed for {@link Health#FAILING_DAYS_MAX} days. */
    FAILING,
    /** Its owner or the operator said so. */
    BY_HAND
  }

  /** Whether an event of this type becomes a delivery to it. */
  public boolean takes(EventType type) {
    return disabled.isEmpty() && wishes.types().contains(type);
  }

  public Endpoint movedTo(URI url) {
    var moved = new Target.Address(url);
    return new Endpoint(id, tenant, moved, wishes, health, disabled, createdAt);
  }

  public Endpoint wishing(Wishes other) {
    return new Endpoint(id, tenant, target, other, health, disabled, createdAt);
  }

  public Endpoint feeling(Health other) {
    return new Endpoint(id, tenant, target, wishes, other, disabled, createdAt);
  }

  /** In use, with nothing held against it. */
  public Endpoint enabled() {
    return new Endpoint(id, tenant, target, wishes, Health.GOOD, Optional.empty(), createdAt);
  }

  /** Out of use; one that is so already keeps its reason. */
  public Endpoint disabledFor(Reason reason, Instant at) {
    return disabled.isPresent()
        ? this
        : new Endpoint(
            id, tenant, target, wishes, health, Optional.of(new Disabled(reason, at)), createdAt);
  }
}
