package dev.reelay.store;

/**
 * Keeps something in memory that others may change. All methods come from one thread, must be quick
 * and may throw {@link StoreUnavailable}, which the caller survives.
 */
public interface ChangeSink {
  /** Others changed this. */
  void changed(Change change);

  /** Changes may have been missed: drop or reload everything. */
  void dropEverything();

  /** Called now and then, in case a change was lost on the way. */
  void refresh();
}
