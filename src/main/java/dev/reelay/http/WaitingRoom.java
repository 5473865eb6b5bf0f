package dev.reelay.http;

import dev.reelay.access.TenantId;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Places for calls that wait and for open streams: so many on this node, and so many of each
 * tenant, so that one cannot take them all.
 */
public final class WaitingRoom {
  public static final int PLACES_MAX = 10_000;
  public static final int PLACES_PER_TENANT_MAX = 2_500;

  private final int placesMax;
  private final int perTenantMax;
  private final AtomicInteger taken = new AtomicInteger();
  private final ConcurrentHashMap<TenantId, Integer> byTenant = new ConcurrentHashMap<>();

  public WaitingRoom() {
    this(PLACES_MAX, PLACES_PER_TENANT_MAX);
  }

  WaitingRoom(int placesMax, int perTenantMax) {
    this.placesMax = placesMax;
    this.perTenantMax = perTenantMax;
  }

  /** Takes a place until it is closed; empty if there is none. Never waits. */
  public Optional<Place> enter(TenantId tenant) {
    if (taken.incrementAndGet() > placesMax) {
      taken.decrementAndGet();
      return Optional.empty();
    }
    if (byTenant.merge(tenant, 1, Integer::sum) > perTenantMax) {
      leave(tenant);
      return Optional.empty();
    }
    return Optional.of(new Place(tenant));
  }

  /** Places taken now. */
  public int taken() {
    return taken.get();
  }

  private void leave(TenantId tenant) {
    taken.decrementAndGet();
    byTenant.merge(tenant, -1, WaitingRoom::sumOrNobody);
  }

  /** Null takes the entry out of the map: the last of the tenant has left. */
  @SuppressWarnings("NullAway")
  private static Integer sumOrNobody(Integer before, Integer change) {
    int sum = before + change;
    return sum == 0 ? null : sum;
  }

  /** A place of one tenant; closing it twice gives it back once. */
  public final class Place implements AutoCloseable {
    private final TenantId tenant;
    private final AtomicBoolean isLeft = new AtomicBoolean();

    private Place(TenantId tenant) {
      this.tenant = tenant;
    }

    @Override
    public void close() {
      if (isLeft.compareAndSet(false, true)) {
        leave(tenant);
      }
    }
  }
}
