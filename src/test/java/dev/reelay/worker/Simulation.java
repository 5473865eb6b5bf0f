package dev.reelay.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.access.Caller;
import dev.reelay.money.Money;
import dev.reelay.routing.ModelName;
import dev.reelay.task.Attempt;
import dev.reelay.task.Task;
import dev.reelay.task.TaskEvent;
import dev.reelay.task.TaskId;
import dev.reelay.task.TaskState;
import dev.reelay.task.TaskStore.Creation;
import dev.reelay.task.TaskStore.Idempotency;
import dev.reelay.task.VideoRequest;
import dev.reelay.testkit.SimFaults;
import dev.reelay.testkit.SimNode;
import dev.reelay.testkit.SimUpstream.MadeJob;
import dev.reelay.testkit.SimWorld;
import dev.reelay.testkit.TaskSamples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;

/**
 * One world's story from one seed: a stormy part, in which callers, operators, providers, stores,
 * clocks and processes do whatever they may, and a calm part, in which everything must come to its
 * end. What must hold after each write is checked at each write.
 */
final class Simulation {
  private static final int TASKS_MAX = 40;
  private static final int PROMPTS = 3;
  private static final int STORM_STEPS = 400;
  private static final int BOOKS_EVERY_STEPS = 50;
  private static final int STALL_STEPS_MAX = 60;
  private static final int AWAY_CALLS_MAX = 150;
  private static final int CALM_MINUTES = 3;
  private static final Duration CLOCKS_APART_MAX = Duration.ofMinutes(1);

  private final SimWorld world;
  private final SplittableRandom random;
  private final SimFaults faults;
  private final List<Caller> callers = new ArrayList<>();
  private final List<TaskId> known = new ArrayList<>();
  private final Map<String, TaskId> replayed = new HashMap<>();
  private final Figures figures;
  private int created;

  /** What all worlds together did. */
  static final class Figures {
    long worlds;
    long steps;
    long tasks;
    long writes;
    long crashes;
    long stalls;
    long calls;
    long found;
    long neverCreated;
  }

  Simulation(long seed, Figures figures) {
    this.world = new SimWorld(seed);
    this.random = world.random();
    this.faults = new SimFaults(random.split());
    this.figures = figures;
  }

  void run() {
    populate();
    storm();
    calm();
    figures.worlds++;
    figures.tasks += world.store().all().size();
    figures.writes += world.watch().writes();
    figures.calls += world.upstream().submits() + world.upstream().polls();
    figures.crashes += world.nodes().stream().mapToLong(SimNode::crashes).sum();
    figures.stalls += faults.stalls();
    figures.found += times("doubt.found");
    figures.neverCreated += times("doubt.never_created");
  }

  private long times(String word) {
    return world.store().all().stream()
        .flatMap(task -> world.store().timeline(task.id()).stream())
        .filter(line -> line.word().equals(word))
        .count();
  }

  private void populate() {
    callers.add(world.addCaller(Money.parse("1000")));
    callers.add(
        world.addCaller(Money.parse("3"), Optional.of(Money.parse("2.5")), OptionalInt.of(3)));
    for (var n = 0; n < 2; n++) {
      var node = world.addNode();
      faults.plague(node, () -> othersGoOn(node));
      node.begin();
    }
  }

  /** While one node stands still, perhaps for longer than its lease, the others do not. */
  private void othersGoOn(SimNode still) {
    var steps = random.nextInt(1, STALL_STEPS_MAX);
    for (var n = 0; n < steps; n++) {
      world.clock().move(Duration.ofMillis(random.nextInt(1, 3_000)));
      if (random.nextInt(4) == 0) {
        act();
      }
      world.nodes().stream().filter(node -> node != still).forEach(SimNode::run);
    }
  }

  private void storm() {
    world.upstream().misbehave(random.nextInt(0, 60));
    faults.rage(random.nextInt(0, 60));
    for (var n = 0; n < STORM_STEPS; n++) {
      step();
      if (n % BOOKS_EVERY_STEPS == 0) {
        assertThat(world.bookFaults()).isEmpty();
      }
    }
  }

