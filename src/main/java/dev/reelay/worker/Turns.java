package dev.reelay.worker;

import dev.reelay.access.TenantId;
import dev.reelay.routing.ChannelId;
import dev.reelay.routing.CredentialId;
import dev.reelay.routing.ModelName;
import dev.reelay.routing.Need;
import dev.reelay.task.Parent;
import dev.reelay.task.Task;
import dev.reelay.task.TaskId;
import dev.reelay.task.TaskState.Queued;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Queued tasks for which no channel had room, in lines of those that may go to the same channels.
 * Lines take turns, and in each line tenants do, so that one who sends thousands keeps nobody
 * waiting; a tenant's own tasks keep their order. What became of a task meanwhile is found out when
 * its turn comes. For one thread.
 */
final class Turns {
  /** Tenants by who was served longest ago; lines likewise. */
  private final Map<Line, LinkedHashMap<TenantId, ArrayDeque<TaskId>>> lines =
      new LinkedHashMap<>();

  private final Set<TaskId> waiting = new HashSet<>();

  /**
   * Tasks with the same choice of channels.
   *
   * @param needs what not every channel can do
   * @param only the one credential that may be used, as for a remix
   */
  record Line(ModelName model, Set<ChannelId> tried, Set<Need> needs, Optional<CredentialId> only) {
    static Line of(Task task, Queued queued) {
      var request = task.request();
      var only = request.extras().parent().map(Parent::credential);
      return new Line(request.served(), queued.tried(), request.needs(), only);
    }
  }

  boolean isEmpty(Line line) {
    return !lines.containsKey(line);
  }

  /** The lines in which somebody waits, the one served longest ago first. */
  List<Line> lines() {
    return List.copyOf(lines.keySet());
  }

  /** Puts a task at the end of its tenant's; one that waits already keeps its place. */
  void add(Line line, Task task) {
    if (waiting.add(task.id())) {
      lines
          .computeIfAbsent(line, _ -> new LinkedHashMap<>())
          .computeIfAbsent(task.tenant(), _ -> new ArrayDeque<>())
          .add(task.id());
    }
  }

  /** Takes out the task whose turn it is; empty if nobody waits in this line. */
  Optional<TaskId> next(Line line) {
    var tenants = lines.remove(line);
    if (tenants == null) {
      return Optional.empty();
    }
    var first = tenants.pollFirstEntry();
    var tasks = first.getValue();
    var task = tasks.remove();
    waiting.remove(task);
    if (!tasks.isEmpty()) {
      tenants.put(first.getKey(), tasks);
    }
    if (!tenants.isEmpty()) {
      lines.put(line, tenants);
    }
    return Optional.of(task);
  }

  /** Lets everybody in this line go: those who still want to will come again. */
  void dissolve(Line line) {
    var tenants = lines.remove(line);
    if (tenants != null) {
      tenants.values().forEach(waiting::removeAll);
    }
  }
}
