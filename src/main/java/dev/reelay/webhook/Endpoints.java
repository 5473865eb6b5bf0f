package dev.reelay.webhook;

import dev.reelay.access.TenantId;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The port to stored endpoints. Every method is one transaction. Secrets go in and come out only to
 * sign; what a tenant's method does not find may well be another tenant's.
 */
public interface Endpoints {
  /** Makes an endpoint with an address. */
  Addition add(NewEndpoint endpoint);

  Optional<Endpoint> find(TenantId tenant, EndpointId id);

  /** Whoever's it is: for operators. */
  Optional<Endpoint> find(EndpointId id);

  /**
   * Oldest first, also the one for addresses that requests name if it has been needed so far.
   *
   * @param tenant only this tenant's; empty for all
   */
  List<Endpoint> list(Optional<TenantId> tenant);

  /** The tenant's endpoint for addresses that requests name, made at its first need. */
  Endpoint perRequest(TenantId tenant);

  /**
   * Replaces an endpoint by what {@code change} makes of the row as it is now. Where that disables
   * it, what is pending for it is given up.
   */
  Optional<Endpoint> update(TenantId tenant, EndpointId id, UnaryOperator<Endpoint> change);

  /** Removes an endpoint with an address, and its deliveries; false if there is none. */
  boolean remove(TenantId tenant, EndpointId id);

  /**
   * Signs with a further secret from now on; those before it go on until then, the newest {@link
   * #SECRETS_MAX} - 1 of them.
   */
  boolean rotate(TenantId tenant, EndpointId id, SigningSecret next, Instant othersEnd);

  /** Secrets that are good at once, for one endpoint. */
  int SECRETS_MAX = 3;

  /** An endpoint to be stored. */
  record NewEndpoint(TenantId tenant, URI url, Endpoint.Wishes wishes, SigningSecret secret) {}

  /** What became of an addition. */
  sealed interface Addition {
    record Added(Endpoint endpoint) implements Addition {}

    /** The tenant has {@link Endpoint#PER_TENANT_MAX} already. */
    record TooMany() implements Addition {}
  }
}
