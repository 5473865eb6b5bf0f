package dev.reelay.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.access.Caller;
import dev.reelay.money.Money;
import dev.reelay.routing.ModelName;
import dev.reelay.task.TaskId;
import dev.reelay.task.TaskStore.Creation;
import dev.reelay.testkit.SimNode;
import dev.reelay.testkit.SimWorld;
import dev.reelay.testkit.TaskSamples;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;

/** A relay of one node with one caller; after each scenario the books balance. */
abstract class RelayScenario {
  static final Duration A_WHILE = Duration.ofMinutes(2);
  private static final long SEED = 1;

  final SimWorld relay = new SimWorld(SEED);
  final Caller caller = relay.addCaller(Money.parse("10"));
  final SimNode node = relay.addNode().begin();

  @AfterEach
  void the_books_balance_and_nothing_else_broke() {
    relay.watch().requireNoFault();
    relay.watch().checkAll();
    assertThat(relay.bookFaults()).isEmpty();
  }

  /** Five seconds at ten cents each. */
  TaskId create(ModelName model) {
    var hold = TaskSamples.holdPerSecond(Money.parse("0.10"));
    var creation = node.create(caller, SimWorld.request(model), hold, Optional.empty());
    return creation.orElseThrow() instanceof Creation.Created(var task)
        ? task.id()
        : TaskSamples.taskId(0);
  }

  /** The token of the task's last attempt. */
  String token(TaskId task) {
    return relay.store().attempts(task).getLast().attempt().token();
  }
}
