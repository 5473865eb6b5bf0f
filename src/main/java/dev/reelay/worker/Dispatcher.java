package dev.reelay.worker;

import dev.reelay.routing.Catalogue;
import dev.reelay.routing.Channel;
import dev.reelay.routing.ChannelId;
import dev.reelay.task.AdvanceTask;
import dev.reelay.task.Attempt;
import dev.reelay.task.Job;
import dev.reelay.task.StoreUnreachable;
import dev.reelay.task.Task;
import dev.reelay.task.TaskEvent;
import dev.reelay.task.TaskListener;
import dev.reelay.task.TaskState;
import dev.reelay.task.Upstream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
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

  /** What waits in a lane is not looked at, not even for its deadline, so little may wait. */
  static final int WAITING_PER_PLACE_MAX = 16;

  /** A fact refused so often while the store is well will never be saved. */
  static final int FACT_TRIES_MAX = 10;

  static final Duration LANE_FULL_WAIT = Duration.ofSeconds(1);
  private static final Duration IDLE_WAIT_MAX = Duration.ofSeconds(1);
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

  private final Schedule schedule;
  private final Ports ports;
  private final BooleanSupplier mayWork;
  private final Lanes lanes;
  private final ChannelBudgets budgets;
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
   * @param times what its polls learn
   * @param mayWork false while the node's lease is in question or the node drains
   * @param executor one virtual thread a piece of work in production; the caller's in a simulation
   */
  public Dispatcher(
      Schedule schedule,
      Ports ports,
      LearnedTimes times,
      BooleanSupplier mayWork,
      Executor executor) {
    this.schedule = schedule;
    this.ports = ports;
    this.mayWork = mayWork;
    this.lanes = new Lanes(executor);
    this.budgets = new ChannelBudgets(ports.clock());
    var advance = ports.advance();
    var upstream = ports.upstream();
    var clock = ports.clock();
    this.submitter =
        new Submitter(advance, upstream, ports.catalogue(), ports.tokens(), mayWork, clock);
    this.poller = new Poller(advance, upstream, ports.listener(), times, clock);
    this.fetcher = new Fetcher(advance, upstream, clock);
    this.rescuer = new Rescuer(upstream, submitter, clock);
  }

  @Override
  public Duration runOnce() {
    if (!mayWork.getAsBoolean()) {
      // A fact may always be saved: it is guarded by the row, not by who says it.
      schedule.takeFacts(BATCH_MAX).forEach(this::dispatch);
      return IDLE_WAIT_MAX;
    }
    var due = schedule.takeDue(BATCH_MAX);
    due.forEach(this::dispatch);
    return due.size() == BATCH_MAX ? Duration.ZERO : untilNextDue();
  }

  private Duration untilNextDue() {
    var wait = schedule.nextDue().map(at -> Duration.between(now(), at)).orElse(IDLE_WAIT_MAX);
    if (wait.isNegative()) {
      return Duration.ZERO;
    }
    return wait.compareTo(IDLE_WAIT_MAX) > 0 ? IDLE_WAIT_MAX : wait;
  }

  /** What cannot be dispatched is given back: a task that stayed busy would be lost. */
  private void dispatch(Schedule.Work work) {
    try {
      var wait = run(work);
      if (wait.isPositive()) {
        schedule.postpone(work.task().id(), earlier(now().plus(wait), work.task()));
      }
    } catch (RuntimeException e) {
      LOG.error("task {}: not dispatched, to be repeated", work.task().id(), e);
      schedule.giveBack(work.task().id(), failed(work));
    }
  }

  /** Puts the work into its lane; else says how long it has to wait for a place. */
  private Duration run(Schedule.Work work) {
    var lane = lane(work);
    if (lane.polled().isPresent()) {
      var wait = budgets.takePoll(lane.polled().get());
      if (wait.isPositive()) {
        return wait;
      }
    }
    Runnable run = () -> schedule.giveBack(work.task().id(), guarded(work));
    return lanes.run(lane.name(), lane.atOnceMax(), lane.waitingMax(), run)
        ? Duration.ZERO
        : LANE_FULL_WAIT;
  }

  /**
   * Where work runs.
   *
   * @param polled the channel whose poll budget it needs
   */
  private record LaneName(String name, int atOnceMax, int waitingMax, Optional<Channel> polled) {
    /** Steps that only need the store: quick, so any number may wait. */
    static final LaneName LOCAL =
        new LaneName("local", LOCAL_AT_ONCE_MAX, Integer.MAX_VALUE, Optional.empty());

    static LaneName of(String kind, ChannelId channel, int atOnceMax) {
      var name = kind + "-" + channel.value();
      return new LaneName(name, atOnceMax, atOnceMax * WAITING_PER_PLACE_MAX, Optional.empty());
    }

    LaneName polling(Optional<Channel> channel) {
      return new LaneName(name, atOnceMax, waitingMax, channel);
    }
  }

  private LaneName lane(Schedule.Work work) {
    var task = work.task();
    if (work.pendingFact().isPresent() || isOverdue(task)) {
      return LaneName.LOCAL;
    }
    return switch (task.state()) {
      case TaskState.Queued queued -> queuedLane(task, queued);
      case TaskState.InDoubt doubt -> channelLane("submit", doubt.attempt());
      case TaskState.Running running -> {
        var attempt = running.job().attempt();
        yield channelLane("poll", attempt).polling(channel(attempt));
      }
      case TaskState.Storing storing ->
          LaneName.of("fetch", storing.job().attempt().channel(), FETCHES_AT_ONCE_MAX);
      case TaskState.Submitting _,
          TaskState.Succeeded _,
          TaskState.Failed _,
          TaskState.Canceled _ ->
          LaneName.LOCAL;
    };
  }

  private LaneName queuedLane(Task task, TaskState.Queued queued) {
    return submitter.route(task, queued).candidates().stream()
        .findFirst()
        .map(first -> first.channel())
        .map(first -> LaneName.of("submit", first.id(), first.limits().callsAtOnceMax()))
        .orElse(LaneName.LOCAL);
  }

  private LaneName channelLane(String kind, Attempt attempt) {
    var limits = channel(attempt).map(Channel::limits).orElse(Channel.Limits.DEFAULT);
    return LaneName.of(kind, attempt.channel(), limits.callsAtOnceMax());
  }

  private Optional<Channel> channel(Attempt attempt) {
    return ports.catalogue().get().channel(attempt.channel());
  }

  /**
   * A broken step is tried again later; the task stays as it is. Errors too: one that went past
   * here would leave the task busy for ever. A store that is away is no fault of the step.
   */
  private Next guarded(Schedule.Work taken) {
    try {
      return work(schedule.refreshed(taken));
    } catch (StoreUnreachable e) {
      LOG.warn("task {}: a step waits for the store: {}", taken.task().id(), e.getMessage());
      return failed(taken);
    } catch (Throwable e) {
      LOG.error("task {}: a step failed and will be repeated", taken.task().id(), e);
      return failed(taken);
    }
  }

  private Next failed(Schedule.Work work) {
    return new Next(now().plus(Pacing.backoff(work.misses())), true, work.pendingFact());
  }

  private Next work(Schedule.Work work) {
    var task = work.task();
    if (work.pendingFact().isPresent()) {
      return saveAgain(work, work.pendingFact().get());
    }
    if (!work.ours()) {
      return Next.at(now());
    }
    if (!mayWork.getAsBoolean()) {
      return Next.at(now().plus(IDLE_WAIT_MAX));
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

  private Next saveAgain(Schedule.Work work, TaskEvent fact) {
    var task = work.task();
    var next =
        fact instanceof TaskEvent.Accepted(int attempt, _)
            ? submitter.save(task, attempt, fact)
            : Facts.save(ports.advance(), task, fact, ports.clock(), _ -> Next.at(now()));
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
