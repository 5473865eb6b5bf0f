package dev.reelay.testkit;

import dev.reelay.access.Caller;
import dev.reelay.money.Hold;
import dev.reelay.routing.Budgets;
import dev.reelay.task.Admission;
import dev.reelay.task.AdvanceTask;
import dev.reelay.task.AdvanceTask.Advance;
import dev.reelay.task.CancelTask;
import dev.reelay.task.SubmitTask;
import dev.reelay.task.TaskEvent;
import dev.reelay.task.TaskId;
import dev.reelay.task.TaskStore.Creation;
import dev.reelay.task.TaskStore.Idempotency;
import dev.reelay.task.VideoRequest;
import dev.reelay.worker.Dispatcher;
import dev.reelay.worker.LearnedTimes;
import dev.reelay.worker.NodeKeeper;
import dev.reelay.worker.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One relay: the real schedule, keeper, dispatcher and use cases, run by hand in one thread. A
 * crash ends its life and its memory; {@link #begin} is the next start of the process.
 */
public final class SimNode {
  private static final Duration AFTER_FAULT = Duration.ofSeconds(1);

  /** So many rounds without time passing are a loop that spins. */
  private static final int ROUNDS_MAX = 1_000;

  private final String name;
  private final SimWorld world;
  private final SkewedClock clock;
  private Supplier<SimFault> faults = () -> SimFault.NONE;
  private Runnable stall = () -> {};
  private Optional<Life> life = Optional.empty();
  private boolean stalled;
  private long crashes;

  SimNode(String name, SimWorld world) {
    this.name = name;
    this.world = world;
    this.clock = new SkewedClock(world.clock());
  }

  /** What one process has in memory. */
  private static final class Life {
    private final SimLife calls;
    private final Schedule schedule;
    private final NodeKeeper keeper;
    private final Dispatcher dispatcher;
    private final AdvanceTask advance;
    private final SubmitTask submit;
    private final CancelTask cancel;
    private Instant keepAt = Instant.EPOCH;

    Life(String name, SimWorld world, SkewedClock clock, SimLife calls) {
      this.calls = calls;
      var store = new CrashingTaskStore(world.store(), calls, world.watch());
      var upstream = new MortalUpstream(world.upstream(), calls, world.watch().truth());
      schedule = new Schedule(clock, () -> {});
      keeper = new NodeKeeper(name, store, store, schedule, clock);
      advance = new AdvanceTask(store, schedule, clock);
      cancel = new CancelTask(advance, upstream);
      var terms =
          new SubmitTask.Terms(SimWorld.QUEUE, SimWorld.FINISH, keeper::custody, Admission.OPEN);
      submit = new SubmitTask(store, schedule, world::channels, world::newTaskId, clock, terms);
      var rescue =
          new Dispatcher.Rescue(
              new MortalSearch(world.search(), calls), new MortalDoubts(world.doubts(), calls));
      var ports =
          new Dispatcher.Ports(
              advance, upstream, rescue, world::channels, schedule, world::newToken, clock);
      dispatcher =
          new Dispatcher(
              schedule,
              ports,
              new LearnedTimes(),
              new Budgets(clock),
              keeper::mayWork,
              Runnable::run);
    }
  }

  // Orders

  /** What goes wrong at each call of this node to the world, from now on. */
  public void faults(Supplier<SimFault> next) {
    faults = next;
  }

  /** What the world does while this node stands still. */
  public void whileStalled(Runnable action) {
    stall = action;
  }

  public void clockWrongBy(Duration skew) {
    clock.set(skew);
  }

  /** The process starts; one that runs is killed first. */
  public SimNode begin() {
    kill();
    var calls = new SimLife(() -> faults.get(), this::standStill);
    var born = new Life(name, world, clock, calls);
    life = Optional.of(born);
    keep(born);
    return this;
  }

  private void standStill() {
    stalled = true;
    try {
      stall.run();
    } finally {
      stalled = false;
    }
  }

  /** The process is gone at once, with all its memory. */
  public void kill() {
    life.ifPresent(l -> l.calls.die());
    life = Optional.empty();
  }

  public boolean isUp() {
    return life.isPresent() && !stalled;
  }

  public long crashes() {
    return crashes;
  }

  /** Tasks that it has in memory. */
  public int held() {
    return life.map(l -> l.schedule.size()).orElse(0);
  }

  /** Stops as on SIGTERM: nothing new, and the lease given back. */
  public void stop() {
    call(
        now -> {
          now.keeper.drain();
          now.dispatcher.runOnce();
          now.keeper.end();
          return now;
        });
    kill();
  }

  /** Does all that is due now, as its loops would. */
  public void run() {
    life.filter(_ -> !stalled).ifPresent(this::run);
  }

  private void run(Life now) {
    if (!clock.instant().isBefore(now.keepAt)
        || now.keepAt.isAfter(clock.instant().plus(NodeKeeper.LEASE))) {
      keep(now);
    }
    for (var round = 0; isStill(now) && !dispatch(now).isPositive(); round++) {
      if (round > ROUNDS_MAX) {
        throw new AssertionError(name + " spins");
      }
    }
  }

  private void keep(Life now) {
    try {
      now.keepAt = clock.instant().plus(now.keeper.runOnce());
    } catch (StoreAway e) {
      now.keepAt = clock.instant().plus(AFTER_FAULT);
    } catch (SimulatedCrash e) {
      died(now);
    }
  }

  private Duration dispatch(Life now) {
    var wait = now.dispatcher.runOnce();
    died(now);
    return wait;
  }

  /** Work that crashed was caught inside; what counts is that the life is over. */
  private void died(Life now) {
    if (now.calls.isDead() && isStill(now)) {
      life = Optional.empty();
      crashes++;
    }
  }

  private boolean isStill(Life now) {
    return life.filter(now::equals).isPresent();
  }

  // Calls

  /** What a call of a client or operator came to: empty if no answer came. */
  private <T> Optional<T> call(java.util.function.Function<Life, T> call) {
    if (life.isEmpty()) {
      return Optional.empty();
    }
    var now = life.get();
    try {
      return Optional.of(call.apply(now));
    } catch (StoreAway e) {
      return Optional.empty();
    } catch (SimulatedCrash e) {
      died(now);
      return Optional.empty();
    }
  }

  public Optional<Creation> create(
      Caller caller, VideoRequest request, Hold hold, Optional<Idempotency> idempotency) {
    return call(
        now -> {
          var draft = now.submit.draft(caller, request, hold, now.submit.newId());
          return now.submit.submit(caller, draft, idempotency, List.of());
        });
  }

  public Optional<Advance> cancel(TaskId id) {
    return call(now -> now.cancel.cancel(world.task(id), "the caller"));
  }

  /** An event from outside: a delete, an operator's word. */
  public Optional<Advance> apply(TaskId id, TaskEvent event) {
    return call(now -> now.advance.apply(id, event));
  }
}
