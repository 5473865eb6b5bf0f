package dev.reelay.worker;

import dev.reelay.routing.HealthBook;
import dev.reelay.task.AdvanceTask;
import dev.reelay.task.Job;
import dev.reelay.task.PollOutcome;
import dev.reelay.task.StoreUnreachable;
import dev.reelay.task.Task;
import dev.reelay.task.TaskEvent;
import dev.reelay.task.TaskState;
import dev.reelay.worker.Submitter.Choice;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does one step of a task taken from the schedule: everything a task can need is in {@link #work}.
 * What goes wrong on the way leaves the task as it is, to be repeated.
 */
final class Steps {
  /** A fact refused so often while the store is well will never be saved. */
  static final int FACT_TRIES_MAX = 10;

  /** What a task waits whose node may not work. */
  private static final Duration IDLE_WAIT = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(Steps.class);

  private final Schedule schedule;
  private final Dispatcher.Ports ports;
  private final HealthBook health;
  private final BooleanSupplier mayWork;
  private final Submitter submitter;
  private final Poller poller;
  private final Fetcher fetcher;
  private final Rescuer rescuer;

  Steps(
      Schedule schedule,
      Dispatcher.Ports ports,
      Submitter submitter,
      Poller poller,
      HealthBook health,
      BooleanSupplier mayWork) {
    this.schedule = schedule;
    this.ports = ports;
    this.health = health;
    this.mayWork = mayWork;
    this.submitter = submitter;
    this.poller = poller;
    this.fetcher = new Fetcher(ports.advance(), ports.upstream(), ports.clock());
    this.rescuer = new Rescuer(ports, submitter);
  }

  /** Whatever becomes of the step, a probe that it may have been is over. */
  Next take(Schedule.Work work, Optional<Choice> choice) {
    try {
      return guarded(work, () -> work(schedule.refreshed(work), choice));
    } finally {
      choice.ifPresent(chosen -> health.settle(chosen.pass()));
    }
  }

  /**
   * A broken step is tried again later; the task stays as it is. Errors too: one that went past
   * here would leave the task busy for ever. A store that is away is no fault of the step.
   */
  private Next guarded(Schedule.Work taken, Supplier<Next> step) {
    try {
      return step.get();
    } catch (StoreUnreachable e) {
      LOG.warn("task {}: a step waits for the store: {}", taken.task().id(), e.getMessage());
      return failed(taken);
    } catch (Throwable e) {
      LOG.error("task {}: a step failed and will be repeated", taken.task().id(), e);
      return failed(taken);
    }
  }

  /**
   * Asks in one call for what was put together. Each task is then decided and given back by itself,
   * and who came to something else meanwhile takes its own step.
   */
  void takeTogether(List<Schedule.Work> taken) {
    var asked = new ArrayList<Schedule.Work>();
    for (var work : taken) {
      var fresh = schedule.refreshed(work);
      if (mayWork.getAsBoolean() && PollGroups.isShareable(fresh, now())) {
        asked.add(fresh);
      } else {
        schedule.giveBack(work.task().id(), take(work, Optional.empty()));
      }
    }
    if (!asked.isEmpty()) {
      askTogether(asked);
    }
  }

  private void askTogether(List<Schedule.Work> asked) {
    var outcomes = outcomes(asked.stream().map(Schedule.Work::task).toList());
    var isAnswered = outcomes.stream().anyMatch(outcome -> !isUnanswered(outcome));
    for (var n = 0; n < asked.size(); n++) {
      giveBack(asked.get(n), outcomes.get(n), isAnswered);
    }
  }

  /** Where asking itself breaks, nothing is said of anybody. */
  private List<PollOutcome> outcomes(List<Task> tasks) {
    try {
      return poller.pollAll(tasks);
    } catch (Throwable e) {
      LOG.error("{} tasks: asking for them together failed", tasks.size(), e);
      return Collections.nCopies(
          tasks.size(), new PollOutcome.Unanswered("asking failed", Optional.empty()));
    }
  }

  /** Of whom nothing is said where others are spoken of, it is learned only when asked alone. */
  private void giveBack(Schedule.Work work, PollOutcome outcome, boolean isAnswered) {
    var next = guarded(work, () -> heard(work, outcome));
    var isAlone = isAnswered && isUnanswered(outcome);
    schedule.giveBack(work.task().id(), isAlone ? next.asAlone() : next);
  }

  private static boolean isUnanswered(PollOutcome outcome) {
    return outcome instanceof PollOutcome.Unanswered;
  }

  private Next heard(Schedule.Work work, PollOutcome outcome) {
    return poller.heard(work.task(), work.misses(), outcome).by(work.task(), now());
  }

  /** The same task again after a while. */
  Next failed(Schedule.Work work) {
    var at = now().plus(Pacing.backoff(work.misses()));
    return new Next(at, true, false, work.pendingFact());
  }

  private Next work(Schedule.Work work, Optional<Choice> choice) {
    var task = work.task();
    if (work.pendingFact().isPresent()) {
      return saveAgain(work, work.pendingFact().get());
    }
    if (!work.ours()) {
      return Next.at(now());
    }
    if (!mayWork.getAsBoolean()) {
      return Next.at(now().plus(IDLE_WAIT));
    }
    if (isOverdue(task, now())) {
      ports.advance().step(task, new TaskEvent.DeadlinePassed());
      return Next.at(now());
    }
    var next = step(task, work.misses(), choice);
    return next.by(task, now());
  }

  private Next step(Task task, int misses, Optional<Choice> choice) {
    return switch (task.state()) {
      // It became queued while it waited for something else, and comes again to be given a channel.
      case TaskState.Queued _ ->
          choice.map(chosen -> submitter.submit(task, chosen)).orElseGet(() -> Next.at(now()));
      case TaskState.Submitting _ -> {
        // Nobody here is sending it, or it would be busy: its owner died in the middle.
        ports.advance().step(task, new TaskEvent.OwnerDied());
        yield Next.at(now());
      }
      case TaskState.InDoubt doubt -> rescuer.resolve(task, doubt, misses);
      case TaskState.Running(Job job) -> poller.poll(task, job, misses);
      case TaskState.Storing storing -> fetcher.fetch(task, storing, misses);
      case TaskState.Succeeded _, TaskState.Failed _, TaskState.Canceled _ -> Next.at(now());
    };
  }

  private Next saveAgain(Schedule.Work work, TaskEvent fact) {
    var task = work.task();
    var next =
        fact instanceof TaskEvent.Accepted(int attempt, _)
            ? submitter.saveAgain(task, attempt, fact)
            : Facts.saveAgain(ports.advance(), task, fact, ports.clock(), _ -> Next.at(now()));
    if (next.unsavedFact().isEmpty() || work.misses() < FACT_TRIES_MAX || !work.ours()) {
      return next;
    }
    return endsWithout(task, fact) ? Next.at(now()) : next;
  }

  /**
   * Whether the task has ended by its deadline while its fact could not be saved. That the store
   * takes the one and not the other shows that the fact is at fault; while the store is away this
   * throws and the fact is kept.
   */
  private boolean endsWithout(Task task, TaskEvent fact) {
    TaskEvent without =
        task.state() instanceof TaskState.Submitting
            ? new TaskEvent.OwnerDied()
            : new TaskEvent.DeadlinePassed();
    var ended =
        ports.advance().step(task, without) instanceof AdvanceTask.Advance.Now(Task now, _)
            && now.isFinal();
    if (ended) {
      LOG.error("task {}: ended although this could never be saved: {}", task.id(), fact);
    }
    return ended;
  }

  static boolean isOverdue(Task task, Instant now) {
    return task.deadline().filter(at -> !now.isBefore(at)).isPresent();
  }

  private Instant now() {
    return ports.clock().instant();
  }
}
