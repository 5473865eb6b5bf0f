package dev.reelay.worker;

import static dev.reelay.testkit.SimWorld.BARE_MODEL;
import static dev.reelay.testkit.SimWorld.PLAIN_MODEL;
import static dev.reelay.testkit.SimWorld.TOKEN_MODEL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.task.AdvanceTask.Advance;
import dev.reelay.task.ErrorCode;
import dev.reelay.task.TaskEvent;
import dev.reelay.task.TaskState.Name;
import dev.reelay.testkit.SimUpstream.OnCancel;
import dev.reelay.testkit.SimUpstream.OnSubmit;
import dev.reelay.testkit.SimWorld;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What becomes of a task that its caller no longer wants. */
class CancelScenarioTest extends RelayScenario {
  @Test
  void a_queued_task_is_canceled_at_once_and_never_sent() {
    var task = create(TOKEN_MODEL);

    node.cancel(task);
    relay.pass(A_WHILE);

    relay
        .expect(task)
        .canceled()
        .ledger("hold 0.50", "release 0.50")
        .events("task.canceled")
        .story("cancel.requested")
        .attempts();
    assertThat(relay.upstream().submits()).isZero();
  }

  @Test
  void a_running_task_is_canceled_by_the_providers_word() {
    var task = create(PLAIN_MODEL);
    relay.run();

    node.cancel(task);
    relay.expect(task).is(Name.RUNNING).ledger("hold 0.50").noEvents();
    relay.pass(A_WHILE);

    relay
        .expect(task)
        .canceled()
        .ledger("hold 0.50", "release 0.50")
        .events("task.canceled")
        .story("submit.started", "submit.accepted", "cancel.requested", "upstream.canceled");
  }

  @Test
  void a_cancel_that_was_not_heard_is_asked_again() {
    relay.upstream().onCancel(OnCancel.LOSE, OnCancel.LOSE, OnCancel.HEAR_AND_LOSE);
    var task = create(PLAIN_MODEL);
    relay.run();

    node.cancel(task);
    relay.pass(A_WHILE);

    relay
        .expect(task)
        .canceled()
        .ledger("hold 0.50", "release 0.50")
        .events("task.canceled")
        .story(
            "submit.started",
            "submit.accepted",
            "cancel.requested",
            "cancel.unanswered",
            "upstream.canceled");
  }

  @Test
  void a_cancel_that_comes_too_late_for_the_provider_is_paid() {
    relay.upstream().onCancel(OnCancel.LOSE);
    var task = create(PLAIN_MODEL);
    relay.run();
    relay.clock().move(Duration.ofSeconds(19));
    node.cancel(task);
    for (var n = 0; n < 20; n++) {
      relay.upstream().onCancel(OnCancel.LOSE);
    }

    relay.pass(A_WHILE);

    relay.expect(task).succeeded("0.50").ledger("hold 0.50", "settle 0.50");
  }

  @Test
  void a_provider_without_cancel_refuses_and_the_task_goes_on_unmarked() {
    var task = create(BARE_MODEL);
    relay.run();

    var refused = node.cancel(task);

    assertThat(refused)
        .get()
        .isInstanceOfSatisfying(
            Advance.Refused.class,
            r -> assertThat(r.code()).isEqualTo(ErrorCode.CANCEL_NOT_SUPPORTED));
    relay.pass(A_WHILE);
    relay
        .expect(task)
        .succeeded("0.50")
        .story("submit.started", "submit.accepted", "upstream.finished", "result.stored");
  }

  @Test
  void a_doubt_that_is_canceled_keeps_its_hold_until_the_deadline() {
    relay.upstream().onSubmit(OnSubmit.LOSE_WITHOUT_JOB);
    var task = create(PLAIN_MODEL);
    relay.run();

    node.cancel(task);
    relay.pass(A_WHILE);
    relay.expect(task).is(Name.IN_DOUBT).ledger("hold 0.50").noEvents();
    relay.pass(SimWorld.FINISH);

    relay
        .expect(task)
        .failed(ErrorCode.IN_DOUBT_GIVEN_UP)
        .ledger("hold 0.50", "release 0.50")
        .events("task.failed")
        .story("submit.started", "submit.answer_lost", "cancel.requested", "deadline.passed");
  }

  @Test
  void a_final_task_cannot_be_canceled() {
    var task = create(TOKEN_MODEL);
    relay.pass(A_WHILE);

    var refused = node.cancel(task);

    assertThat(refused)
        .get()
        .isInstanceOfSatisfying(
            Advance.Refused.class, r -> assertThat(r.code()).isEqualTo(ErrorCode.TASK_FINAL));
    relay.expect(task).succeeded("0.50").events("task.succeeded");
  }

  @Test
  void a_deleted_running_task_is_canceled_and_hidden() {
    var task = create(PLAIN_MODEL);
    relay.run();

    node.apply(task, new TaskEvent.DeleteRequested("the caller"));
    relay.pass(A_WHILE);

    relay
        .expect(task)
        .canceled()
        .ledger("hold 0.50", "release 0.50")
        .events("task.canceled")
        .story("submit.started", "submit.accepted", "delete.requested", "upstream.canceled");
    assertThat(relay.task(task).marks().deletedAt()).isPresent();
  }

  @Test
  void a_deleted_final_task_keeps_its_ledger() {
    var task = create(TOKEN_MODEL);
    relay.pass(A_WHILE);

    node.apply(task, new TaskEvent.DeleteRequested("the caller"));

    relay
        .expect(task)
        .succeeded("0.50")
        .ledger("hold 0.50", "settle 0.50")
        .events("task.succeeded")
        .story(
            "submit.started",
            "submit.accepted",
            "upstream.finished",
            "result.stored",
            "delete.requested");
  }
}
