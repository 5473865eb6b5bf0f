package dev.reelay.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.access.KeyId;
import dev.reelay.access.TenantId;
import dev.reelay.money.Balance;
import dev.reelay.money.Hold;
import dev.reelay.money.Money;
import dev.reelay.money.Reconcile;
import dev.reelay.routing.ChannelId;
import dev.reelay.task.ErrorCode;
import dev.reelay.task.Failure;
import dev.reelay.task.Task;
import dev.reelay.task.TaskEvent;
import dev.reelay.task.TaskId;
import dev.reelay.task.TaskState;
import dev.reelay.task.TaskStore.Creation;
import dev.reelay.task.TaskStore.Idempotency;
import dev.reelay.task.TaskStore.NewTask;
import dev.reelay.task.TaskStore.Query;
import dev.reelay.task.TaskStore.TimelineRow;
import dev.reelay.task.Transition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;

/** What the suites over a task store are made of. After each test the books must balance. */
abstract class TaskStoreSuite {
  static final Money CENTS_50 = Money.parse("0.50");
  static final Money DOLLAR = Money.parse("1.00");
  static final String PRINT = "0f".repeat(32);
  static final String OTHER_PRINT = "1e".repeat(32);
  static final Instant LATER = TaskSamples.NOON.plusSeconds(60);
  static final Duration LEASE = Duration.ofSeconds(30);

  /** The same kit for the whole of one test. */
  protected abstract TaskStoreKit kit();

  @AfterEach
  void the_books_balance() {
    try (var closed = kit()) {
      assertThat(Reconcile.faults(closed.facts())).isEmpty();
    }
  }

  // What the tests are made of

  final Task accepted() {
    var tenant = kit().tenant(DOLLAR);
    return accept(1, tenant, kit().key(tenant, Optional.empty()), CENTS_50);
  }

  final Task accept(int n, TenantId tenant, KeyId key, Money hold) {
    return accept(n, tenant, key, TaskSamples.holdPerVideo(hold));
  }

  final Task accept(int n, TenantId tenant, KeyId key, Hold hold) {
    var task = TaskSamples.queued(TaskSamples.taskId(n), tenant, key, hold);
    var creation = kit().tasks().create(new NewTask(task, OptionalInt.empty(), Optional.empty()));
    assertThat(creation).isEqualTo(new Creation.Created(task));
    return task;
  }

  final Task queued(int n, TenantId tenant, KeyId key, Money hold) {
    return TaskSamples.queued(TaskSamples.taskId(n), tenant, key, TaskSamples.holdPerVideo(hold));
  }

  final Task createOwned(int n, TenantId tenant, KeyId key, Task.Custody owner) {
    var task =
        Task.create(TaskSamples.taskId(n), queued(n, tenant, key, Money.ZERO).accepted(), owner);
    kit().tasks().create(new NewTask(task, OptionalInt.empty(), Optional.empty()));
    return task;
  }

  static NewTask newTask(Task task, Idempotency call) {
    return new NewTask(task, OptionalInt.empty(), Optional.of(call));
  }

  static Idempotency call(String key, String fingerprint) {
    return new Idempotency("/v1/video/create", key, fingerprint, "the bytes");
  }

  final TaskDriver driver() {
    return new TaskDriver(kit().tasks(), LATER);
  }

  final Transition decide(Task task, TaskEvent event) {
    return driver().decide(task, event);
  }

  final Task move(Task task, TaskEvent event) {
    return driver().move(task, event);
  }

  final TaskEvent started(Task task, int number) {
    return started(task.id(), number, kit().channel());
  }

  static TaskEvent started(TaskId task, int number, ChannelId channel) {
    return new TaskEvent.SubmitStarted(TaskSamples.attempt(task, number, channel), "first try");
  }

  final Task submit(Task queued) {
    return driver().submit(queued, kit().channel());
  }

  final Task notSent(Task submitting) {
    var attempt = submitting.state().attemptIfAny().orElseThrow();
    return move(submitting, new TaskEvent.NotSent(attempt, "no connection"));
  }

  final Task run(Task queued) {
    return driver().run(queued, kit().channel());
  }

  final Task succeed(Task queued, long millis) {
    return driver().succeed(queued, kit().channel(), millis);
  }

  static Failure refusal() {
    return new Failure(ErrorCode.CONTENT_REFUSED, "the prompt names a person");
  }

  final Task stored(Task task) {
    return kit().tasks().find(task.id()).orElseThrow();
  }

  final List<String> words(Task task) {
    return kit().tasks().timeline(task.id()).stream().map(TimelineRow::word).toList();
  }

  final void expectNothing(Task refused, Money available) {
    assertThat(kit().tasks().find(refused.id())).isEmpty();
    assertThat(kit().ledger(refused.id())).isEmpty();
    assertThat(kit().tasks().timeline(refused.id())).isEmpty();
    assertThat(kit().balance(refused.tenant()))
        .isEqualTo(new Balance(available, Money.ZERO, Money.ZERO));
    assertThat(kit().openTasks(refused.tenant())).isZero();
    assertThat(kit().spent(refused.accepted().key())).isEqualTo(Money.ZERO);
  }

  static Query query(
      TenantId tenant, Set<TaskState.Name> states, Optional<TaskId> before, int limit) {
    return new Query(Optional.of(tenant), states, Optional.empty(), before, limit);
  }

  final List<Task> listOfModel(String model) {
    return kit()
        .tasks()
        .list(new Query(Optional.empty(), Set.of(), Optional.of(model), Optional.empty(), 100));
  }

  static TaskId[] ids(int... numbers) {
    return IntStream.of(numbers).mapToObj(TaskSamples::taskId).toArray(TaskId[]::new);
  }

  final Task.Custody custody(String node) {
    return new Task.Custody(node, kit().nodes().register(node, LEASE));
  }

  final List<TaskId> takeAll(Task.Custody node) {
    var mine = new ArrayList<TaskId>();
    for (var batch = kit().tasks().takeOrphans(node, 100);
        !batch.isEmpty();
        batch = kit().tasks().takeOrphans(node, 100)) {
      batch.forEach(task -> mine.add(task.id()));
    }
    return mine;
  }
}
