package dev.reelay.worker;

import dev.reelay.routing.Catalogue;
import dev.reelay.routing.Channel;
import dev.reelay.routing.ChannelId;
import dev.reelay.task.AdvanceTask;
import dev.reelay.task.Attempt;
import dev.reelay.task.Job;
import dev.reelay.task.Task;
import dev.reelay.task.TaskEvent;
import dev.reelay.task.TaskListener;
import dev.reelay.task.TaskState;
import dev.reelay.task.Upstream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what is due from the schedule and lets the right worker do one step of it, each channel in
 * lanes of its own. The steps a task can need are all in {@link #work}.
 */
public final class Dispatcher implements Loop.Body {
  static final int BATCH_MAX = 500;
  static final int LOCAL_AT_ONCE_MAX = 16;
  static final int FETCHES_AT_ONCE_MAX = 16;
  private static final Duration IDLE_WAIT_MAX = Duration.ofSeconds(1);
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

  private final Schedule schedule;
  private final Ports ports;
  private final BooleanSupplier mayWork;
  private final Lanes lanes;
  private final Submitter submitter;
  private final Poller poller;
  private final Fetcher fetcher;
  private final Rescuer rescuer;

  /** What the workers need from outside. */
  public record Ports(
      AdvanceTask advance,
      Upstream upstream,
      Supplier<Catalogue> catalogue,
      TaskListener listener,
      Supplier<String> tokens,
      InstantSource clock) {}

  /**
   * @param mayWork false while the node's lease is in question or the node drains
   * @param executor one virtual thread a piece of work in production; the caller's in a simulation
   */
  public Dispatcher(Schedule schedule, Ports ports, BooleanSupplier mayWork, Executor executor) {
    this.schedule = schedule;
    this.ports = ports;
    this.mayWork = mayWork;
    this.lanes = new Lanes(executor);
    var advance = ports.advance();
    var upstream = ports.upstream();
    var clock = ports.clock();
    this.submitter = new Submitter(advance, upstream, ports.catalogue(), ports.tokens(), clock);
    this.poller = new Poller(advance, upstream, ports.listener(), new LearnedTimes(), clock);
    this.fetcher = new Fetcher(advance, upstream, clock);
    this.rescuer = new Rescuer(upstream, submitter, clock);
  }

  @Override
  public Duration runOnce() {
    if (!mayWork.getAsBoolean()) {
      return IDLE_WAIT_MAX;
    }
    var due = schedule.takeDue(BATCH_MAX);
    due.forEach(this::dispatch);
    return due.size() == BATCH_MAX ? Duration.ZERO : untilNextDue();
  }

  private Duration untilNextDue() {
    var wait =
        schedule
            .nextDue()
            .map(at -> Duration.between(ports.clock().instant(), at))
            .orElse(IDLE_WAIT_MAX);
    if (wait.isNegative()) {
      return Duration.ZERO;
    }
    return wait.compareTo(IDLE_WAIT_MAX) > 0 ? IDLE_WAIT_MAX : wait;
  }

  private void dispatch(Schedule.Work work) {
    var task = work.task();
    switch (task.state()) {
      case TaskState.Queued queued -> dispatchQueued(work, queued);
      case TaskState.InDoubt doubt -> run(channelLane("submit", doubt.attempt()), work);
      case TaskState.Running running -> run(channelLane("poll", running.job().attempt()), work);
      case TaskState.Storing storing -> run(fetchLane(storing.job().attempt().channel()), work);
      case TaskState.Submitting _,
          TaskState.Succeeded _,
          TaskState.Failed _,
          TaskState.Canceled _ ->
          run(new LaneName("local", LOCAL_AT_ONCE_MAX), work);
    }
  }

  private record LaneName(String name, int atOnceMax) {}

  private void dispatchQueued(Schedule.Work work, TaskState.Queued queued) {
    var candidates = submitter.route(work.task(), queued).candidates();
    var lane =
        candidates.isEmpty()
            ? new LaneName("local", LOCAL_AT_ONCE_MAX)
            : new LaneName(
                "submit-" + candidates.getFirst().channel().id().value(),
                candidates.getFirst().channel().limits().callsAtOnceMax());
    run(lane, work);
  }

  private LaneName channelLane(String kind, Attempt attempt) {
    var limits =
        ports
            .catalogue()
            .get()
            .channel(attempt.channel())
            .map(Channel::limits)
            .orElse(Channel.Limits.DEFAULT);
    return new LaneName(kind + "-" + attempt.channel().value(), limits.callsAtOnceMax());
  }

  private static LaneName fetchLane(ChannelId channel) {
    return new LaneName("fetch-" + channel.value(), FETCHES_AT_ONCE_MAX);
  }

  private void run(LaneName lane, Schedule.Work work) {
    lanes.run(
        lane.name(), lane.atOnceMax(), () -> schedule.giveBack(work.task().id(), guarded(work)));
  }

  /** A broken step is tried again later; the task stays as it is. */
  private Next guarded(Schedule.Work work) {
    try {
      return work(work);
    } catch (RuntimeException e) {
      LOG.error("task {}: a step failed and will be repeated", work.task().id(), e);
      return new Next(now().plus(Pacing.backoff(work.misses())), true, work.pendingFact());
    }
  }

  private Next work(Schedule.Work work) {
    var task = work.task();
    if (!mayWork.getAsBoolean() && work.pendingFact().isEmpty()) {
      return Next.at(now().plus(IDLE_WAIT_MAX));
    }
    if (work.pendingFact().isPresent()) {
      return saveAgain(task, work.pendingFact().get());
    }
    if (isOverdue(task)) {
      ports.advance().step(task, new TaskEvent.DeadlinePassed());
      return Next.at(now());
    }
    var next = step(task, work.misses());
    return new Next(earlier(next.at(), task), next.missed(), next.unsavedFact());
  }

  private Next step(Task task, int misses) {
    return switch (task.state()) {
      case TaskState.Queued queued -> submitter.submit(task, submitter.route(task, queued));
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

  private Next saveAgain(Task task, TaskEvent fact) {
    return Facts.save(ports.advance(), task, fact, ports.clock(), _ -> Next.at(now()));
  }

  private boolean isOverdue(Task task) {
    return task.deadline().filter(at -> !now().isBefore(at)).isPresent();
  }

  /** A task is looked at when its deadline passes, whatever else it waits for. */
  private Instant earlier(Instant at, Task task) {
    return task.deadline().filter(d -> now().isBefore(d) && d.isBefore(at)).orElse(at);
  }

  private Instant now() {
    return ports.clock().instant();
  }

  /** Pieces of work under way. */
  public int running() {
    return lanes.running();
  }
}
