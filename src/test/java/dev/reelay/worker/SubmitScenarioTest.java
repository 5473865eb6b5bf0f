package dev.reelay.worker;

import static dev.reelay.testkit.SimWorld.ANY_MODEL;
import static dev.reelay.testkit.SimWorld.BARE_MODEL;
import static dev.reelay.testkit.SimWorld.PLAIN_MODEL;
import static dev.reelay.testkit.SimWorld.TOKEN_MODEL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.task.ErrorCode;
import dev.reelay.task.TaskEvent;
import dev.reelay.task.TaskState.Name;
import dev.reelay.testkit.SimUpstream.OnSubmit;
import dev.reelay.testkit.SimWorld;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What becomes of a task while it is sent, and in doubt. */
class SubmitScenarioTest extends RelayScenario {
  // Submitting

  @Test
  void a_refused_submit_releases_the_hold() {
    relay.upstream().onSubmit(OnSubmit.REFUSE_CONTENT);
    var task = create(ANY_MODEL);

    relay.run();

    relay
        .expect(task)
        .failed(ErrorCode.CONTENT_REFUSED)
        .ledger("hold 0.50", "release 0.50")
        .events("task.failed")
        .story("submit.started", "submit.rejected")
        .attempts("rejected");
    assertThat(relay.upstream().submits()).isEqualTo(1);
  }

  @Test
  void what_was_not_sent_goes_to_the_next_channel_at_once() {
    relay.upstream().onSubmit(OnSubmit.NOT_SENT);
    var task = create(ANY_MODEL);

    relay.run();

    relay
        .expect(task)
        .is(Name.RUNNING)
        .ledger("hold 0.50")
        .noEvents()
        .story("submit.started", "submit.not_sent", "submit.started", "submit.accepted")
        .attempts("not_sent", "got");
    assertThat(relay.store().attempts(task))
        .extracting(row -> row.attempt().channel())
        .containsExactly(SimWorld.WITH_TOKEN, SimWorld.PLAIN);
  }

  @Test
  void when_each_channel_was_tried_all_are_tried_again_in_turn_and_ever_more_seldom() {
    for (var n = 0; n < 5; n++) {
      relay.upstream().onSubmit(OnSubmit.NOT_SENT);
    }
    var task = create(ANY_MODEL);

    relay.run();
    assertThat(relay.upstream().submits()).isEqualTo(3);
    relay.pass(Duration.ofSeconds(7));
    assertThat(relay.upstream().submits()).isEqualTo(3);
    relay.pass(Duration.ofMinutes(1));

    relay
        .expect(task)
        .ledger("hold 0.50")
        .attempts("not_sent", "not_sent", "not_sent", "not_sent", "not_sent", "got");
    assertThat(relay.store().attempts(task))
        .extracting(row -> row.attempt().channel().value())
        .containsExactly(1L, 2L, 3L, 1L, 2L, 3L);
  }

  @Test
  void a_rejection_of_our_own_account_fails_over() {
    relay.upstream().onSubmit(OnSubmit.REFUSE_ACCOUNT);
    var task = create(ANY_MODEL);

    relay.pass(A_WHILE);

    relay
        .expect(task)
        .succeeded("0.50")
        .ledger("hold 0.50", "settle 0.50")
        .events("task.succeeded")
        .attempts("rejected", "got");
  }

  @Test
  void a_lost_answer_never_leads_to_another_channel() {
    relay.upstream().onSubmit(OnSubmit.LOSE_WITHOUT_JOB);
    var task = create(ANY_MODEL);

    relay.pass(A_WHILE);

    assertThat(relay.store().attempts(task))
        .isNotEmpty()
        .allMatch(row -> row.attempt().channel().equals(SimWorld.WITH_TOKEN));
  }

  @Test
  void a_task_that_no_channel_takes_in_time_fails_and_costs_nothing() {
    for (var n = 0; n < 100; n++) {
      relay.upstream().onSubmit(OnSubmit.NOT_SENT);
    }
    var task = create(BARE_MODEL);

    relay.pass(SimWorld.QUEUE.minusSeconds(1));
    relay.expect(task).is(Name.QUEUED);
    relay.pass(Duration.ofSeconds(1));

    relay
        .expect(task)
        .failed(ErrorCode.QUEUE_TIMEOUT)
        .ledger("hold 0.50", "release 0.50")
        .events("task.failed");
  }

  // In doubt

