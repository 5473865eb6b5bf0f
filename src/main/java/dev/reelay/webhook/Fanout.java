package dev.reelay.webhook;

import dev.reelay.webhook.Delivery.Happening;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which endpoints an event becomes a delivery for. */
public final class Fanout {
  private Fanout() {}

  /** One delivery to be made. */
  public record Leg(Endpoint endpoint, URI url) {}

  /**
   * @param endpoints those of the event's tenant
   * @param callback the address that the task's request named
   */
  public static List<Leg> of(
      Happening happening, List<Endpoint> endpoints, Optional<URI> callback) {
    var legs = new ArrayList<Leg>();
    for (var endpoint : endpoints) {
      if (endpoint.takes(happening.type())) {
        switch (endpoint.target()) {
          case Endpoint.Target.Address(URI url) -> legs.add(new Leg(endpoint, url));
          case Endpoint.Target.PerRequest _ ->
              callback.ifPresent(url -> legs.add(new Leg(endpoint, url)));
        }
      }
    }
    return legs;
  }
}
