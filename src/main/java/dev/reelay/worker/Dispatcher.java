package dev.reelay.worker;

import dev.reelay.routing.Budgets;
import dev.reelay.routing.Catalogue;
import dev.reelay.routing.Channel;
import dev.reelay.routing.HealthBook;
import dev.reelay.routing.RoutePlanner.Candidate;
import dev.reelay.routing.RoutePlanner.Route;
import dev.reelay.task.AdvanceTask;
import dev.reelay.task.Attempt;
import dev.reelay.task.Doubts;
import dev.reelay.task.JobSearch;
import dev.reelay.task.TaskListener;
import dev.reelay.task.TaskState;
import dev.reelay.task.Upstream;
import dev.reelay.worker.Submitter.Choice;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what is due from the schedule and lets the right worker do one step of it, each channel in
 * lanes of its own.
 */
public final class Dispatcher implements Loop.Body {
  static final int BATCH_MAX = 500;

  static final Duration LANE_FULL_WAIT = Duration.ofSeconds(1);
  static final Duration NO_CHANNEL_WAIT = Duration.ofSeconds(5);

  /** A task that waits for its turn is taken when it comes; this is the net under that. */
  static final Duration TURN_WAIT = Duration.ofMinutes(1);

  private static final String POLL = "poll";
  private static final Duration IDLE_WAIT_MAX = Duration.ofSeconds(1);
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

  private final Schedule schedule;
  private final Ports ports;
  private final BooleanSupplier mayWork;
  private final Lanes lanes;
  private final Budgets budgets;
  private final Turns turns = new Turns();
  private final Submitter submitter;
  private final Steps steps;

  /** What the workers need from outside. */
  public record Ports(
      AdvanceTask advance,
      Upstream upstream,
      Rescue rescue,
      Supplier<Catalogue> catalogue,
      TaskListener listener,
      Supplier<String> tokens,
      InstantSource clock) {}

  /** What resolving doubts needs besides. */
  public record Rescue(JobSearch search, Doubts doubts) {}

  /**
   * @param times what its polls learn
   * @param budgets what credentials may be asked for, shared with whoever calls the providers
   * @param mayWork false while the node's lease is in question or the node drains
   * @param executor one virtual thread a piece of work in production; the caller's in a simulation
   */
  public Dispatcher(
      Schedule schedule,
      Ports ports,
      LearnedTimes times,
      Budgets budgets,
      BooleanSupplier mayWork,
      Executor executor) {
    this.schedule = schedule;
    this.ports = ports;
    this.mayWork = mayWork;
    this.lanes = new Lanes(executor);
    this.budgets = budgets;
    this.submitter = new Submitter(ports, budgets.health(), mayWork);
    var poller =
        new Poller(ports.advance(), ports.upstream(), ports.listener(), times, ports.clock());
    this.steps = new Steps(schedule, ports, submitter, poller, budgets.health(), mayWork);
  }

  @Override
  public Duration runOnce() {
    if (!mayWork.getAsBoolean()) {
      // A fact may always be saved: it is guarded by the row, not by who says it.
      schedule.takeFacts(BATCH_MAX).forEach(this::dispatch);
      return IDLE_WAIT_MAX;
    }
    var due = schedule.takeDue(BATCH_MAX);
    PollGroups.of(due, ports.upstream()::askedAtOnceMax, now()).forEach(this::dispatchGroup);
    var untilTurn = serveTurns();
    return due.size() == BATCH_MAX ? Duration.ZERO : shorter(untilTurn, untilNextDue());
  }