  private void step() {
    figures.steps++;
    act();
    world.clock().move(somewhile());
    world.nodes().get(random.nextInt(world.nodes().size())).run();
    restartTheDead();
    world.watch().requireNoFault();
  }

  private Duration somewhile() {
    return switch (random.nextInt(100)) {
      case 0 -> Duration.ofSeconds(random.nextInt(1, 120));
      case 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 -> Duration.ofSeconds(random.nextInt(1, 20));
      default -> Duration.ofMillis(random.nextInt(1, 2_000));
    };
  }

  private void restartTheDead() {
    for (var node : world.nodes()) {
      if (!node.isUp() && random.nextInt(8) == 0) {
        node.begin();
      }
    }
  }

  /** One thing that somebody does. */
  private void act() {
    var node = world.nodes().get(random.nextInt(world.nodes().size()));
    switch (random.nextInt(16)) {
      case 0, 1, 2 -> create(node);
      case 3 -> someTask().ifPresent(node::cancel);
      case 4 -> someTask().ifPresent(id -> node.apply(id, new TaskEvent.DeleteRequested("x")));
      case 5, 6 -> someDoubt().ifPresent(task -> decideDoubt(node, task));
      case 7 -> someTask().ifPresent(this::read);
      case 8 -> trouble(node);
      default -> {}
    }
  }

  /** Some ask for the same as others, so that their jobs cannot be told apart. */
  private VideoRequest request(ModelName model) {
    return SimWorld.request(model, "take " + created % PROMPTS);
  }

  private void create(SimNode node) {
    if (created >= TASKS_MAX) {
      return;
    }
    var caller = callers.get(random.nextInt(callers.size()));
    var model = SimWorld.MODELS.get(random.nextInt(SimWorld.MODELS.size()));
    var price = Money.ofMicros(random.nextInt(0, 4) * 50_000L);
    var key = "key-" + random.nextInt(20);
    var print = (random.nextInt(10) == 0 ? "0f" : "1e").repeat(32);
    var call =
        random.nextBoolean()
            ? Optional.of(new Idempotency("create", key, print, key + print))
            : Optional.<Idempotency>empty();
    var creation = node.create(caller, request(model), TaskSamples.holdPerSecond(price), call);
    creation.ifPresent(answer -> acknowledge(caller + key, answer));
  }

  /** An accepted create is never lost, and its repeat never makes another. */
  private void acknowledge(String call, Creation answer) {
    switch (answer) {
      case Creation.Created(Task task) -> {
        created++;
        known.add(task.id());
      }
      case Creation.Replayed(TaskId task, String bytes) -> {
        assertThat(world.store().find(task)).isPresent();
        assertThat(replayed.merge(call + bytes, task, (first, _) -> first)).isEqualTo(task);
      }
      case Creation.KeyReused _,
          Creation.StillRunning _,
          Creation.BalanceTooLow _,
          Creation.KeyLimitReached _,
          Creation.TooManyOpen _ -> {}
    }
  }

  private Optional<TaskId> someTask() {
    return known.isEmpty()
        ? Optional.empty()
        : Optional.of(known.get(random.nextInt(known.size())));
  }

  private Optional<Task> someDoubt() {
    var doubts =
        known.stream()
            .map(world::task)
            .filter(task -> task.state() instanceof TaskState.InDoubt)
            .toList();
    return doubts.isEmpty()
        ? Optional.empty()
        : Optional.of(doubts.get(random.nextInt(doubts.size())));
  }

  private void read(TaskId id) {
    assertThat(world.store().find(id)).isPresent();
  }

  private void decideDoubt(SimNode node, Task task) {
    switch (random.nextInt(4)) {
      case 0 -> node.apply(task.id(), new TaskEvent.ResendOrdered("op"));
      case 1 -> node.apply(task.id(), new TaskEvent.RefundOrdered("op", "it took too long"));
      case 2 ->
          node.apply(task.id(), new TaskEvent.Attached(jobOf(someTask().orElseThrow()), "op"));
      default -> node.apply(task.id(), new TaskEvent.Attached(jobOf(task.id()), "op"));
    }
  }