  @Test
  void a_lost_answer_without_a_recipe_stays_in_doubt_until_the_deadline_releases() {
    relay.upstream().onSubmit(OnSubmit.LOSE_WITH_JOB);
    var task = create(PLAIN_MODEL);

    relay.pass(SimWorld.FINISH.minusSeconds(1));
    relay
        .expect(task)
        .is(Name.IN_DOUBT)
        .ledger("hold 0.50")
        .noEvents()
        .story("submit.started", "submit.answer_lost")
        .attempts("in_doubt");
    relay.pass(Duration.ofSeconds(1));

    relay
        .expect(task)
        .failed(ErrorCode.IN_DOUBT_GIVEN_UP)
        .ledger("hold 0.50", "release 0.50")
        .events("task.failed")
        .story("submit.started", "submit.answer_lost", "deadline.passed")
        .attempts("given_up");
    assertThat(relay.upstream().submits()).isEqualTo(1);
  }

  @Test
  void a_lost_answer_is_asked_for_again_with_the_same_token_and_gives_one_job() {
    relay.upstream().onSubmit(OnSubmit.LOSE_WITH_JOB, OnSubmit.LOSE_WITHOUT_JOB);
    var task = create(TOKEN_MODEL);

    relay.pass(A_WHILE);

    relay
        .expect(task)
        .succeeded("0.50")
        .ledger("hold 0.50", "settle 0.50")
        .events("task.succeeded")
        .story(
            "submit.started",
            "submit.answer_lost",
            "submit.accepted",
            "upstream.finished",
            "result.stored")
        .attempts("got");
    assertThat(relay.upstream().submits()).isEqualTo(3);
    assertThat(relay.upstream().jobsMadeFor(task)).isEqualTo(1);
  }

  @Test
  void our_account_refused_in_the_middle_of_a_doubt_proves_nothing() {
    relay.upstream().onSubmit(OnSubmit.LOSE_WITH_JOB, OnSubmit.REFUSE_ACCOUNT);
    var task = create(TOKEN_MODEL);

    relay.pass(A_WHILE);

    relay.expect(task).succeeded("0.50").attempts("got");
    assertThat(relay.upstream().jobsMadeFor(task)).isEqualTo(1);
  }

  @Test
  void an_id_that_another_task_owns_is_no_answer() {
    var first = create(PLAIN_MODEL);
    relay.run();
    relay.upstream().onSubmit(OnSubmit.GIVE_AN_ID_TWICE);
    var second = create(PLAIN_MODEL);

    relay.pass(A_WHILE);

    relay.expect(first).succeeded("0.50");
    relay
        .expect(second)
        .is(Name.IN_DOUBT)
        .ledger("hold 0.50")
        .noEvents()
        .story("submit.started", "submit.answer_lost");
  }

  @Test
  void an_operator_attaches_the_id_of_the_job() {
    relay.upstream().onSubmit(OnSubmit.LOSE_WITH_JOB);
    var task = create(BARE_MODEL);
    relay.run();
    var id = relay.upstream().madeWith(token(task)).orElseThrow().id();

    node.apply(task, new TaskEvent.Attached(id, "op"));
    relay.pass(A_WHILE);

    relay
        .expect(task)
        .succeeded("0.50")
        .ledger("hold 0.50", "settle 0.50")
        .events("task.succeeded")
        .story(
            "submit.started",
            "submit.answer_lost",
            "doubt.attached",
            "upstream.finished",
            "result.stored")
        .attempts("got");
  }

  @Test
  void an_operator_resends_and_the_first_answer_is_evidence_only() {
    relay.upstream().onSubmit(OnSubmit.LOSE_WITH_JOB);
    var task = create(BARE_MODEL);
    relay.run();

    node.apply(task, new TaskEvent.ResendOrdered("op"));
    relay.run();
    node.apply(task, new TaskEvent.Accepted(1, "job-3-1"));
    relay.pass(A_WHILE);

    relay
        .expect(task)
        .succeeded("0.50")
        .ledger("hold 0.50", "settle 0.50")
        .events("task.succeeded")
        .story(
            "submit.started",
            "submit.answer_lost",
            "doubt.resend_ordered",
            "submit.started",
            "submit.accepted",
            "evidence.late",
            "upstream.finished",
            "result.stored")
        .attempts("given_up", "got");
    assertThat(relay.upstream().jobsMadeFor(task)).isEqualTo(2);
  }

  @Test
  void an_operator_gives_the_money_back() {
    relay.upstream().onSubmit(OnSubmit.LOSE_WITHOUT_JOB);
    var task = create(BARE_MODEL);
    relay.run();

    node.apply(task, new TaskEvent.RefundOrdered("op", "the customer waits"));

    relay
        .expect(task)
        .failed(ErrorCode.OPERATOR_REFUNDED)
        .ledger("hold 0.50", "release 0.50")
        .events("task.failed")
        .story("submit.started", "submit.answer_lost", "doubt.refund_ordered")
        .attempts("given_up");
  }
}
