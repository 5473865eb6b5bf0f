package dev.reelay.worker;

import static dev.reelay.testkit.SimWorld.ANY_MODEL;
import static dev.reelay.testkit.SimWorld.BARE_MODEL;
import static dev.reelay.testkit.SimWorld.PLAIN_MODEL;
import static dev.reelay.testkit.SimWorld.TOKEN_MODEL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.access.Caller;
import dev.reelay.money.Money;
import dev.reelay.routing.ModelName;
import dev.reelay.task.AdvanceTask.Advance;
import dev.reelay.task.ErrorCode;
import dev.reelay.task.TaskEvent;
import dev.reelay.task.TaskId;
import dev.reelay.task.TaskState.Name;
import dev.reelay.task.TaskStore.Creation;
import dev.reelay.task.VideoResult;
import dev.reelay.testkit.SimNode;
import dev.reelay.testkit.SimUpstream.OnCancel;
import dev.reelay.testkit.SimUpstream.OnFetch;
import dev.reelay.testkit.SimUpstream.OnPoll;
import dev.reelay.testkit.SimUpstream.OnSubmit;
import dev.reelay.testkit.SimUpstream.Verdict;
import dev.reelay.testkit.SimWorld;
import dev.reelay.testkit.TaskSamples;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of a task from its create to its end, over the real workers and a manual clock. */
class ScenarioTest {
  private static final Duration A_WHILE = Duration.ofMinutes(2);
  private static final long SEED = 1;

  private final SimWorld relay = new SimWorld(SEED);
  private final Caller caller = relay.addCaller(Money.parse("10"));
  private final SimNode node = relay.addNode().begin();

  @AfterEach
  void the_books_balance_and_nothing_else_broke() {
    relay.watch().requireNoFault();
    relay.watch().checkAll();
    assertThat(relay.bookFaults()).isEmpty();
  }

  // How tasks end

  @Test
  void success_settles() {
    var task = create(TOKEN_MODEL);

    relay.pass(A_WHILE);

    relay
        .expect(task)
        .succeeded("0.50")
        .ledger("hold 0.50", "settle 0.50")
        .events("task.succeeded")
        .story("submit.started", "submit.accepted", "upstream.finished", "result.stored")
        .attempts("got");
  }

  @Test
  void a_shorter_video_costs_less_and_the_rest_goes_back() {
    relay.upstream().onFetch(OnFetch.STORE_A_SHORTER_ONE);
    var task = create(TOKEN_MODEL);

    relay.pass(A_WHILE);

    relay
        .expect(task)
        .succeeded("0.25")
        .ledger("hold 0.50", "settle 0.25", "release 0.25")
        .events("task.succeeded")
        .story("submit.started", "submit.accepted", "upstream.finished", "result.stored");
  }

  @Test
  void a_task_that_fails_upstream_costs_nothing() {
    relay.upstream().verdicts(Verdict.FAIL);
    var task = create(TOKEN_MODEL);

    relay.pass(A_WHILE);

    relay
        .expect(task)
        .failed(ErrorCode.UPSTREAM_FAILED)
        .ledger("hold 0.50", "release 0.50")
        .events("task.failed")
        .story("submit.started", "submit.accepted", "upstream.failed")
        .attempts("got");
  }

  @Test
  void a_result_that_is_no_video_fails_the_task() {
    relay.upstream().onFetch(OnFetch.NO_VIDEO);
    var task = create(TOKEN_MODEL);

    relay.pass(A_WHILE);

    relay
        .expect(task)
        .failed(ErrorCode.RESULT_NOT_PLAYABLE)
        .ledger("hold 0.50", "release 0.50")
        .events("task.failed")
        .story("submit.started", "submit.accepted", "upstream.finished", "result.refused");
  }

  @Test
  void a_full_storage_is_waited_for() {
    relay.upstream().onFetch(OnFetch.STORAGE_FULL, OnFetch.STORAGE_FULL, OnFetch.STORAGE_FULL);
    var task = create(TOKEN_MODEL);

    relay.pass(A_WHILE);

    relay
        .expect(task)
        .succeeded("0.50")
        .ledger("hold 0.50", "settle 0.50")
        .events("task.succeeded")
        .story("submit.started", "submit.accepted", "upstream.finished", "result.stored");
  }

  @Test
  void a_hundred_tasks_whose_caller_never_asks_all_end_and_nothing_stays_held() {
    relay.topUp(caller.tenant().id(), Money.parse("100"));
    for (var n = 0; n < 25; n++) {
      relay.upstream().verdicts(Verdict.SUCCEED, Verdict.FAIL, Verdict.NEVER, Verdict.SUCCEED);
      SimWorld.MODELS.forEach(this::create);
    }

    relay.pass(SimWorld.FINISH.plus(A_WHILE));

    assertThat(relay.store().all()).hasSize(100).allMatch(task -> task.isFinal());
    assertThat(relay.store().balance(caller.tenant().id()).held()).isEqualTo(Money.ZERO);
    assertThat(node.held()).isZero();
  }

  // Polls

  @Test
  void failed_polls_and_unknown_words_never_end_a_task() {
    for (var n = 0; n < 5; n++) {
      relay.upstream().onPoll(OnPoll.SILENCE, OnPoll.UNKNOWN_WORD);
    }
    var task = create(TOKEN_MODEL);

    relay.pass(Duration.ofMinutes(4));

    relay
        .expect(task)
        .succeeded("0.50")
        .ledger("hold 0.50", "settle 0.50")
        .events("task.succeeded")
        .story("submit.started", "submit.accepted", "upstream.finished", "result.stored");
  }

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

  // Cancel and delete

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

    relay.expect(task).canceled().ledger("hold 0.50", "release 0.50").events("task.canceled");
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

  // Deadlines

  @Test
  void a_job_that_never_ends_is_given_up_at_the_deadline_and_what_comes_later_is_evidence() {
    relay.upstream().verdicts(Verdict.NEVER);
    var task = create(TOKEN_MODEL);

    relay.pass(SimWorld.FINISH);
    node.apply(
        task, new TaskEvent.Finished(VideoResult.of(URI.create("https://cdn.example/v.mp4"))));
    node.apply(task, new TaskEvent.Stored(TaskSamples.output(task), TaskSamples.made(5_000)));

    relay
        .expect(task)
        .failed(ErrorCode.TASK_TIMEOUT)
        .ledger("hold 0.50", "release 0.50")
        .events("task.failed")
        .story(
            "submit.started",
            "submit.accepted",
            "deadline.passed",
            "evidence.late",
            "evidence.late");
  }

  @Test
  void a_result_that_cannot_be_fetched_in_time_fails_the_task() {
    for (var n = 0; n < 100; n++) {
      relay.upstream().onFetch(OnFetch.STORAGE_FULL);
    }
    var task = create(TOKEN_MODEL);

    relay.pass(SimWorld.FINISH);

    relay
        .expect(task)
        .failed(ErrorCode.RESULT_UNREACHABLE)
        .ledger("hold 0.50", "release 0.50")
        .events("task.failed")
        .story("submit.started", "submit.accepted", "upstream.finished", "deadline.passed");
  }

  private TaskId create(ModelName model) {
    var hold = TaskSamples.holdPerSecond(Money.parse("0.10"));
    var creation = node.create(caller, SimWorld.request(model), hold, Optional.empty());
    return creation.orElseThrow() instanceof Creation.Created(var task)
        ? task.id()
        : TaskSamples.taskId(0);
  }

  private String token(TaskId task) {
    return relay.store().attempts(task).getLast().attempt().token();
  }
}
