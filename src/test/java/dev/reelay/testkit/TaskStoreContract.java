package dev.reelay.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.reelay.asset.Asset;
import dev.reelay.asset.AssetKind;
import dev.reelay.money.Balance;
import dev.reelay.money.EntryKind;
import dev.reelay.money.LedgerEntry;
import dev.reelay.money.Money;
import dev.reelay.task.ErrorCode;
import dev.reelay.task.Failure;
import dev.reelay.task.Task;
import dev.reelay.task.TaskEvent;
import dev.reelay.task.TaskState;
import dev.reelay.task.TaskStore.AttemptRow;
import dev.reelay.task.TaskStore.Commit;
import dev.reelay.task.TaskStore.Creation;
import dev.reelay.task.TaskStore.Idempotency;
import dev.reelay.task.TaskStore.NewTask;
import dev.reelay.task.TaskStore.TimelineRow;
import dev.reelay.task.VideoResult;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every task store promises about accepting and moving tasks. */
public abstract class TaskStoreContract extends TaskStoreSuite {
  // Accepting

  @Test
  void an_accepted_task_holds_exactly_its_maximum() {
    var tenant = kit().tenant(DOLLAR);
    var key = kit().key(tenant, Optional.of(DOLLAR));

    var task = accept(1, tenant, key, CENTS_50);

    assertThat(kit().balance(tenant)).isEqualTo(new Balance(CENTS_50, CENTS_50, Money.ZERO));
    assertThat(kit().openTasks(tenant)).isEqualTo(1);
    assertThat(kit().spent(key)).isEqualTo(CENTS_50);
    assertThat(kit().ledger(task.id()))
        .extracting(LedgerEntry::kind)
        .containsExactly(EntryKind.HOLD);
    assertThat(words(task)).containsExactly("task.created");
  }

  @Test
  void a_found_task_is_the_one_accepted_in_every_field() {
    var tenant = kit().tenant(DOLLAR);
    var key = kit().key(tenant, Optional.empty());
    var parent = accept(1, tenant, key, Money.ZERO);
    var accepted =
        new Task.Accepted(
            tenant,
            key,
            TaskSamples.richRequest(parent.id(), kit().channel()),
            TaskSamples.holdPerSecond(new Money(1_001)),
            TaskSamples.NOON,
            TaskSamples.deadlines());
    var task = TaskSamples.queued(TaskSamples.taskId(2), accepted);

    kit().tasks().create(new NewTask(task, OptionalInt.empty(), Optional.empty()));

    assertThat(kit().tasks().find(task.id())).contains(task);
    assertThat(kit().tasks().find(TaskSamples.taskId(3))).isEmpty();
  }

  @Test
  void pictures_are_accepted_with_their_task_or_not_at_all() {
    var tenant = kit().tenant(DOLLAR);
    var key = kit().key(tenant, Optional.empty());
    var rich = queued(1, tenant, key, CENTS_50);
    var poor = queued(2, tenant, key, DOLLAR);
    var one = TaskSamples.asset(rich.id(), 1, AssetKind.INPUT, "image/png");
    var other = TaskSamples.asset(poor.id(), 2, AssetKind.INPUT, "image/png");

    kit().tasks().create(withPicture(rich, one));
    var refused = kit().tasks().create(withPicture(poor, other));

    assertThat(refused).isInstanceOf(Creation.BalanceTooLow.class);
    assertThat(kit().assets(rich.id())).containsExactly(one.id());
    assertThat(kit().assets(poor.id())).isEmpty();
  }

  @Test
  void the_files_of_a_deleted_task_are_over() {
    var tenant = kit().tenant(DOLLAR);
    var key = kit().key(tenant, Optional.empty());
    var task = queued(1, tenant, key, CENTS_50);
    var kept = queued(2, tenant, key, CENTS_50);
    kit().tasks().create(withPicture(task, picture(task)));
    kit().tasks().create(withPicture(kept, picture(kept)));
    var done = succeed(task, 5_000);
    assertThat(kit().liveAssets(task.id(), LATER)).hasSizeGreaterThan(1);

    move(done, new TaskEvent.DeleteRequested("the caller"));

    assertThat(kit().liveAssets(task.id(), LATER)).isEmpty();
    assertThat(kit().liveAssets(kept.id(), LATER)).hasSize(1);
  }

  private static Asset picture(Task task) {
    return TaskSamples.asset(task.id(), 3, AssetKind.INPUT, "image/png");
  }

  private static NewTask withPicture(Task task, Asset picture) {
    return new NewTask(task, OptionalInt.empty(), Optional.empty(), List.of(picture));
  }

