package dev.reelay.store;

import dev.reelay.routing.Catalogue;
import dev.reelay.routing.CatalogueSource;
import java.util.function.Supplier;

/**
 * The catalogue in memory: loaded at the start, when somebody changed it, and now and then as the
 * net. If loading fails, the last one stays in force.
 */
public final class CatalogueCache implements Supplier<Catalogue>, ChangeSink {
  private final CatalogueSource source;
  private volatile Catalogue current;

  private CatalogueCache(CatalogueSource source, Catalogue first) {
    this.source = source;
    this.current = first;
  }

  /** Loads the first catalogue, so the database must be there. */
  public static CatalogueCache open(CatalogueSource source) {
    return new CatalogueCache(source, source.load());
  }

  @Override
  public Catalogue get() {
    return current;
  }

  /** Loads it anew; for the process that changed it itself. */
  public synchronized void reload() {
    current = source.load();
  }

  @Override
  public void changed(Change change) {
    if (change instanceof Change.OfCatalogue) {
      reload();
    }
  }

  @Override
  public void dropEverything() {
    reload();
  }

  @Override
  public void refresh() {
    reload();
  }
}
