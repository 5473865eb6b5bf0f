package dev.reelay.store;

import dev.reelay.money.Money;
import dev.reelay.task.TaskStore;
import dev.reelay.testkit.CrashPoints;
import dev.reelay.testkit.ManualClock;
import dev.reelay.testkit.QuickFolder;
import dev.reelay.testkit.TaskSamples;
import java.nio.file.Path;

/** What of a node outlives its crash: database, journal and files; and the clock. */
final class CrashGround implements AutoCloseable {
  static final Money HOLD = Money.parse("0.50");

  final ManualClock clock = new ManualClock(TaskSamples.NOON);
  final CrashPoints points = new CrashPoints(clock);
  final JdbcTaskStoreKit kit = JdbcTaskStoreKit.fresh();
  final TaskStore tasks = kit.tasks();
  final JdbcDoubts doubts = new JdbcDoubts(kit.source());
  private final QuickFolder folder = QuickFolder.make();

  Path folder() {
    return folder.path();
  }

  Path journal() {
    return folder.path().resolve("ours.journal");
  }

  @Override
  public void close() {
    kit.close();
    folder.close();
  }
}