  @Test
  void a_free_task_moves_no_money_but_counts_as_open() {
    var tenant = kit().tenant(Money.ZERO);
    var key = kit().key(tenant, Optional.of(Money.ZERO));

    var task = accept(1, tenant, key, Money.ZERO);

    assertThat(kit().ledger(task.id())).isEmpty();
    assertThat(kit().openTasks(tenant)).isEqualTo(1);
    assertThat(succeed(task, 5_000).isFinal()).isTrue();
    assertThat(kit().openTasks(tenant)).isZero();
  }

  @Test
  void a_low_balance_refuses_and_leaves_nothing() {
    var tenant = kit().tenant(CENTS_50);
    var key = kit().key(tenant, Optional.of(DOLLAR));
    var task = queued(1, tenant, key, DOLLAR);

    var refused = kit().tasks().create(newTask(task, call("a", PRINT)));

    assertThat(refused).isEqualTo(new Creation.BalanceTooLow(DOLLAR, CENTS_50));
    expectNothing(task, CENTS_50);
  }

  @Test
  void a_used_up_key_refuses_and_leaves_nothing() {
    var tenant = kit().tenant(DOLLAR);
    var key = kit().key(tenant, Optional.of(new Money(499_999)));
    var task = queued(1, tenant, key, CENTS_50);

    var refused = kit().tasks().create(newTask(task, call("a", PRINT)));

    assertThat(refused).isEqualTo(new Creation.KeyLimitReached(CENTS_50, new Money(499_999)));
    expectNothing(task, DOLLAR);
  }

  @Test
  void too_many_open_tasks_refuse_and_leave_nothing() {
    var tenant = kit().tenant(DOLLAR);
    var key = kit().key(tenant, Optional.empty());
    var first = accept(1, tenant, key, Money.ZERO);
    var task = queued(2, tenant, key, CENTS_50);
    var limited = new NewTask(task, OptionalInt.of(1), Optional.of(call("a", PRINT)));

    var refused = kit().tasks().create(limited);

    assertThat(refused).isEqualTo(new Creation.TooManyOpen(1));
    assertThat(kit().openTasks(tenant)).isEqualTo(1);
    move(first, new TaskEvent.CancelRequested("the caller"));
    expectNothing(task, DOLLAR);
    assertThat(kit().tasks().create(limited)).isInstanceOf(Creation.Created.class);
  }

  @Test
  void a_refused_create_keeps_no_idempotency_record() {
    var tenant = kit().tenant(CENTS_50);
    var key = kit().key(tenant, Optional.empty());
    kit().tasks().create(newTask(queued(1, tenant, key, DOLLAR), call("a", PRINT)));

    var second =
        kit().tasks().create(newTask(queued(2, tenant, key, CENTS_50), call("a", OTHER_PRINT)));

    assertThat(second).isInstanceOf(Creation.Created.class);
  }

  @Test
  void a_repeat_replays_the_first_answer_and_holds_nothing() {
    var tenant = kit().tenant(DOLLAR);
    var key = kit().key(tenant, Optional.empty());
    var first = queued(1, tenant, key, CENTS_50);
    kit().tasks().create(newTask(first, call("a", PRINT)));

    var repeat = kit().tasks().create(newTask(queued(2, tenant, key, CENTS_50), call("a", PRINT)));

    assertThat(repeat).isEqualTo(new Creation.Replayed(first.id(), "the bytes"));
    assertThat(kit().tasks().find(TaskSamples.taskId(2))).isEmpty();
    assertThat(kit().balance(tenant).held()).isEqualTo(CENTS_50);
  }

  @Test
  void the_same_key_for_another_body_is_refused() {
    var tenant = kit().tenant(DOLLAR);
    var key = kit().key(tenant, Optional.empty());
    kit().tasks().create(newTask(queued(1, tenant, key, CENTS_50), call("a", PRINT)));

    var other =
        kit().tasks().create(newTask(queued(2, tenant, key, CENTS_50), call("a", OTHER_PRINT)));

    assertThat(other).isEqualTo(new Creation.KeyReused());
  }

