package dev.reelay.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reelay.access.KeyId;
import dev.reelay.access.TenantId;
import dev.reelay.asset.TimeOrderedIds;
import dev.reelay.money.Bill;
import dev.reelay.money.Cost;
import dev.reelay.money.Money;
import dev.reelay.routing.ChannelId;
import dev.reelay.task.ErrorCode;
import dev.reelay.task.Failure;
import dev.reelay.task.Margins;
import dev.reelay.task.Margins.By;
import dev.reelay.task.Margins.Query;
import dev.reelay.task.Margins.Sums;
import dev.reelay.task.Task;
import dev.reelay.task.TaskEvent;
import dev.reelay.task.TaskId;
import dev.reelay.task.TaskStore.NewTask;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store promises about costs of tasks, and about sums of them. */
public abstract class MarginsContract extends TaskStoreSuite {
  private static final Money TEN = Money.parse("10.00");
  private static final Money CENTS_20 = Money.parse("0.20");
  private static final Money CENTS_10 = Money.parse("0.10");
  private static final Instant MIDNIGHT = Instant.parse("2026-11-23T00:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);
  private static final int MILLIS_SHIFT = 16;

  /** The ids of sample files follow those of their tasks. */
  private static final int FILES_BITS = 8;

  private TenantId tenant = new TenantId(0);
  private KeyId key = new KeyId(0);
  private int made;

  protected abstract Margins margins();

  /** Gives back a part of what a succeeded task was charged. */
  protected abstract void refund(Task task, Money amount);

  @BeforeEach
  void somebodyHasMoney() {
    tenant = kit().tenant(TEN);
    key = kit().key(tenant, Optional.empty());
  }

  @Test
  void a_cost_is_kept_with_its_task() {
    var costed = succeed(CENTS_20);
    var silent = succeed(Optional.empty());
    var failed = fail(Bill.ofCost(Optional.of(CENTS_10)));

    assertThat(stored(costed).marks().cost()).isEqualTo(costed.marks().cost()).isPresent();
    assertThat(stored(silent).marks().cost()).isEmpty();
    assertThat(stored(failed)).isEqualTo(failed);
    assertThat(failed.marks().cost().map(Cost::amount)).contains(CENTS_10);
  }

  @Test
  void a_late_result_costs_and_the_ledger_stays_as_it_was() {
    var failed = fail(Bill.SILENT);
    var entries = kit().ledger(failed.id());

    var late = move(failed, new TaskEvent.Finished(StateSamples.RESULT.withCost(costOf(CENTS_20))));

    assertThat(stored(late).marks().cost().map(Cost::amount)).contains(CENTS_20);
    assertThat(kit().ledger(failed.id())).isEqualTo(entries);
    assertThat(all()).isEqualTo(sums(1, 0, 0, "0", "0", "0.20", "0"));
  }

  @Test
  void what_is_earned_is_the_charge_without_refunds_and_without_the_cost() {
    succeed(CENTS_20);
    refund(succeed(CENTS_20), CENTS_10);

    var sums = all();

    assertThat(sums).isEqualTo(sums(2, 0, 0, "1.00", "0.10", "0.40", "0"));
    assertThat(sums.margin()).isEqualTo(Money.parse("0.50"));
  }

  @Test
  void a_cost_that_nobody_knows_is_counted_and_its_charge_stands_apart() {
    succeed(CENTS_20);
    refund(succeed(Optional.empty()), CENTS_10);
    fail(Bill.SILENT);

    assertThat(all()).isEqualTo(sums(3, 0, 2, "0.50", "0", "0.20", "0.40"));
  }

  @Test
  void what_was_never_made_cost_nothing_and_what_is_open_counts_nowhere() {
    accept(NOON);
    move(submit(accept(NOON)), new TaskEvent.Rejected(1, refusal(), false));
    run(accept(NOON));

    assertThat(all()).isEqualTo(sums(3, 2, 0, "0", "0", "0", "0"));
  }

  @Test
  void an_attempt_that_was_given_up_may_have_cost_too() {
    var doubted = move(submit(accept(NOON)), new TaskEvent.AnswerLost(1, "reset"));
    succeed(move(doubted, new TaskEvent.ResendOrdered("olga")), costOf(CENTS_20));

    assertThat(all()).isEqualTo(sums(1, 0, 1, "0", "0", "0", "0.50"));
  }

  @Test
  void tasks_are_put_together_by_day_model_channel_and_tenant() {
    var first = succeed(CENTS_20);
    var channel = String.valueOf(first.state().attemptIfAny().orElseThrow().channel().value());
    accept(NOON.plus(DAY));

    var lines = report(MIDNIGHT, MIDNIGHT.plus(DAY.multipliedBy(2)), EnumSet.allOf(By.class));

    var tenantText = String.valueOf(tenant.value());
    assertThat(lines)
        .extracting(Margins.Line::group)
        .containsExactly(
            Map.of(
                By.DAY,
                "2026-11-23",
                By.MODEL,
                "sandbox-video",
                By.CHANNEL,
                channel,
                By.TENANT,
                tenantText),
            Map.of(
                By.DAY,
                "2026-11-24",
                By.MODEL,
                "sandbox-video",
                By.CHANNEL,
                "",
                By.TENANT,
                tenantText));
    assertThat(lines).extracting(line -> line.sums().tasks()).containsExactly(1L, 1L);
  }

  @Test
  void a_report_is_of_the_tasks_accepted_in_its_time_and_no_others() {
    accept(MIDNIGHT.minusMillis(1));
    accept(MIDNIGHT);
    accept(MIDNIGHT.plus(DAY).minusMillis(1));
    accept(MIDNIGHT.plus(DAY));

    assertThat(all().tasks()).isEqualTo(2);
    assertThatThrownBy(() -> new Query(MIDNIGHT, MIDNIGHT, Set.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Query(MIDNIGHT, MIDNIGHT.plus(DAY.multipliedBy(367)), Set.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void however_tasks_are_put_together_the_sums_are_the_same() {
    var random = new SplittableRandom(7);
    for (var i = 0; i < 12; i++) {
      switch (random.nextInt(4)) {
        case 0 -> succeed(Money.ofMicros(random.nextLong(1_000_000)));
        case 1 -> refund(succeed(Optional.empty()), CENTS_10);
        case 2 -> fail(Bill.ofUnits(OptionalLong.of(random.nextLong(2))));
        default -> accept(NOON);
      }
    }
    var whole = all();

    for (var by : By.values()) {
      var parts = report(MIDNIGHT, MIDNIGHT.plus(DAY), Set.of(by));
      var sum = parts.stream().map(Margins.Line::sums).reduce(Sums.NOTHING, Sums::plus);
      assertThat(sum).as("by %s", by).isEqualTo(whole);
    }
    assertThat(whole.tasks()).isEqualTo(12);
  }

  private static final Instant NOON = TaskSamples.NOON;

  private Sums all() {
    var lines = report(MIDNIGHT, MIDNIGHT.plus(DAY), Set.of());
    assertThat(lines).hasSize(1);
    return lines.getFirst().sums();
  }

  private List<Margins.Line> report(Instant from, Instant until, Set<By> by) {
    var report = margins().report(new Query(from, until, by));
    assertThat(report.isCut()).isFalse();
    return report.lines();
  }

  private static Sums sums(
      int tasks,
      int open,
      int unknown,
      String charged,
      String refunded,
      String cost,
      String unknownCharged) {
    return new Sums(
        tasks,
        open,
        unknown,
        Money.parse(charged),
        Money.parse(refunded),
        Money.parse(cost),
        Money.parse(unknownCharged));
  }

  /** A task of fifty cents, with an id of its time. */
  private Task accept(Instant at) {
    made++;
    var id =
        new TaskId(
            TimeOrderedIds.text(
                new UUID(
                    at.toEpochMilli() << MILLIS_SHIFT | 0x7000L,
                    Long.MIN_VALUE + ((long) made << FILES_BITS))));
    var accepted =
        new Task.Accepted(
            tenant,
            key,
            TaskSamples.request(),
            TaskSamples.holdPerVideo(CENTS_50),
            at,
            new Task.Deadlines(at.plus(DAY), at.plus(DAY)));
    var task = TaskSamples.queued(id, accepted);
    kit().tasks().create(new NewTask(task, OptionalInt.empty(), Optional.empty()));
    return task;
  }

  private static Optional<Money> costOf(Money amount) {
    return Optional.of(amount);
  }

  private Task succeed(Money cost) {
    return succeed(costOf(cost));
  }

  private Task succeed(Optional<Money> cost) {
    return succeed(accept(NOON), cost);
  }

  private Task succeed(Task queued, Optional<Money> cost) {
    ChannelId channel = kit().channel();
    var running = driver().run(queued, channel);
    var storing = move(running, new TaskEvent.Finished(StateSamples.RESULT.withCost(cost)));
    var facts = TaskSamples.made(5_000).with(Bill.ofCost(cost));
    return move(storing, new TaskEvent.Stored(TaskSamples.output(queued.id()), facts));
  }

  private Task fail(Bill bill) {
    var failure = Failure.of(ErrorCode.UPSTREAM_FAILED);
    return move(run(accept(NOON)), new TaskEvent.UpstreamFailed(failure, bill));
  }
}
