package dev.reelay.webhook;

import dev.reelay.access.TenantId;
import java.util.List;
import java.util.Optional;

/**
 * The port to a tenant's events in order, for programs that come for them instead of being called.
 */
public interface EventFeed {
  /**
   * The next events of a tenant.
   *
   * @param last the one before them; empty to begin with the first of all
   * @return empty if the tenant has no such event
   */
  Optional<List<Delivery.Happening>> after(TenantId tenant, Optional<MessageId> last, int max);

  /** The newest event of a tenant. */
  Optional<MessageId> latest(TenantId tenant);
}
