package dev.reelay.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.reelay.access.KeyId;
import dev.reelay.access.TenantId;
import dev.reelay.money.Balance;
import dev.reelay.money.EntryKind;
import dev.reelay.money.Hold;
import dev.reelay.money.LedgerEntry;
import dev.reelay.money.Money;
import dev.reelay.money.Reconcile;
import dev.reelay.routing.ChannelId;
import dev.reelay.routing.ModelName;
import dev.reelay.task.ErrorCode;
import dev.reelay.task.Failure;
import dev.reelay.task.Task;
import dev.reelay.task.TaskEvent;
import dev.reelay.task.TaskId;
import dev.reelay.task.TaskState;
import dev.reelay.task.TaskStore.AttemptRow;
import dev.reelay.task.TaskStore.Commit;
import dev.reelay.task.TaskStore.Creation;
import dev.reelay.task.TaskStore.Idempotency;
import dev.reelay.task.TaskStore.NewTask;
import dev.reelay.task.TaskStore.Query;
import dev.reelay.task.TaskStore.TimelineRow;
import dev.reelay.task.Transition;
import dev.reelay.task.VideoResult;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every task store promises. After each test the books must balance. */
public abstract class TaskStoreContract {
  private static final Money CENTS_50 = Money.parse("0.50");
  private static final Money DOLLAR = Money.parse("1.00");
  private static final String PRINT = "0f".repeat(32);
  private static final String OTHER_PRINT = "1e".repeat(32);
  private static final Instant LATER = TaskSamples.NOON.plusSeconds(60);
  private static final Duration LEASE = Duration.ofSeconds(30);

  /** The same kit for the whole of one test. */
  protected abstract TaskStoreKit kit();

