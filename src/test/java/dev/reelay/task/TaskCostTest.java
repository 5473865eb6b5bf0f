package dev.reelay.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.access.KeyId;
import dev.reelay.access.TenantId;
import dev.reelay.money.Bill;
import dev.reelay.money.Cost;
import dev.reelay.money.Cost.Basis;
import dev.reelay.money.Factors;
import dev.reelay.money.Money;
import dev.reelay.money.Price;
import dev.reelay.money.PriceRule;
import dev.reelay.money.Quote;
import dev.reelay.testkit.StateSamples;
import dev.reelay.testkit.TaskSamples;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What a task's job cost us, as the rules note it. */
class TaskCostTest {
  private static final Instant LATER = TaskSamples.NOON.plusSeconds(60);

  /** Five seconds at 0.02, and half of ours for one of theirs. */
  private static final Cost BY_RULE = cost("0.05", Basis.RULE);

  @Test
  void a_success_notes_what_its_job_cost_and_the_customer_pays_the_price() {
    var storing = move(running(), new TaskEvent.Finished(StateSamples.RESULT));
    var done = decide(storing, stored());

    assertThat(done.after().marks().cost()).contains(BY_RULE);
    assertThat(done.entries()).isEqualTo(withoutRule().entries());
  }

  @Test
  void a_price_by_reported_cost_is_charged_in_our_currency() {
    var price = new Price.ReportedCost(200, Money.parse("1"));
    var rule = new PriceRule(1, "sandbox-video", 1, price);
    var asked = TaskSamples.request().shape().usage();
    var hold = Quote.hold(rule, Factors.ONE, asked).orElseThrow();
    var queued = TaskSamples.queued(TaskSamples.taskId(1), new TenantId(1), new KeyId(1), hold);
    var told = Bill.ofCost(Optional.of(Money.parse("0.30")));
    var facts = TaskSamples.made(5_000).with(told);

    var started = move(queued, new TaskEvent.SubmitStarted(StateSamples.COSTED, "first try"));
    var running = move(started, new TaskEvent.Accepted(1, "their-1"));
    var storing = move(running, new TaskEvent.Finished(StateSamples.RESULT));
    var done =
        move(storing, new TaskEvent.Stored(TaskSamples.output(TaskSamples.taskId(1)), facts));

    // Half of ours for one of theirs: 0.15 for us, and twice that for the customer.
    assertThat(done.marks().cost()).contains(cost("0.15", Basis.REPORTED));
    assertThat(((TaskState.Succeeded) done.state()).charged()).isEqualTo(Money.parse("0.30"));
  }

  @Test
  void a_job_of_which_nobody_knows_the_cost_has_none() {
    assertThat(withoutRule().after().marks().cost()).isEmpty();
  }

  @Test
  void a_file_that_cannot_be_had_was_made_all_the_same_and_costs() {
    var storing = move(running(), new TaskEvent.Finished(StateSamples.RESULT));

    var refused =
        move(storing, new TaskEvent.StoreRefused(Failure.of(ErrorCode.RESULT_UNREACHABLE)));

    assertThat(refused.marks().cost()).contains(BY_RULE);
  }

  @Test
  void a_deadline_while_the_file_is_fetched_notes_the_cost_too() {
    var storing = move(running(), new TaskEvent.Finished(StateSamples.RESULT));
    var deadline = storing.accepted().deadlines().finishBy();

    var late = move(storing, new TaskEvent.DeadlinePassed(), deadline);

    assertThat(late.state()).isInstanceOf(TaskState.Failed.class);
    assertThat(late.marks().cost()).contains(BY_RULE);
  }

  @Test
  void a_failure_costs_what_the_provider_says_and_nobody_guesses() {
    var failure = Failure.of(ErrorCode.CONTENT_REFUSED);
    var billed = Bill.ofCost(Optional.of(Money.parse("0.07")));
    var free = Bill.ofUnits(OptionalLong.of(0));

    assertThat(failed(failure, billed)).contains(cost("0.035", Basis.REPORTED));
    assertThat(failed(failure, free)).contains(cost("0", Basis.REPORTED));
    assertThat(failed(failure, Bill.SILENT)).isEmpty();
  }

  @Test
  void a_result_that_comes_after_the_end_costs_us_and_moves_no_money() {
    var failed = move(running(), new TaskEvent.UpstreamFailed(Failure.of(ErrorCode.TASK_TIMEOUT)));

    var late = decide(failed, new TaskEvent.Finished(StateSamples.RESULT));

    assertThat(late.after().marks().cost()).contains(BY_RULE);
    assertThat(late.entries()).isEmpty();
  }

  @Test
  void a_cost_that_is_known_is_not_forgotten_by_what_follows() {
    var storing = move(running(), new TaskEvent.Finished(StateSamples.RESULT));
    var done = move(storing, stored());

    var deleted = move(done, new TaskEvent.DeleteRequested("the caller"));

    assertThat(deleted.marks().cost()).isEqualTo(done.marks().cost()).isPresent();
  }

  private static Optional<Cost> failed(Failure failure, Bill bill) {
    return move(running(), new TaskEvent.UpstreamFailed(failure, bill)).marks().cost();
  }

  private static Transition withoutRule() {
    var running = move(started(StateSamples.ATTEMPT), new TaskEvent.Accepted(1, "their-1"));
    return decide(move(running, new TaskEvent.Finished(StateSamples.RESULT)), stored());
  }

  private static Task running() {
    return move(started(StateSamples.COSTED), new TaskEvent.Accepted(1, "their-1"));
  }

  private static Task started(Attempt attempt) {
    var queued = TaskSamples.queued();
    return move(queued, new TaskEvent.SubmitStarted(attempt, "first try"));
  }

  private static TaskEvent stored() {
    var output = TaskSamples.output(TaskSamples.taskId(1));
    return new TaskEvent.Stored(output, TaskSamples.made(5_000));
  }

  private static Task move(Task task, TaskEvent event) {
    return move(task, event, LATER);
  }

  private static Task move(Task task, TaskEvent event, Instant now) {
    return ((Decision.Move) TaskRules.decide(task, event, now)).transition().after();
  }

  private static Transition decide(Task task, TaskEvent event) {
    return ((Decision.Move) TaskRules.decide(task, event, LATER)).transition();
  }

  private static Cost cost(String amount, Basis basis) {
    return new Cost(Money.parse(amount), basis);
  }
}
