package dev.reelay.worker;

import dev.reelay.routing.Catalogue;
import dev.reelay.routing.HealthBook;
import dev.reelay.routing.ModelName;
import dev.reelay.routing.Need;
import dev.reelay.routing.RoutePlanner;
import dev.reelay.task.Admission;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** What waits decides about room, as before; whom it makes sense to ask decides about models. */
public final class AdmissionByHealth implements Admission {
  private final Admission backlog;
  private final Supplier<Catalogue> catalogue;
  private final HealthBook health;

  public AdmissionByHealth(Admission backlog, Supplier<Catalogue> catalogue, HealthBook health) {
    this.backlog = backlog;
    this.catalogue = catalogue;
    this.health = health;
  }

  @Override
  public Optional<Full> full(ModelName model) {
    return backlog.full(model);
  }

  @Override
  public boolean isOutOfUse(ModelName model) {
    var ask = new RoutePlanner.Ask(model, Set.of(), Set.of(), 0);
    var outlook = new RoutePlanner.Outlook(health::standing, Need.Lacks.NOTHING);
    return RoutePlanner.plan(catalogue.get(), ask, outlook).candidates().isEmpty();
  }
}
