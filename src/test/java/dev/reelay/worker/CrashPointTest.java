package dev.reelay.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.money.Money;
import dev.reelay.routing.ModelName;
import dev.reelay.task.ErrorCode;
import dev.reelay.task.Task;
import dev.reelay.task.TaskId;
import dev.reelay.task.TaskState;
import dev.reelay.task.TaskState.Name;
import dev.reelay.task.TaskStore.Creation;
import dev.reelay.testkit.SimFault;
import dev.reelay.testkit.SimFaults;
import dev.reelay.testkit.SimNode;
import dev.reelay.testkit.SimWorld;
import dev.reelay.testkit.TaskSamples;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Walks through a task's life and lets one call go wrong in each run: the first, the second and so
 * on, until a run sees no fault.
 */
class CrashPointTest {
  private static final Duration A_WHILE = Duration.ofMinutes(4);
  private static final int CALLS_MAX = 200;

  @ParameterizedTest
  @EnumSource(
      value = SimFault.class,
      names = {"CRASH_BEFORE", "CRASH_AFTER", "AWAY", "ANSWER_LOST"})
  void with_a_token_one_job_is_made_and_paid_once_wherever_the_fault_strikes(SimFault fault) {
    for (var call = 1; call <= CALLS_MAX; call++) {
      var run = new Run(SimWorld.TOKEN_MODEL);
      SimFaults.oneAt(run.first, call, fault);

      run.relay.pass(A_WHILE);

      run.relay
          .expect(run.task)
          .succeeded("0.50")
          .ledger("hold 0.50", "settle 0.50")
          .events("task.succeeded");
      assertThat(run.relay.upstream().jobsMadeFor(run.task)).as("call %d", call).isEqualTo(1);
      run.requireSoundBooks();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = SimFault.class,
      names = {"CRASH_BEFORE", "CRASH_AFTER", "AWAY", "ANSWER_LOST"})
  void without_a_recipe_nothing_is_sent_twice_and_a_doubt_is_released(SimFault fault) {
    for (var call = 1; call <= CALLS_MAX; call++) {
      var run = new Run(SimWorld.BARE_MODEL);
      SimFaults.oneAt(run.first, call, fault);

      run.relay.pass(SimWorld.FINISH);

      assertThat(run.relay.upstream().submits()).as("call %d", call).isLessThanOrEqualTo(1);
      if (run.now().state() instanceof TaskState.Succeeded) {
        run.relay.expect(run.task).ledger("hold 0.50", "settle 0.50").events("task.succeeded");
      } else {
        run.relay
            .expect(run.task)
            .failed(ErrorCode.IN_DOUBT_GIVEN_UP)
            .ledger("hold 0.50", "release 0.50")
            .events("task.failed");
      }
      run.requireSoundBooks();
    }
  }

  @Test
  void a_start_whose_commit_got_no_answer_was_not_sent_and_is_no_doubt() {
    var run = new Run(SimWorld.BARE_MODEL);
    SimFaults.oneAt(run.first, 1, SimFault.ANSWER_LOST);

    run.relay.pass(A_WHILE);

    run.relay
        .expect(run.task)
        .succeeded("0.50")
        .story(
            "submit.started",
            "submit.not_sent",
            "submit.started",
            "submit.accepted",
            "upstream.finished",
            "result.stored")
        .attempts("not_sent", "got");
    assertThat(run.relay.upstream().submits()).isEqualTo(1);
    run.requireSoundBooks();
  }

  @Test
  void a_start_that_was_not_written_down_is_begun_again() {
    var run = new Run(SimWorld.BARE_MODEL);
    SimFaults.oneAt(run.first, 1, SimFault.AWAY);

    run.relay.pass(A_WHILE);

    run.relay.expect(run.task).succeeded("0.50").attempts("got");
    run.requireSoundBooks();
  }

  @Test
  void the_accepted_id_is_saved_when_the_store_is_back() {
    var run = new Run(SimWorld.BARE_MODEL);
    // The second call is the provider's answer; from the third on the store is away.
    SimFaults.awayFrom(run.first, 3, 30);

    run.relay.run();
    run.relay.expect(run.task).is(Name.SUBMITTING);
    run.relay.pass(A_WHILE);

    run.relay
        .expect(run.task)
        .succeeded("0.50")
        .ledger("hold 0.50", "settle 0.50")
        .events("task.succeeded")
        .story("submit.started", "submit.accepted", "upstream.finished", "result.stored");
    assertThat(run.relay.upstream().submits()).isEqualTo(1);
    run.requireSoundBooks();
  }

  @Test
  void a_node_that_dies_while_it_sends_leaves_a_doubt_and_the_next_one_resolves_it() {
    var run = new Run(SimWorld.TOKEN_MODEL);
    SimFaults.oneAt(run.first, 2, SimFault.CRASH_AFTER);

    run.relay.pass(A_WHILE);

    run.relay
        .expect(run.task)
        .succeeded("0.50")
        .story(
            "submit.started",
            "submit.owner_died",
            "submit.accepted",
            "upstream.finished",
            "result.stored")
        .attempts("got");
    assertThat(run.relay.upstream().jobsMadeFor(run.task)).isEqualTo(1);
  }

  @Test
  void a_node_that_stalls_past_its_lease_adds_what_it_learned_and_nothing_else() {
    var run = new Run(SimWorld.BARE_MODEL);
    run.first.whileStalled(
        () -> {
          run.relay.clock().move(NodeKeeper.LEASE.plusSeconds(10));
          run.second.run();
        });
    SimFaults.oneAt(run.first, 2, SimFault.STALL_AFTER);

    run.relay.pass(A_WHILE);

    run.relay
        .expect(run.task)
        .succeeded("0.50")
        .ledger("hold 0.50", "settle 0.50")
        .events("task.succeeded")
        .story(
            "submit.started",
            "submit.owner_died",
            "submit.accepted",
            "upstream.finished",
            "result.stored");
    assertThat(run.now().custody().node()).isEqualTo("node-b");
    assertThat(run.relay.upstream().submits()).isEqualTo(1);
    run.requireSoundBooks();
  }

  @Test
  void a_node_that_stalls_between_its_commit_and_the_send_does_not_send() {
    var run = new Run(SimWorld.BARE_MODEL);
    run.first.whileStalled(() -> run.relay.clock().move(NodeKeeper.LEASE));
    SimFaults.oneAt(run.first, 1, SimFault.STALL_AFTER);

    run.first.run();

    run.relay.expect(run.task).is(Name.QUEUED).story("submit.started", "submit.not_sent");
    assertThat(run.relay.upstream().submits()).isZero();
  }

  /** A task just created on the first of two nodes. */
  private static final class Run {
    final SimWorld relay = new SimWorld(1);
    final SimNode first = relay.addNode().begin();
    final SimNode second = relay.addNode().begin();
    final TaskId task;

    Run(ModelName model) {
      var caller = relay.addCaller(Money.parse("1"));
      var hold = TaskSamples.holdPerSecond(Money.parse("0.10"));
      var creation = first.create(caller, SimWorld.request(model), hold, Optional.empty());
      task =
          creation.orElseThrow() instanceof Creation.Created(var made)
              ? made.id()
              : TaskSamples.taskId(0);
    }

    Task now() {
      return relay.task(task);
    }

    void requireSoundBooks() {
      relay.watch().checkAll();
      assertThat(relay.bookFaults()).isEmpty();
    }
  }
}
