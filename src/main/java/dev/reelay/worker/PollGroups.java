package dev.reelay.worker;

import dev.reelay.routing.CredentialId;
import dev.reelay.task.Attempt;
import dev.reelay.task.Job;
import dev.reelay.task.TaskState;
import dev.reelay.worker.Schedule.Work;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * Puts those together that can be asked for in one call: running tasks on one credential, each in
 * the place of the first of its group.
 */
final class PollGroups {
  private final ToIntFunction<Job> atOnceMax;
  private final Instant now;
  private final List<List<Work>> groups = new ArrayList<>();

  /** The last group of each credential, while it has room. */
  private final HashMap<CredentialId, Open> open = new HashMap<>();

  /**
   * @param max how many may be in it, the least that one of its jobs allows
   */
  private record Open(List<Work> group, int max) {}

  private PollGroups(ToIntFunction<Job> atOnceMax, Instant now) {
    this.atOnceMax = atOnceMax;
    this.now = now;
  }

  /**
   * @param atOnceMax how many jobs like this one a call may ask for
   */
  static List<List<Work>> of(List<Work> due, ToIntFunction<Job> atOnceMax, Instant now) {
    var groups = new PollGroups(atOnceMax, now);
    due.forEach(groups::add);
    return groups.groups;
  }

  /** Whether a task has only to be asked for, and may be among others. */
  static boolean isShareable(Work work, Instant now) {
    return job(work).isPresent()
        && work.ours()
        && work.pendingFact().isEmpty()
        && !work.alone()
        && !work.task().marks().cancelRequested()
        && !Steps.isOverdue(work.task(), now);
  }

  /** Whose lane and budget a group is for. */
  static Attempt attempt(List<Work> group) {
    return job(group.getFirst()).orElseThrow().attempt();
  }

  private static Optional<Job> job(Work work) {
    return work.task().state() instanceof TaskState.Running(Job job)
        ? Optional.of(job)
        : Optional.empty();
  }

  private void add(Work work) {
    var max = isShareable(work, now) ? job(work).map(atOnceMax::applyAsInt).orElse(1) : 1;
    if (max == 1) {
      groups.add(List.of(work));
    } else {
      addShared(work, job(work).orElseThrow().attempt().credential(), max);
    }
  }

  private void addShared(Work work, CredentialId credential, int max) {
    var known = open.get(credential);
    if (known == null || known.group().size() >= Math.min(known.max(), max)) {
      var group = new ArrayList<Work>();
      groups.add(group);
      known = new Open(group, max);
    }
    known.group().add(work);
    open.put(credential, new Open(known.group(), Math.min(known.max(), max)));
  }
}
