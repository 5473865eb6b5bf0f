package dev.reelay.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.access.Caller;
import dev.reelay.money.Money;
import dev.reelay.task.Task;
import dev.reelay.task.TaskId;
import dev.reelay.task.TaskState.Name;
import dev.reelay.task.TaskStore.Creation;
import dev.reelay.testkit.SimNode;
import dev.reelay.testkit.SimWorld;
import dev.reelay.testkit.TaskSamples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nodes on one database, whose own clocks are wrong by many minutes. Leases go by the store's. */
class WrongClockTest {
  private static final Duration TEN_MINUTES = Duration.ofMinutes(10);
  private static final Duration TAKEN_WITHIN = NodeKeeper.LEASE.plus(NodeKeeper.SWEEP_EVERY);
  private static final int TASKS_A_NODE = 5;

  private final SimWorld world = new SimWorld(1);
  private final Caller caller = world.addCaller(Money.parse("100"));
  private final SimNode fast = node(TEN_MINUTES);
  private final SimNode slow = node(TEN_MINUTES.negated());
  private final SimNode right = node(Duration.ZERO);

  @AfterEach
  void the_books_balance_and_nothing_else_broke() {
    world.watch().checkAll();
    assertThat(world.bookFaults()).isEmpty();
  }

  @Test
  void no_lease_is_taken_early_and_every_task_ends_in_its_time() {
    var tasks = createAll();
    var owners = tasks.stream().map(id -> world.task(id).custody()).toList();

    world.pass(RelayScenario.A_WHILE);

    assertThat(tasks).extracting(id -> world.task(id).state().kind()).containsOnly(Name.SUCCEEDED);
    assertThat(tasks.stream().map(id -> world.task(id).custody()).toList()).isEqualTo(owners);
  }

  @Test
  void the_tasks_of_a_dead_node_are_taken_after_its_lease_and_not_before() {
    createAll();
    var before = right.held() + slow.held();
    fast.kill();

    world.pass(NodeKeeper.LEASE.minus(NodeKeeper.RENEW_EVERY).minusSeconds(1));
    assertThat(ownedBy("node-a")).as("within its lease").isEqualTo(TASKS_A_NODE);
    world.pass(NodeKeeper.RENEW_EVERY.plus(NodeKeeper.SWEEP_EVERY));
    assertThat(ownedBy("node-a")).as("after %s", TAKEN_WITHIN).isZero();
    world.pass(RelayScenario.A_WHILE);

    assertThat(before).isEqualTo(2 * TASKS_A_NODE);
    assertThat(world.store().all()).allMatch(task -> task.state().kind() == Name.SUCCEEDED);
  }

  @Test
  void a_clock_that_steps_back_an_hour_makes_no_task_late_by_more_than_a_lease() {
    var tasks = createAll();
    world.pass(Duration.ofSeconds(3));
    var custody = world.task(tasks.getFirst()).custody();

    fast.clockWrongBy(Duration.ofHours(-1));
    world.pass(RelayScenario.A_WHILE.plus(NodeKeeper.LEASE));

    assertThat(tasks).extracting(id -> world.task(id).state().kind()).containsOnly(Name.SUCCEEDED);
    assertThat(world.task(tasks.getFirst()).custody()).as("still its own").isEqualTo(custody);
  }

  private SimNode node(Duration wrongBy) {
    var node = world.addNode();
    node.clockWrongBy(wrongBy);
    return node.begin();
  }

  private List<TaskId> createAll() {
    var tasks = new ArrayList<TaskId>();
    for (var node : List.of(fast, slow, right)) {
      for (var n = 0; n < TASKS_A_NODE; n++) {
        tasks.add(create(node).id());
      }
    }
    return tasks;
  }

  private Task create(SimNode node) {
    var hold = TaskSamples.holdPerSecond(Money.parse("0.10"));
    var request = SimWorld.request(SimWorld.ANY_MODEL);
    var creation = node.create(caller, request, hold, Optional.empty());
    if (creation.orElseThrow() instanceof Creation.Created(Task task)) {
      return task;
    }
    throw new AssertionError(creation);
  }

  private long ownedBy(String node) {
    return world.store().all().stream().filter(t -> t.custody().node().equals(node)).count();
  }
}