  /** The true id if there is one, else one that never was. */
  private String jobOf(TaskId id) {
    return world.store().attempts(id).stream()
        .flatMap(row -> world.upstream().madeWith(row.attempt().token()).stream())
        .map(MadeJob::id)
        .findFirst()
        .orElse("job-that-never-was-" + random.nextInt());
  }

  private void trouble(SimNode node) {
    switch (random.nextInt(8)) {
      case 0 -> node.kill();
      case 1 -> node.begin();
      case 2 -> node.stop();
      case 3 -> node.clockWrongBy(Duration.ofSeconds(random.nextInt(-60, 60)));
      case 4 -> faults.storeAway(random.nextInt(1, AWAY_CALLS_MAX));
      case 5, 6 -> world.upstream().misbehave(random.nextInt(0, 100));
      default -> world.topUp(callers.getLast().tenant().id(), Money.parse("0.5"));
    }
  }

  /** Faults stop: everything ends, soon where it can, and new tasks succeed. */
  private void calm() {
    faults.rage(0);
    world.upstream().misbehave(0);
    for (var node : world.nodes()) {
      node.clockWrongBy(Duration.ZERO);
      if (!node.isUp()) {
        node.begin();
      }
    }
    world.pass(Duration.ofMinutes(CALM_MINUTES));
    assertThat(world.store().all())
        .as("nothing waits that could be sent or resolved")
        .noneMatch(this::couldMove);
    passCoarsely(SimWorld.FINISH);
    assertThat(world.store().all()).as("everything ends").allMatch(Task::isFinal);
    assertThat(world.nodes()).as("nothing is remembered").allMatch(node -> node.held() == 0);
    world.watch().checkAll();
    assertThat(world.bookFaults()).isEmpty();
    callers.forEach(
        c ->
            assertThat(world.store().balance(c.tenant().id()).held())
                .as("nothing stays held")
                .isEqualTo(Money.ZERO));
    aNewTaskSucceeds();
  }

  private boolean couldMove(Task task) {
    return switch (task.state()) {
      case TaskState.Queued _, TaskState.Submitting _, TaskState.Storing _ -> true;
      case TaskState.InDoubt doubt -> hadRecipe(doubt.attempt());
      case TaskState.Running _, TaskState.Succeeded _, TaskState.Failed _, TaskState.Canceled _ ->
          false;
    };
  }

  /** Its token lived well into the calm, and no operator gave its job to another task. */
  private boolean hadRecipe(Attempt attempt) {
    var tokenDied = attempt.startedAt().plus(SimWorld.TOKEN_LIFE);
    return attempt.channel().equals(SimWorld.WITH_TOKEN)
        && tokenDied.isAfter(world.clock().instant().plus(CLOCKS_APART_MAX))
        && world
            .upstream()
            .madeWith(attempt.token())
            .filter(job -> world.watch().isAdopted(attempt.channel(), job.id()))
            .isEmpty();
  }

  private void passCoarsely(Duration duration) {
    var stride = Duration.ofSeconds(7);
    for (var left = duration.plus(stride); left.isPositive(); left = left.minus(stride)) {
      world.clock().move(stride);
      world.run();
    }
  }

  private void aNewTaskSucceeds() {
    var node = world.nodes().getFirst();
    var hold = TaskSamples.holdPerSecond(Money.parse("0.01"));
    var request = SimWorld.request(SimWorld.ANY_MODEL);
    var creation = node.create(callers.getFirst(), request, hold, Optional.empty());
    passCoarsely(Duration.ofMinutes(2));
    assertThat(creation.orElseThrow())
        .isInstanceOfSatisfying(
            Creation.Created.class,
            made ->
                assertThat(world.task(made.task().id()).state())
                    .isInstanceOf(TaskState.Succeeded.class));
  }
}
