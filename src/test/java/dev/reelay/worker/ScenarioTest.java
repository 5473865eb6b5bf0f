package dev.reelay.worker;

import static dev.reelay.testkit.SimWorld.TOKEN_MODEL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.money.Money;
import dev.reelay.task.ErrorCode;
import dev.reelay.task.TaskEvent;
import dev.reelay.task.TaskState.Name;
import dev.reelay.task.VideoResult;
import dev.reelay.testkit.SimUpstream.OnFetch;
import dev.reelay.testkit.SimUpstream.OnPoll;
import dev.reelay.testkit.SimUpstream.Verdict;
import dev.reelay.testkit.SimWorld;
import dev.reelay.testkit.TaskSamples;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What becomes of a task that a provider took: success, failure, the deadline. */
class ScenarioTest extends RelayScenario {
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
        .attempts("got")
        .cost("0.30");
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
        .story("submit.started", "submit.accepted", "upstream.finished", "result.stored")
        .cost("0.15");
  }

  @Test
  void a_task_that_fails_upstream_costs_its_caller_nothing() {
    relay.upstream().verdicts(Verdict.FAIL);
    var task = create(TOKEN_MODEL);

    relay.pass(A_WHILE);

    relay
        .expect(task)
        .failed(ErrorCode.UPSTREAM_FAILED)
        .ledger("hold 0.50", "release 0.50")
        .events("task.failed")
        .story("submit.started", "submit.accepted", "upstream.failed")
        .attempts("got")
        .costUnknown();
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
        .story("submit.started", "submit.accepted", "upstream.finished", "result.refused")
        .cost("0.30");
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

  /** Found by a kill: the sandbox listens elsewhere in its next life. */
  @Test
  void a_result_whose_address_leads_nowhere_any_more_is_asked_for_again() {
    for (var n = 0; n < 7; n++) {
      relay.upstream().onFetch(OnFetch.STORAGE_FULL);
    }
    var task = create(TOKEN_MODEL);
    relay.pass(Duration.ofMinutes(1));
    relay.expect(task).is(Name.STORING);
    relay.upstream().moveResults();

    relay.pass(A_WHILE);

    relay
        .expect(task)
        .succeeded("0.50")
        .ledger("hold 0.50", "settle 0.50")
        .events("task.succeeded")
        .story("submit.started", "submit.accepted", "upstream.finished", "result.stored");
  }

  @Test
  void tasks_whose_caller_never_asks_all_end_and_nothing_stays_held() {
    relay.topUp(caller.tenant().id(), Money.parse("100"));
    for (var n = 0; n < 25; n++) {
      relay.upstream().verdicts(Verdict.SUCCEED, Verdict.FAIL, Verdict.NEVER, Verdict.SUCCEED);
      SimWorld.MODELS.forEach(this::create);
    }

    relay.pass(SimWorld.FINISH.plus(A_WHILE));

    assertThat(relay.store().all())
        .hasSize(25 * SimWorld.MODELS.size())
        .allMatch(task -> task.isFinal());
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
}
