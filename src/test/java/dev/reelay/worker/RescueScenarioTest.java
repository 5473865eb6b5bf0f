package dev.reelay.worker;

import static dev.reelay.testkit.SimWorld.BARE_MODEL;
import static dev.reelay.testkit.SimWorld.LIST_MODEL;
import static dev.reelay.testkit.SimWorld.REFERENCE_MODEL;
import static dev.reelay.testkit.SimWorld.TOKEN_MODEL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.task.Doubts.LookRow;
import dev.reelay.task.Doubts.Recipe;
import dev.reelay.task.ErrorCode;
import dev.reelay.task.Recovery;
import dev.reelay.task.TaskId;
import dev.reelay.task.TaskState.Name;
import dev.reelay.task.Upstream;
import dev.reelay.task.Upstream.Abilities;
import dev.reelay.testkit.SimUpstream.OnPoll;
import dev.reelay.testkit.SimUpstream.OnSubmit;
import dev.reelay.testkit.SimWorld;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How a doubt is resolved by each of a provider's means, and when it is not. */
class RescueScenarioTest extends RelayScenario {
  private static final Duration UNTIL_SHOWN = SimWorld.LAG.plus(Upstream.SEND_MAX);

  private void expectFoundAndPaid(TaskId task) {
    relay
        .expect(task)
        .succeeded("0.50")
        .ledger("hold 0.50", "settle 0.50")
        .events("task.succeeded")
        .story(
            "submit.started",
            "submit.answer_lost",
            "doubt.found",
            "upstream.finished",
            "result.stored")
        .attempts("got");
    assertThat(relay.upstream().jobsMadeFor(task)).isEqualTo(1);
  }

  private void expectSentTwiceAndMadeOnce(TaskId task) {
    relay
        .expect(task)
        .succeeded("0.50")
        .ledger("hold 0.50", "settle 0.50")
        .events("task.succeeded")
        .story(
            "submit.started",
            "submit.answer_lost",
            "doubt.never_created",
            "submit.started",
            "submit.accepted",
            "upstream.finished",
            "result.stored")
        .attempts("never_created", "got");
    assertThat(relay.upstream().jobsMadeFor(task)).isEqualTo(1);
  }

  private static Abilities able(Recovery recovery) {
    return new Abilities(recovery, false, Duration.ofSeconds(2), Duration.ofSeconds(30));
  }

  // Our reference

  @Test
  void a_job_is_found_by_our_reference_as_soon_as_it_is_shown() {
    relay.upstream().onSubmit(OnSubmit.LOSE_WITH_JOB);
    var task = create(REFERENCE_MODEL);

    relay.pass(A_WHILE);

    expectFoundAndPaid(task);
  }

  @Test
  void an_absence_is_believed_only_after_the_lag() {
    relay.upstream().onSubmit(OnSubmit.LOSE_WITHOUT_JOB);
    var task = create(REFERENCE_MODEL);

    relay.pass(UNTIL_SHOWN.minusSeconds(1));
    relay.expect(task).is(Name.IN_DOUBT).attempts("in_doubt");
    assertThat(relay.search().finds()).isGreaterThan(3);
    relay.pass(A_WHILE);

    expectSentTwiceAndMadeOnce(task);
  }

  @Test
  void a_look_that_is_not_answered_proves_nothing_and_is_repeated() {
    for (var n = 0; n < 6; n++) {
      relay.upstream().onPoll(OnPoll.SILENCE);
    }
    relay.upstream().onSubmit(OnSubmit.LOSE_WITH_JOB);
    var task = create(REFERENCE_MODEL);

    relay.pass(A_WHILE.multipliedBy(2));

    expectFoundAndPaid(task);
  }

  @Test
  void a_new_life_of_the_node_waits_for_the_lag_anew() {
    relay.upstream().onSubmit(OnSubmit.LOSE_WITHOUT_JOB);
    var task = create(REFERENCE_MODEL);
    relay.pass(UNTIL_SHOWN.minusSeconds(5));

    node.begin();
    relay.pass(SimWorld.LAG.minusSeconds(1));
    relay.expect(task).is(Name.IN_DOUBT);
    relay.pass(A_WHILE);

    expectSentTwiceAndMadeOnce(task);
  }

  // The list

  @Test
  void jobs_of_lost_answers_are_matched_one_to_one() {
    relay.upstream().onSubmit(OnSubmit.LOSE_WITH_JOB, OnSubmit.LOSE_WITH_JOB);
    var first = create(LIST_MODEL);
    relay.pass(Duration.ofSeconds(3));
    var second = create(LIST_MODEL);

    relay.pass(UNTIL_SHOWN.plus(A_WHILE));

    expectFoundAndPaid(first);
    expectFoundAndPaid(second);
  }