  @Test
  void idempotency_keys_are_apart_by_tenant_and_route() {
    var tenant = kit().tenant(DOLLAR);
    var key = kit().key(tenant, Optional.empty());
    var stranger = kit().tenant(DOLLAR);
    var strangersKey = kit().key(stranger, Optional.empty());
    var call = call("a", PRINT);
    var elsewhere = new Idempotency("/v1/videos", "a", PRINT, "other bytes");

    var creations =
        List.of(
            kit().tasks().create(newTask(queued(1, tenant, key, CENTS_50), call)),
            kit().tasks().create(newTask(queued(2, tenant, key, CENTS_50), elsewhere)),
            kit().tasks().create(newTask(queued(3, stranger, strangersKey, CENTS_50), call)));

    assertThat(creations).hasOnlyElementsOfType(Creation.Created.class);
  }

  // Moving

  @Test
  void a_commit_on_an_old_version_writes_nothing() {
    var task = accepted();
    var started = started(task, 1);
    move(task, started);

    var late = decide(task, new TaskEvent.CancelRequested("the caller"));

    assertThat(kit().tasks().commit(late)).isEqualTo(Commit.MOVED);
    assertThat(stored(task).state().kind()).isEqualTo(TaskState.Name.SUBMITTING);
    assertThat(kit().ledger(task.id())).hasSize(1);
  }

  @Test
  void a_commit_with_an_old_fence_writes_nothing() {
    var task = accepted();
    var other = new Task.Custody("node-b", 99);
    var forged =
        new Task(task.id(), task.accepted(), task.version(), other, task.state(), task.marks());

    var transition = decide(forged, new TaskEvent.CancelRequested("the caller"));

    assertThat(kit().tasks().commit(transition)).isEqualTo(Commit.MOVED);
    assertThat(stored(task)).isEqualTo(task);
  }

  @Test
  void a_commit_for_a_task_that_is_not_there_says_moved() {
    var tenant = kit().tenant(DOLLAR);
    var never = queued(1, tenant, kit().key(tenant, Optional.empty()), CENTS_50);

    var transition = decide(never, new TaskEvent.CancelRequested("the caller"));

    assertThat(kit().tasks().commit(transition)).isEqualTo(Commit.MOVED);
  }

  @Test
  void success_charges_what_was_used_and_releases_the_rest() {
    var tenant = kit().tenant(DOLLAR);
    var key = kit().key(tenant, Optional.of(DOLLAR));
    var task = accept(1, tenant, key, TaskSamples.holdPerSecond(new Money(100_000)));

    var done = succeed(task, 4_000);

    assertThat(kit().balance(tenant))
        .isEqualTo(new Balance(Money.parse("0.60"), Money.ZERO, Money.parse("0.40")));
    assertThat(kit().spent(key)).isEqualTo(Money.parse("0.40"));
    assertThat(kit().openTasks(tenant)).isZero();
    assertThat(kit().ledger(task.id()))
        .extracting(LedgerEntry::kind)
        .containsExactly(EntryKind.HOLD, EntryKind.SETTLE, EntryKind.RELEASE);
    assertThat(kit().outbox(task.id())).containsExactly("task.succeeded");
    assertThat(kit().assets(task.id()))
        .containsExactly(TaskSamples.assetId(task.id(), 1), TaskSamples.assetId(task.id(), 2));
    assertThat(stored(task)).isEqualTo(done);
  }

  @Test
  void failure_gives_everything_back() {
    var tenant = kit().tenant(DOLLAR);
    var key = kit().key(tenant, Optional.of(DOLLAR));
    var running = run(accept(1, tenant, key, CENTS_50));

    move(running, new TaskEvent.UpstreamFailed(Failure.of(ErrorCode.UPSTREAM_FAILED)));

    assertThat(kit().balance(tenant)).isEqualTo(new Balance(DOLLAR, Money.ZERO, Money.ZERO));
    assertThat(kit().spent(key)).isEqualTo(Money.ZERO);
    assertThat(kit().openTasks(tenant)).isZero();
    assertThat(kit().outbox(running.id())).containsExactly("task.failed");
  }

  @Test
  void every_state_is_read_as_it_was_written() {
    var tenant = kit().tenant(Money.parse("10"));
    var key = kit().key(tenant, Optional.empty());
    var tasks = IntStream.range(0, 9).mapToObj(n -> accept(n, tenant, key, CENTS_50)).toList();
    var result =
        new VideoResult(
            StateSamples.RESULT.video(),
            Optional.of(URI.create("https://cdn.example/p.jpg")),
            Optional.of("a cat"),
            OptionalLong.of(12),
            Optional.of(new Money(34)));
    var requeued = notSent(submit(tasks.get(1)));
    var doubtful = move(submit(tasks.get(2)), new TaskEvent.AnswerLost(1, "reset"));
    var storing = move(run(tasks.get(4)), new TaskEvent.Finished(result));
    var failed = move(submit(tasks.get(6)), new TaskEvent.Rejected(1, refusal(), false));
    var failedLate = move(run(tasks.get(7)), new TaskEvent.UpstreamFailed(refusal()));
    var canceled = move(run(tasks.get(8)), new TaskEvent.UpstreamCanceled());

    var moved =
        List.of(
            submit(tasks.get(0)),
            requeued,
            doubtful,
            run(tasks.get(3)),
            storing,
            succeed(tasks.get(5), 5_000),
            failed,
            failedLate,
            canceled);

    assertThat(moved).allSatisfy(task -> assertThat(stored(task)).isEqualTo(task));
  }