  @AfterEach
  void the_books_balance() {
    try (var closed = kit()) {
      assertThat(Reconcile.faults(closed.facts())).isEmpty();
    }
  }

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
            TaskSamples.richRequest(parent.id()),
            TaskSamples.holdPerSecond(new Money(1_001)),
            TaskSamples.NOON,
            TaskSamples.deadlines());
    var task = TaskSamples.queued(TaskSamples.taskId(2), accepted);

    kit().tasks().create(new NewTask(task, OptionalInt.empty(), Optional.empty()));

    assertThat(kit().tasks().find(task.id())).contains(task);
    assertThat(kit().tasks().find(TaskSamples.taskId(3))).isEmpty();
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
    var requeued = move(submit(tasks.get(1)), new TaskEvent.NotSent(1, "refused"));
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
    var queuedAgain = move(submit(task), new TaskEvent.NotSent(1, "no connection"));
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

  // Reading

  @Test
  void a_list_is_newest_first_and_goes_on_where_the_page_before_ended() {
    var tenant = kit().tenant(DOLLAR);
    var key = kit().key(tenant, Optional.empty());
    IntStream.range(0, 5).forEach(n -> accept(n, tenant, key, Money.ZERO));

    var first = kit().tasks().list(query(tenant, Set.of(), Optional.empty(), 3));
    var second = kit().tasks().list(query(tenant, Set.of(), Optional.of(first.getLast().id()), 3));

    assertThat(first).extracting(Task::id).containsExactly(ids(4, 3, 2));
    assertThat(second).extracting(Task::id).containsExactly(ids(1, 0));
  }

  @Test
  void a_list_shows_only_what_was_asked_for_and_nothing_deleted() {
    var tenant = kit().tenant(DOLLAR);
    var key = kit().key(tenant, Optional.empty());
    var stranger = kit().tenant(DOLLAR);
    accept(0, stranger, kit().key(stranger, Optional.empty()), Money.ZERO);
    var tasks = IntStream.range(1, 5).mapToObj(n -> accept(n, tenant, key, Money.ZERO)).toList();
    submit(tasks.get(0));
    move(tasks.get(1), new TaskEvent.CancelRequested("the caller"));
    move(submit(tasks.get(2)), new TaskEvent.DeleteRequested("the caller"));
    var names = new ModelName("sora-2");

    assertThat(kit().tasks().list(query(tenant, Set.of(), Optional.empty(), 10)))
        .extracting(Task::id)
        .containsExactly(ids(4, 2, 1));
    assertThat(
            kit()
                .tasks()
                .list(query(tenant, Set.of(TaskState.Name.SUBMITTING), Optional.empty(), 10)))
        .extracting(Task::id)
        .containsExactly(ids(1));
    assertThat(
            kit()
                .tasks()
                .list(
                    query(
                        tenant,
                        Set.of(TaskState.Name.CANCELED, TaskState.Name.QUEUED),
                        Optional.empty(),
                        10)))
        .extracting(Task::id)
        .containsExactly(ids(4, 2));
    assertThat(listOfModel(names.value())).hasSize(4);
    assertThat(listOfModel("sandbox-video")).hasSize(4);
    assertThat(listOfModel("veo")).isEmpty();
  }

  // Nodes and their tasks

  @Test
  void only_tasks_that_no_living_node_holds_are_orphans() {
    var tenant = kit().tenant(DOLLAR);
    var key = kit().key(tenant, Optional.empty());
    var alive = custody("node-a");
    var dead = custody("node-b");
    var taker = custody("node-c");
    createOwned(1, tenant, key, alive);
    var lost = createOwned(2, tenant, key, dead);
    var ended = createOwned(3, tenant, key, dead);
    move(ended, new TaskEvent.CancelRequested("the caller"));
    kit().endLease("node-b");

    var taken = kit().tasks().takeOrphans(taker, 100);

    assertThat(taken).containsExactly(lost.takenBy(taker));
    assertThat(stored(lost)).isEqualTo(lost.takenBy(taker));
    assertThat(kit().tasks().takeOrphans(taker, 100)).isEmpty();
  }

  @Test
  void a_node_that_registers_again_takes_back_its_own_tasks() {
    var tenant = kit().tenant(DOLLAR);
    var key = kit().key(tenant, Optional.empty());
    var before = custody("node-a");
    var task = createOwned(1, tenant, key, before);

    var now = custody("node-a");

    assertThat(now.fence()).isGreaterThan(before.fence());
    assertThat(kit().tasks().takeOrphans(now, 10)).containsExactly(task.takenBy(now));
    assertThat(kit().tasks().commit(decide(task, new TaskEvent.CancelRequested("x"))))
        .isEqualTo(Commit.MOVED);
  }

  @Test
  void a_node_without_a_lease_takes_nothing() {
    var tenant = kit().tenant(DOLLAR);
    var key = kit().key(tenant, Optional.empty());
    accept(1, tenant, key, Money.ZERO);
    var late = custody("node-a");
    kit().endLease("node-a");

    assertThat(kit().tasks().takeOrphans(late, 10)).isEmpty();
  }

  @Test
  void two_nodes_share_thousands_of_orphans_and_each_goes_to_one() {
    var tenant = kit().tenant(DOLLAR);
    var key = kit().key(tenant, Optional.empty());
    var orphans = 2_000;
    IntStream.range(0, orphans).forEach(n -> accept(n, tenant, key, Money.ZERO));
    var nodes = List.of(custody("node-b"), custody("node-c"), custody("node-d"));

    var taken = Crowd.run(nodes.size(), n -> () -> takeAll(nodes.get(n)));

    var all = taken.stream().flatMap(List::stream).toList();
    assertThat(all).hasSize(orphans);
    assertThat(new HashSet<>(all)).hasSize(orphans);
  }

  @Test
  void a_lease_is_renewed_only_by_its_holder_and_only_in_time() {
    var fence = kit().nodes().register("node-a", LEASE);
    var newer = kit().nodes().register("node-a", LEASE);

    assertThat(newer).isGreaterThan(fence);
    assertThat(kit().nodes().renew("node-a", fence, LEASE)).isFalse();
    assertThat(kit().nodes().renew("node-a", newer, LEASE)).isTrue();
    kit().endLease("node-a");
    assertThat(kit().nodes().renew("node-a", newer, LEASE)).isFalse();
  }

  @Test
  void a_released_lease_is_over_at_once_and_only_for_its_holder() {
    var mine = kit().nodes().register("node-a", LEASE);
    var theirs = kit().nodes().register("node-b", LEASE);

    assertThat(kit().nodes().othersAlive(mine)).isEqualTo(1);
    kit().nodes().release("node-b", mine);
    assertThat(kit().nodes().othersAlive(mine)).isEqualTo(1);
    kit().nodes().release("node-b", theirs);
    assertThat(kit().nodes().othersAlive(mine)).isZero();
  }

  // Crowds

  @Test
  void a_crowd_gets_exactly_as_many_tasks_as_the_balance_pays() {
    var tenant = kit().tenant(new Money(CENTS_50.micros() * 100));
    var key = kit().key(tenant, Optional.empty());

    var creations = crowd(tenant, key, OptionalInt.empty());

    assertThat(count(creations, Creation.Created.class)).isEqualTo(100);
    assertThat(count(creations, Creation.BalanceTooLow.class)).isEqualTo(CROWD_CREATES - 100);
    assertThat(kit().balance(tenant).available()).isEqualTo(Money.ZERO);
  }

  @Test
  void a_crowd_gets_exactly_as_many_tasks_as_the_key_may_spend() {
    var tenant = kit().tenant(new Money(CENTS_50.micros() * 1_000));
    var key = kit().key(tenant, Optional.of(new Money(CENTS_50.micros() * 100 + 1)));

    var creations = crowd(tenant, key, OptionalInt.empty());

    assertThat(count(creations, Creation.Created.class)).isEqualTo(100);
    assertThat(count(creations, Creation.KeyLimitReached.class)).isEqualTo(CROWD_CREATES - 100);
    assertThat(kit().spent(key)).isEqualTo(new Money(CENTS_50.micros() * 100));
  }

  @Test
  void a_crowd_gets_exactly_as_many_tasks_as_may_be_open() {
    var tenant = kit().tenant(new Money(CENTS_50.micros() * 1_000));
    var key = kit().key(tenant, Optional.empty());

    var creations = crowd(tenant, key, OptionalInt.of(100));

    assertThat(count(creations, Creation.Created.class)).isEqualTo(100);
    assertThat(count(creations, Creation.TooManyOpen.class)).isEqualTo(CROWD_CREATES - 100);
    assertThat(kit().openTasks(tenant)).isEqualTo(100);
  }

  @Test
  void of_fifty_repeats_at_once_one_is_accepted_and_all_get_its_answer() {
    var tenant = kit().tenant(new Money(CENTS_50.micros() * 100));
    var key = kit().key(tenant, Optional.empty());

    var creations =
        Crowd.run(
            50,
            n ->
                () ->
                    kit()
                        .tasks()
                        .create(newTask(queued(n, tenant, key, CENTS_50), call("a", PRINT))));

    assertThat(count(creations, Creation.Created.class)).isEqualTo(1);
    assertThat(count(creations, Creation.Replayed.class)).isEqualTo(49);
    assertThat(kit().balance(tenant).held()).isEqualTo(CENTS_50);
  }

  private static final int CROWD_THREADS = 64;
  private static final int CROWD_CREATES = CROWD_THREADS * 4;

  private List<Creation> crowd(TenantId tenant, KeyId key, OptionalInt openMax) {
    var each = CROWD_CREATES / CROWD_THREADS;
    return Crowd.run(
            CROWD_THREADS,
            n ->
                () -> {
                  var mine = new ArrayList<Creation>();
                  for (var i = 0; i < each; i++) {
                    var task = queued(n * each + i, tenant, key, CENTS_50);
                    mine.add(kit().tasks().create(new NewTask(task, openMax, Optional.empty())));
                    assertThat(kit().balance(tenant).available().isNegative()).isFalse();
                  }
                  return mine;
                })
        .stream()
        .flatMap(List::stream)
        .toList();
  }

  private static long count(List<Creation> creations, Class<? extends Creation> kind) {
    return creations.stream().filter(kind::isInstance).count();
  }

  // What the tests are made of

  private Task accepted() {
    var tenant = kit().tenant(DOLLAR);
    return accept(1, tenant, kit().key(tenant, Optional.empty()), CENTS_50);
  }

  private Task accept(int n, TenantId tenant, KeyId key, Money hold) {
    return accept(n, tenant, key, TaskSamples.holdPerVideo(hold));
  }

  private Task accept(int n, TenantId tenant, KeyId key, Hold hold) {
    var task = TaskSamples.queued(TaskSamples.taskId(n), tenant, key, hold);
    var creation = kit().tasks().create(new NewTask(task, OptionalInt.empty(), Optional.empty()));
    assertThat(creation).isEqualTo(new Creation.Created(task));
    return task;
  }

  private Task queued(int n, TenantId tenant, KeyId key, Money hold) {
    return TaskSamples.queued(TaskSamples.taskId(n), tenant, key, TaskSamples.holdPerVideo(hold));
  }

  private Task createOwned(int n, TenantId tenant, KeyId key, Task.Custody owner) {
    var task =
        Task.create(TaskSamples.taskId(n), queued(n, tenant, key, Money.ZERO).accepted(), owner);
    kit().tasks().create(new NewTask(task, OptionalInt.empty(), Optional.empty()));
    return task;
  }

  private static NewTask newTask(Task task, Idempotency call) {
    return new NewTask(task, OptionalInt.empty(), Optional.of(call));
  }

  private static Idempotency call(String key, String fingerprint) {
    return new Idempotency("/v1/video/create", key, fingerprint, "the bytes");
  }

  private TaskDriver driver() {
    return new TaskDriver(kit().tasks(), LATER);
  }

  private Transition decide(Task task, TaskEvent event) {
    return driver().decide(task, event);
  }

  private Task move(Task task, TaskEvent event) {
    return driver().move(task, event);
  }

  private TaskEvent started(Task task, int number) {
    return started(task.id(), number, kit().channel());
  }

  private static TaskEvent started(TaskId task, int number, ChannelId channel) {
    return new TaskEvent.SubmitStarted(TaskSamples.attempt(task, number, channel), "first try");
  }

  private Task submit(Task queued) {
    return driver().submit(queued, kit().channel());
  }

  private Task run(Task queued) {
    return driver().run(queued, kit().channel());
  }

  private Task succeed(Task queued, long millis) {
    return driver().succeed(queued, kit().channel(), millis);
  }

  private static Failure refusal() {
    return new Failure(ErrorCode.CONTENT_REFUSED, "the prompt names a person");
  }

  private Task stored(Task task) {
    return kit().tasks().find(task.id()).orElseThrow();
  }

  private List<String> words(Task task) {
    return kit().tasks().timeline(task.id()).stream().map(TimelineRow::word).toList();
  }

  private void expectNothing(Task refused, Money available) {
    assertThat(kit().tasks().find(refused.id())).isEmpty();
    assertThat(kit().ledger(refused.id())).isEmpty();
    assertThat(kit().tasks().timeline(refused.id())).isEmpty();
    assertThat(kit().balance(refused.tenant()))
        .isEqualTo(new Balance(available, Money.ZERO, Money.ZERO));
    assertThat(kit().openTasks(refused.tenant())).isZero();
    assertThat(kit().spent(refused.accepted().key())).isEqualTo(Money.ZERO);
  }

  private static Query query(
      TenantId tenant, Set<TaskState.Name> states, Optional<TaskId> before, int limit) {
    return new Query(Optional.of(tenant), states, Optional.empty(), before, limit);
  }

  private List<Task> listOfModel(String model) {
    return kit()
        .tasks()
        .list(new Query(Optional.empty(), Set.of(), Optional.of(model), Optional.empty(), 100));
  }

  private static TaskId[] ids(int... numbers) {
    return IntStream.of(numbers).mapToObj(TaskSamples::taskId).toArray(TaskId[]::new);
  }

  private Task.Custody custody(String node) {
    return new Task.Custody(node, kit().nodes().register(node, LEASE));
  }

  private List<TaskId> takeAll(Task.Custody node) {
    var mine = new ArrayList<TaskId>();
    for (var batch = kit().tasks().takeOrphans(node, 100);
        !batch.isEmpty();
        batch = kit().tasks().takeOrphans(node, 100)) {
      batch.forEach(task -> mine.add(task.id()));
    }
    return mine;
  }
}