  @Test
  void doubts_that_come_together_share_a_reading_of_the_list() {
    for (var n = 0; n < 20; n++) {
      relay.upstream().onSubmit(OnSubmit.LOSE_WITH_JOB);
      create(LIST_MODEL);
    }

    relay.pass(UNTIL_SHOWN.plusSeconds(10));

    assertThat(relay.store().all()).noneMatch(t -> t.state().kind() == Name.IN_DOUBT);
    assertThat(relay.search().lists()).isBetween(1, 3);
  }

  @Test
  void what_is_in_no_complete_list_is_sent_again() {
    relay.upstream().onSubmit(OnSubmit.LOSE_WITHOUT_JOB);
    var task = create(LIST_MODEL);

    relay.pass(UNTIL_SHOWN.minusSeconds(1));
    relay.expect(task).is(Name.IN_DOUBT);
    relay.pass(A_WHILE);

    expectSentTwiceAndMadeOnce(task);
  }

  // Callbacks

  @Test
  void an_id_that_a_callback_named_is_believed_once_the_provider_knows_it() {
    relay.upstream().addChannel(SimWorld.BARE, able(Recovery.NONE.withCallback()));
    relay.upstream().onSubmit(OnSubmit.LOSE_WITH_JOB);
    var task = create(BARE_MODEL);
    relay.pass(Duration.ofSeconds(3));
    var job = relay.upstream().madeWith(token(task)).orElseThrow();

    relay.doubts().name(task, 1, "job-that-never-was", relay.clock().instant());
    relay.pass(A_WHILE);
    relay.expect(task).is(Name.IN_DOUBT);
    relay.doubts().name(task, 1, job.id(), relay.clock().instant());
    relay.pass(A_WHILE);

    expectFoundAndPaid(task);
  }

  @Test
  void a_callback_that_names_another_tasks_job_gains_nothing() {
    relay.upstream().addChannel(SimWorld.BARE, able(Recovery.NONE.withCallback()));
    var first = create(BARE_MODEL);
    relay.pass(Duration.ofSeconds(3));
    relay.upstream().onSubmit(OnSubmit.LOSE_WITHOUT_JOB);
    var second = create(BARE_MODEL);
    relay.pass(Duration.ofSeconds(3));

    var theirs = relay.upstream().madeWith(token(first)).orElseThrow();
    relay.doubts().name(second, 1, theirs.id(), relay.clock().instant());
    relay.pass(A_WHILE);

    relay.expect(first).succeeded("0.50");
    relay.expect(second).is(Name.IN_DOUBT).ledger("hold 0.50");
  }

  // Order, notes, ends

  @Test
  void the_next_recipe_is_tried_while_the_one_before_gives_no_answer() {
    var both = Recovery.NONE.withToken(Duration.ofHours(1)).withReference(SimWorld.LAG);
    relay.upstream().addChannel(SimWorld.WITH_TOKEN, able(both));
    relay.upstream().onSubmit(OnSubmit.LOSE_WITH_JOB);
    for (var n = 0; n < 10; n++) {
      relay.upstream().onSubmit(OnSubmit.REFUSE_ACCOUNT);
    }
    var task = create(TOKEN_MODEL);

    relay.pass(A_WHILE);

    expectFoundAndPaid(task);
  }

  @Test
  void how_each_recipe_fared_is_noted_for_the_operator() {
    relay.upstream().onSubmit(OnSubmit.LOSE_WITHOUT_JOB);
    var task = create(REFERENCE_MODEL);

    relay.pass(Duration.ofSeconds(20));

    assertThat(relay.doubts().looks(task))
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.look().recipe()).isEqualTo(Recipe.REFERENCE);
              assertThat(row.look().result()).startsWith("absent, to be believed from ");
              assertThat(row.look().nextAt()).isPresent();
            })
        .extracting(LookRow::times)
        .isEqualTo(2);
  }

  @Test
  void a_doubt_ends_when_its_job_could_have_ended_and_the_customer_pays_nothing() {
    var quick = Recovery.NONE.withLongestJob(Duration.ofMinutes(3));
    relay.upstream().addChannel(SimWorld.BARE, able(quick));
    relay.upstream().onSubmit(OnSubmit.LOSE_WITH_JOB);
    var task = create(BARE_MODEL);
    relay.run();

    relay.pass(Duration.ofMinutes(3).minusSeconds(1));
    relay.expect(task).is(Name.IN_DOUBT);
    relay.pass(Duration.ofSeconds(2));

    relay
        .expect(task)
        .failed(ErrorCode.IN_DOUBT_GIVEN_UP)
        .ledger("hold 0.50", "release 0.50")
        .events("task.failed")
        .story("submit.started", "submit.answer_lost", "doubt.expired")
        .attempts("given_up");
    assertThat(relay.doubts().suspense().givenUp()).isEqualTo(1);
  }
}