  private Duration untilNextDue() {
    var wait = schedule.nextDue().map(at -> Duration.between(now(), at)).orElse(IDLE_WAIT_MAX);
    if (wait.isNegative()) {
      return Duration.ZERO;
    }
    return shorter(wait, IDLE_WAIT_MAX);
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /** Lets those go whose turn has come, one a line and round; how long until the next may go. */
  private Duration serveTurns() {
    for (var served = 0; served < BATCH_MAX; ) {
      var before = served;
      var wait = IDLE_WAIT_MAX;
      for (var line : turns.lines()) {
        var untilRoom = untilRoom(line);
        if (untilRoom.isPositive()) {
          wait = shorter(wait, untilRoom);
        } else {
          turns.next(line).flatMap(schedule::takeEarly).ifPresent(this::dispatchInTurn);
          served++;
        }
      }
      if (served == before) {
        return wait;
      }
    }
    return Duration.ZERO;
  }

  /** How long until a channel may take a task of this line. Where none is left, nobody waits. */
  private Duration untilRoom(Turns.Line line) {
    var candidates = submitter.candidates(line);
    if (candidates.isEmpty()) {
      turns.dissolve(line);
    }
    return candidates.stream().map(this::untilRoom).min(Duration::compareTo).orElse(IDLE_WAIT_MAX);
  }

  private Duration untilRoom(Candidate candidate) {
    var lane = LaneName.creating(candidate);
    return lanes.hasRoom(lane.name(), lane.atOnceMax())
        ? longer(
            budgets.health().standing(candidate).untilOpen(),
            budgets.of(candidate.channel(), candidate.credential()).creates().untilFree())
        : LANE_FULL_WAIT;
  }

  private void dispatchGroup(List<Schedule.Work> group) {
    if (group.size() == 1) {
      dispatch(group.getFirst());
    } else {
      dispatchTogether(group);
    }
  }

  /** Who has to wait waits for the same moment, and is put together again then. */
  private void dispatchTogether(List<Schedule.Work> group) {
    try {
      var wait = runPolls(group);
      if (wait.isPositive()) {
        group.forEach(work -> postpone(work, wait));
      }
    } catch (RuntimeException e) {
      LOG.error("{} tasks: not dispatched, to be repeated", group.size(), e);
      group.forEach(work -> schedule.giveBack(work.task().id(), steps.failed(work)));
    }
  }

  private void postpone(Schedule.Work work, Duration wait) {
    var at = Next.earlier(now().plus(wait), work.task(), now());
    schedule.postpone(work.task().id(), at, work.task().state() instanceof TaskState.Running);
  }

  private void dispatch(Schedule.Work work) {
    dispatch(work, false);
  }

  private void dispatchInTurn(Schedule.Work work) {
    dispatch(work, true);
  }

  /** What cannot be dispatched is given back: a task that stayed busy would be lost. */
  private void dispatch(Schedule.Work work, boolean isItsTurn) {
    try {
      var wait = run(work, isItsTurn);
      if (wait.isPositive()) {
        postpone(work, wait);
      }
    } catch (RuntimeException e) {
      LOG.error("task {}: not dispatched, to be repeated", work.task().id(), e);
      schedule.giveBack(work.task().id(), steps.failed(work));
    }
  }

  /** Puts the work where it runs; else says how long it has to wait for a place. */
  private Duration run(Schedule.Work work, boolean isItsTurn) {
    var task = work.task();
    if (work.pendingFact().isPresent() || Steps.isOverdue(task, now()) || !work.ours()) {
      return run(LaneName.LOCAL, work, Optional.empty());
    }
    return switch (task.state()) {
      case TaskState.Queued queued -> runQueued(work, queued, isItsTurn);
      case TaskState.InDoubt doubt -> runDoubt(work, doubt.attempt());
      case TaskState.Running running -> runPoll(work, running.job().attempt());
      case TaskState.Storing storing ->
          run(LaneName.fetching(storing.job().attempt()), work, Optional.empty());
      case TaskState.Submitting _,
          TaskState.Succeeded _,
          TaskState.Failed _,
          TaskState.Canceled _ ->
          run(LaneName.LOCAL, work, Optional.empty());
    };
  }

  private Duration run(LaneName lane, Schedule.Work work, Optional<Choice> choice) {
    Runnable run = () -> schedule.giveBack(work.task().id(), steps.take(work, choice));
    return lanes.run(lane.name(), lane.atOnceMax(), lane.waitingMax(), run);
  }

  /** A create is counted here, before there is an attempt: waiting for room is no failure. */
  private Duration runQueued(Schedule.Work work, TaskState.Queued queued, boolean isItsTurn) {
    var task = work.task();
    var route = submitter.route(task, queued);
    if (route.isEmpty()) {
      return NO_CHANNEL_WAIT;
    }
    var line = Turns.Line.of(task, queued);
    var choice = isItsTurn || turns.isEmpty(line) ? choice(route) : Optional.<Choice>empty();
    if (choice.isEmpty()) {
      turns.add(line, task);
      return TURN_WAIT;
    }
    return run(LaneName.creating(choice.get().candidate()), work, choice);
  }

  /** The first that takes one now, and what the task remembers of it. */
  private Optional<Choice> choice(Route route) {
    var full = new ArrayList<String>();
    for (var candidate : route.candidates()) {
      var pass = pass(candidate);
      if (pass.isPresent()) {
        return Optional.of(new Choice(candidate, route.why(candidate, full), pass.get()));
      }
      full.add(candidate.words());
    }
    return Optional.empty();
  }

  /** Only this thread fills lanes, so one that has room now takes what comes next. */
  private Optional<HealthBook.Pass> pass(Candidate candidate) {
    var lane = LaneName.creating(candidate);
    return lanes.hasRoom(lane.name(), lane.atOnceMax())
            && budgets.health().standing(candidate).isOpen()
            && budgets.of(candidate.channel(), candidate.credential()).creates().take().isZero()
        ? budgets.health().admit(candidate)
        : Optional.empty();
  }

  /** Where a doubt is resolved by creating again, that is counted like every create. */
  private Duration runDoubt(Schedule.Work work, Attempt attempt) {
    var wait =
        channel(attempt)
            .filter(
                channel -> ports.upstream().abilities(channel.id()).recovery().token().isPresent())
            .map(channel -> budgets.of(channel, attempt.credential()).creates().take())
            .orElse(Duration.ZERO);
    return wait.isPositive()
        ? longer(wait, LANE_FULL_WAIT)
        : run(lane("submit", attempt), work, Optional.empty());
  }

  private Duration runPoll(Schedule.Work work, Attempt attempt) {
    var wait = bookPoll(attempt, work.booked());
    return wait.isPositive() ? wait : run(lane(POLL, attempt), work, Optional.empty());
  }

  /** One call, so that one place in the budget does for all. */
  private Duration runPolls(List<Schedule.Work> group) {
    var attempt = PollGroups.attempt(group);
    var wait = bookPoll(attempt, group.stream().anyMatch(Schedule.Work::booked));
    var lane = lane(POLL, attempt);
    return wait.isPositive()
        ? wait
        : lanes.run(
            lane.name(), lane.atOnceMax(), lane.waitingMax(), () -> steps.takeTogether(group));
  }

  private Duration bookPoll(Attempt attempt, boolean isBooked) {
    return channel(attempt)
        .map(channel -> budgets.of(channel, attempt.credential()).polls())
        .filter(polls -> !isBooked || polls.isPaused())
        .map(polls -> polls.book(schedule.size()))
        .orElse(Duration.ZERO);
  }

  private LaneName lane(String kind, Attempt attempt) {
    var limits = channel(attempt).map(Channel::limits).orElse(Channel.Limits.DEFAULT);
    return LaneName.of(kind, attempt, limits.callsAtOnceMax());
  }

  private Optional<Channel> channel(Attempt attempt) {
    return ports.catalogue().get().channel(attempt.channel());
  }

  private Instant now() {
    return ports.clock().instant();
  }

  /** Pieces of work under way. */
  public int running() {
    return lanes.running();
  }
}