  @Test
  void two_attempts_on_one_channel_never_adopt_one_job() {
    var tenant = kit().tenant(DOLLAR);
    var key = kit().key(tenant, Optional.empty());
    var channel = kit().channel();
    var first = move(accept(1, tenant, key, CENTS_50), started(TaskSamples.taskId(1), 1, channel));
    var second = move(accept(2, tenant, key, CENTS_50), started(TaskSamples.taskId(2), 1, channel));
    move(first, new TaskEvent.Accepted(1, "their-1"));

    var taken = kit().tasks().commit(decide(second, new TaskEvent.Accepted(1, "their-1")));

    assertThat(taken).isEqualTo(Commit.UPSTREAM_ID_TAKEN);
    assertThat(stored(second)).isEqualTo(second);
    assertThat(words(second)).containsExactly("task.created", "submit.started");
  }

  @Test
  void another_channel_may_use_the_same_id() {
    var tenant = kit().tenant(DOLLAR);
    var key = kit().key(tenant, Optional.empty());
    var first = submit(accept(1, tenant, key, CENTS_50));
    var second = submit(accept(2, tenant, key, CENTS_50));
    move(first, new TaskEvent.Accepted(1, "their-1"));

    var commit = kit().tasks().commit(decide(second, new TaskEvent.Accepted(1, "their-1")));

    assertThat(commit).isEqualTo(Commit.DONE);
  }

  @Test
  void of_two_that_would_end_a_task_one_does_and_money_moves_once() {
    var running = run(accepted());
    var fail = decide(running, new TaskEvent.UpstreamFailed(refusal()));
    var cancel = decide(running, new TaskEvent.UpstreamCanceled());

    var commits = Crowd.run(2, n -> () -> kit().tasks().commit(n == 0 ? fail : cancel));

    assertThat(commits).containsExactlyInAnyOrder(Commit.DONE, Commit.MOVED);
    assertThat(kit().ledger(running.id())).filteredOn(LedgerEntry::closes).hasSize(1);
    assertThat(kit().outbox(running.id())).hasSize(1);
  }

  @Test
  void a_final_task_keeps_late_evidence_and_nothing_else() {
    var failed = move(run(accepted()), new TaskEvent.UpstreamFailed(refusal()));
    var entries = kit().ledger(failed.id());

    var after = move(failed, new TaskEvent.Finished(StateSamples.RESULT));

    assertThat(stored(failed)).isEqualTo(after);
    assertThat(after.state()).isEqualTo(failed.state());
    assertThat(kit().ledger(failed.id())).isEqualTo(entries);
    assertThat(kit().outbox(failed.id())).containsExactly("task.failed");
    assertThat(words(failed)).endsWith("evidence.late");
  }

  @Test
  void the_timeline_and_the_attempts_tell_the_whole_story() {
    var task = accepted();
    var queuedAgain = notSent(submit(task));
    var lost = move(submit(queuedAgain), new TaskEvent.AnswerLost(2, "reset"));
    move(lost, new TaskEvent.Found(2, "their-2", Optional.empty()));

    assertThat(kit().tasks().timeline(task.id()))
        .extracting(TimelineRow::number, TimelineRow::word, TimelineRow::state, TimelineRow::detail)
        .containsExactly(
            tuple(0, "task.created", "queued", ""),
            tuple(1, "submit.started", "submitting", "first try"),
            tuple(2, "submit.not_sent", "queued", "no connection"),
            tuple(3, "submit.started", "submitting", "first try"),
            tuple(4, "submit.answer_lost", "in_doubt", "reset"),
            tuple(5, "doubt.found", "running", "their-2"));
    assertThat(kit().tasks().attempts(task.id()))
        .extracting(AttemptRow::fate, AttemptRow::upstreamId, AttemptRow::why)
        .containsExactly(
            tuple("not_sent", Optional.empty(), "no connection"),
            tuple("got", Optional.of("their-2"), "first try"));
  }
}
