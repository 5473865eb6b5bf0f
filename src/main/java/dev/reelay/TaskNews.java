package dev.reelay;

import dev.reelay.http.ViewCache;
import dev.reelay.store.Change;
import dev.reelay.store.ChangeNotifier;
import dev.reelay.store.ChangeSink;
import dev.reelay.task.Journal;
import dev.reelay.task.ReplayJournal;
import dev.reelay.task.Task;
import dev.reelay.task.TaskId;
import dev.reelay.task.TaskListener;
import dev.reelay.task.TaskStore;
import dev.reelay.worker.Schedule;
import java.util.function.Consumer;

/**
 * Carries word of tasks: from this node's commits to its views, its schedule and the other nodes,
 * and from the others to this node's views and schedule. The journal hears what need not be kept.
 */
final class TaskNews implements TaskListener, ChangeSink {
  private final ViewCache views;
  private final Schedule schedule;
  private final TaskStore store;
  private final ChangeNotifier others;
  private final Journal journal;
  private final Consumer<Task> ended;

  /**
   * @param ended told of each task that this node has ended
   */
  TaskNews(
      ViewCache views,
      Schedule schedule,
      TaskStore store,
      ChangeNotifier others,
      Journal journal,
      Consumer<Task> ended) {
    this.views = views;
    this.schedule = schedule;
    this.store = store;
    this.others = others;
    this.journal = journal;
    this.ended = ended;
  }

  @Override
  public void committed(Task task) {
    views.committed(task);
    schedule.committed(task);
    others.announce(new Change.OfTask(task.id()));
    if (ReplayJournal.isSettled(task)) {
      journal.settled(task.id());
    }
    if (task.isFinal()) {
      ended.accept(task);
    }
  }

  @Override
  public void progressed(Task task) {
    views.progressed(task);
    schedule.progressed(task);
  }

  /** A provider called back: whoever owns the task looks at it now. */
  void hurry(TaskId id) {
    schedule.hurry(id);
    others.announce(new Change.OfHint(id));
  }

  @Override
  public void changed(Change change) {
    switch (change) {
      case Change.OfTask(TaskId id) -> heard(id);
      case Change.OfHint(TaskId id) -> schedule.hurry(id);
      case Change.OfEverything _ -> dropEverything();
      case Change.OfKeys _, Change.OfCatalogue _, Change.OfHealth _, Change.OfAccount _ -> {
        // Not about tasks.
      }
    }
  }

  private void heard(TaskId id) {
    views.invalidate(id);
    if (schedule.holds(id)) {
      store.find(id).ifPresent(schedule::committed);
    }
  }

  @Override
  public void dropEverything() {
    views.invalidateAll();
  }

  /**
   * Views look again by themselves, and the owner of a task learns of others at its next commit.
   */
  @Override
  public void refresh() {}
}
