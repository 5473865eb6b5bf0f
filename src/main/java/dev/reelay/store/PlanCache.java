package dev.reelay.store;

import dev.reelay.access.Plan;
import java.util.List;
import java.util.function.Supplier;

/**
 * The plans in memory, for those who are shown them without a key: loaded at the start, when
 * somebody changed keys or plans, and now and then as the net. If loading fails, the last ones stay
 * in force.
 */
public final class PlanCache implements Supplier<List<Plan>>, ChangeSink {
  private final Supplier<List<Plan>> source;
  private volatile List<Plan> current;

  private PlanCache(Supplier<List<Plan>> source, List<Plan> first) {
    this.source = source;
    this.current = first;
  }

  /** Loads the first plans, so the database must be there. */
  public static PlanCache open(Supplier<List<Plan>> source) {
    return new PlanCache(source, List.copyOf(source.get()));
  }

  @Override
  public List<Plan> get() {
    return current;
  }

  private void reload() {
    current = List.copyOf(source.get());
  }

  @Override
  public void changed(Change change) {
    if (change instanceof Change.OfKeys) {
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
