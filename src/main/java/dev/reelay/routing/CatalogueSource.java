package dev.reelay.routing;

/** The port that reads everything about models as it stands at one moment. */
public interface CatalogueSource {
  Catalogue load();
}
