package dev.reelay.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.money.Cost;
import dev.reelay.money.Money;
import dev.reelay.task.ErrorCode;
import dev.reelay.task.TaskId;
import dev.reelay.task.TaskState;
import dev.reelay.task.TaskStore.TimelineRow;

/** Asserts all that is kept about one task: state, ledger, events, story. */
public final class TaskExpectation {
  private final InMemoryTaskStore store;
  private final TaskId id;

  TaskExpectation(InMemoryTaskStore store, TaskId id) {
    this.store = store;
    this.id = id;
  }

  private TaskState state() {
    return store.find(id).orElseThrow().state();
  }

  public TaskExpectation succeeded(String charged) {
    assertThat(state())
        .isInstanceOfSatisfying(
            TaskState.Succeeded.class,
            done -> assertThat(done.charged()).isEqualTo(Money.parse(charged)));
    return this;
  }

  public TaskExpectation failed(ErrorCode code) {
    assertThat(state())
        .isInstanceOfSatisfying(
            TaskState.Failed.class, failed -> assertThat(failed.failure().code()).isEqualTo(code));
    return this;
  }

  public TaskExpectation canceled() {
    assertThat(state()).isInstanceOf(TaskState.Canceled.class);
    return this;
  }

  public TaskExpectation is(TaskState.Name name) {
    assertThat(state().kind()).isEqualTo(name);
    return this;
  }

  /** Exactly these entries, such as {@code hold 0.50}. */
  public TaskExpectation ledger(String... entries) {
    assertThat(store.ledger(id))
        .extracting(e -> e.kind().name().toLowerCase(java.util.Locale.ROOT) + " " + e.amount())
        .containsExactly(entries);
    return this;
  }

  /** What its job cost us, whatever the customer paid. */
  public TaskExpectation cost(String amount) {
    assertThat(store.find(id).orElseThrow().marks().cost().map(Cost::amount))
        .contains(Money.parse(amount));
    return this;
  }

  /** Nobody knows what it cost. */
  public TaskExpectation costUnknown() {
    assertThat(store.find(id).orElseThrow().marks().cost()).isEmpty();
    return this;
  }

  /** Exactly these events for webhooks. */
  public TaskExpectation events(String... types) {
    assertThat(store.outbox().stream().filter(event -> event.task().equals(id)))
        .extracting(InMemoryTaskStore.Event::type)
        .containsExactly(types);
    return this;
  }

  public TaskExpectation noEvents() {
    return events();
  }

  /** Exactly these words after {@code task.created}. */
  public TaskExpectation story(String... words) {
    assertThat(store.timeline(id)).first().extracting(TimelineRow::word).isEqualTo("task.created");
    assertThat(store.timeline(id).stream().skip(1).map(TimelineRow::word)).containsExactly(words);
    return this;
  }

  /** Exactly these fates of its attempts. */
  public TaskExpectation attempts(String... fates) {
    assertThat(store.attempts(id)).extracting(row -> row.fate()).containsExactly(fates);
    return this;
  }
}
