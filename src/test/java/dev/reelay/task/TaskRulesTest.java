package dev.reelay.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.reelay.money.Closing;
import dev.reelay.money.EntryKind;
import dev.reelay.money.LedgerEntry;
import dev.reelay.money.Money;
import dev.reelay.routing.ChannelId;
import dev.reelay.task.TaskState.Queued;
import dev.reelay.task.TaskState.Submitting;
import dev.reelay.task.Transition.AttemptChange;
import dev.reelay.task.Transition.Fate;
import dev.reelay.testkit.StateSamples;
import dev.reelay.testkit.TaskSamples;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every state by every event. */
class TaskRulesTest {
  /**
   * One row an event, one column a state. A cell is the next state; {@code same} if only marks
   * change; {@code late} if the fact is kept as evidence and nothing else; {@code .} if nothing
   * happens; {@code !} if it is refused as a conflict and {@code !final} since the task has ended.
   */
  private static final String TABLE =
      """
      .                     queued     submit.  in_doubt running  storing   succ.  failed canc.
      submit.started        submitting .        .        .        .         .      .      .
      submit.not_sent       .          queued   .        .        .         .      .      .
      submit.accepted       late       running  running  .        .         .      .      .
      submit.accepted/other late       running  running  late     late      late   late   late
      submit.rejected       .          failed   failed   .        .         .      .      .
      submit.rejected/ours  .          queued   .        .        .         .      .      .
      submit.answer_lost    .          in_doubt .        .        .         .      .      .
      submit.owner_died     .          in_doubt .        .        .         .      .      .
      doubt.found           late       running  running  .        .         .      .      .
      doubt.found/done      late       storing  storing  storing  .         .      late   late
      doubt.never_created   .          .        queued   .        .         .      .      .
      doubt.expired         .          .        failed   .        .         .      .      .
      doubt.attached        !          !        running  !        !         !      !      !
      doubt.resend_ordered  !          !        queued   !        !         !      !      !
      doubt.refund_ordered  !          !        failed   !        !         !      !      !
      upstream.finished     .          .        .        storing  .         .      late   late
      upstream.failed       .          .        .        failed   .         .      .      .
      upstream.canceled     .          .        canceled canceled .         .      .      .
      result.stored         .          .        .        .        succeeded .      late   late
      result.refused        .          .        .        .        failed    .      .      .
      cancel.requested      canceled   same     same     same     same      !final !final !final
      cancel.unanswered     .          .        .        .        .         .      .      .
      delete.requested      canceled   same     same     same     same      same   same   same
      deadline.passed       failed     .        failed   failed   failed    .      .      .
      """;

  /** The same for a task that somebody already wants canceled; only the rows that differ. */
  private static final String TABLE_CANCEL_WANTED =
      """
      submit.not_sent       .          canceled .        .        .         .      .      .
      submit.rejected/ours  .          canceled .        .        .         .      .      .
      doubt.never_created   .          .        canceled .        .         .      .      .
      doubt.resend_ordered  !          !        !        !        !         !      !      !
      cancel.requested      canceled   .        .        .        .         !final !final !final
      cancel.unanswered     .          .        .        same     .         .      .      .
      """;

  private static final Instant AFTER_ALL_DEADLINES = TaskSamples.NOON.plus(Duration.ofDays(1));

  static Stream<String> rows() {
    return TABLE.lines().skip(1);
  }

  static Stream<String> rowsWithCancelWanted() {
    var own = TABLE_CANCEL_WANTED.lines().toList();
    var others = rows().filter(row -> own.stream().noneMatch(line -> name(line).equals(name(row))));
    return Stream.concat(own.stream(), others);
  }

  private static String name(String row) {
    return row.split(" +")[0];
  }

  @ParameterizedTest
  @MethodSource("rows")
  void the_table_holds(String row) {
    var cells = StateSamples.one().stream().map(s -> cell(StateSamples.in(s), name(row))).toList();

    assertThat(cells).isEqualTo(expected(row));
  }

  @ParameterizedTest
  @MethodSource("rowsWithCancelWanted")
  void the_table_holds_for_a_task_wanted_canceled(String row) {
    var cells =
        StateSamples.one().stream()
            .map(s -> cell(StateSamples.cancelWanted(StateSamples.in(s)), name(row)))
            .toList();

    assertThat(cells).isEqualTo(expected(row));
  }

  private static List<String> expected(String row) {
    return Arrays.stream(row.split(" +")).skip(1).toList();
  }

  private static String cell(Task task, String event) {
    return switch (decide(task, EventSamples.of(event, 1))) {
      case Decision.Stay _ -> ".";
      case Decision.Refuse(ErrorCode code, _) when code == ErrorCode.CONFLICT -> "!";
      case Decision.Refuse(ErrorCode code, _) when code == ErrorCode.TASK_FINAL -> "!final";
      case Decision.Refuse(ErrorCode code, _) -> throw new AssertionError(code);
      case Decision.Move(Transition move) -> cell(move);
    };
  }

  private static String cell(Transition move) {
    if (move.timeline().word().equals("evidence.late")) {
      return "late";
    }
    var next = move.after().state();
    return next.equals(move.before().state()) ? "same" : next.kind().wire();
  }

  private static Decision decide(Task task, TaskEvent event) {
    return TaskRules.decide(task, event, AFTER_ALL_DEADLINES);
  }

  @Test
  void the_table_has_a_column_for_each_state_and_a_row_for_each_event() {
    var states = StateSamples.one().stream().map(TaskState::kind);

    assertThat(states).containsExactly(TaskState.Name.values());
    assertThat(TABLE.lines().map(TaskRulesTest::expected))
        .allSatisfy(cells -> assertThat(cells).hasSameSizeAs(TaskState.Name.values()));
    assertThat(rows().map(TaskRulesTest::name)).containsExactlyElementsOf(EventSamples.NAMES);
    assertThat(
            EventSamples.NAMES.stream().<Class<?>>map(name -> EventSamples.of(name, 1).getClass()))
        .contains(TaskEvent.class.getPermittedSubclasses());
  }

  @Test
  void an_answer_about_another_attempt_never_moves_a_task() {
    var answers = EventSamples.NAMES.stream().filter(EventSamples::namesItsAttempt);

    assertThat(answers)
        .hasSize(9)
        .allSatisfy(
            name ->
                assertThat(StateSamples.one())
                    .allSatisfy(
                        state ->
                            assertThat(
                                    decide(StateSamples.in(state), EventSamples.of(name, 7))
                                            instanceof Decision.Move(Transition move)
                                        && !cell(move).equals("late"))
                                .isFalse()));
  }

  // Money

  static Stream<Transition> everyMove() {
    return StateSamples.one().stream()
        .map(StateSamples::in)
        .flatMap(task -> Stream.of(task, StateSamples.cancelWanted(task)))
        .flatMap(
            task -> EventSamples.NAMES.stream().map(name -> decide(task, EventSamples.of(name, 1))))
        .filter(Decision.Move.class::isInstance)
        .map(decision -> ((Decision.Move) decision).transition());
  }

  @Test
  void money_moves_exactly_when_a_task_ends() {
    assertThat(everyMove())
        .hasSizeGreaterThan(50)
        .allSatisfy(
            move -> {
              var ends = move.after().isFinal() && !move.before().isFinal();
              var given = move.entries().stream().map(LedgerEntry::amount);

              assertThat(given.reduce(Money.ZERO, Money::plus))
                  .isEqualTo(ends ? move.before().hold().max() : Money.ZERO);
              assertThat(move.entries().stream().filter(LedgerEntry::closes).count())
                  .isEqualTo(ends ? 1 : 0);
              assertThat(move.outbox())
                  .isEqualTo(
                      ends
                          ? Optional.of("task." + move.after().state().kind().wire())
                          : Optional.empty());
            });
  }

  @Test
  void a_failure_or_a_cancel_charges_nothing() {
    assertThat(everyMove().filter(move -> !cell(move).equals("succeeded")))
        .allSatisfy(
            move ->
                assertThat(move.entries())
                    .allSatisfy(entry -> assertThat(entry.kind()).isEqualTo(EntryKind.RELEASE)));
  }

  @Test
  void a_success_settles_on_the_facts_and_releases_the_rest() {
    var hold = TaskSamples.holdPerSecond(Money.parse("0.10"));
    var owner = TaskSamples.queued();
    var accepted =
        TaskSamples.queued(owner.id(), owner.tenant(), owner.accepted().key(), hold).accepted();
    var storing = StateSamples.in(new TaskState.Storing(StateSamples.JOB, StateSamples.RESULT));
    var task = new Task(owner.id(), accepted, 4, owner.custody(), storing.state(), storing.marks());
    var stored = new TaskEvent.Stored(TaskSamples.output(owner.id()), TaskSamples.made(4_000));

    var move = ((Decision.Move) decide(task, stored)).transition();

    assertThat(move.entries())
        .extracting(LedgerEntry::kind, LedgerEntry::amount)
        .containsExactly(
            tuple(EntryKind.SETTLE, Money.parse("0.40")),
            tuple(EntryKind.RELEASE, Money.parse("0.10")));
    assertThat(move.after().marks().progress()).isEqualTo(100);
  }

  // Attempts

  @Test
  void a_channel_that_did_not_take_it_is_not_tried_next() {
    var first = new ChannelId(9);
    var task = StateSamples.in(new Submitting(StateSamples.ATTEMPT, Set.of(first)));

    var move =
        ((Decision.Move) decide(task, new TaskEvent.NotSent(StateSamples.ATTEMPT, "refused")))
            .transition();

    assertThat(move.after().state()).isEqualTo(new Queued(Set.of(first, StateSamples.CHANNEL)));
    assertThat(move.attempt())
        .contains(new AttemptChange.Ended(StateSamples.ATTEMPT, Fate.NOT_SENT, "refused"));
  }

  @Test
  void every_way_out_of_an_open_attempt_ends_its_row() {
    var open = Set.of(TaskState.Name.SUBMITTING, TaskState.Name.IN_DOUBT);

    assertThat(
            everyMove()
                .filter(move -> open.contains(move.before().state().kind()))
                .filter(move -> !List.of("same", "late").contains(cell(move))))
        .hasSizeGreaterThan(20)
        .allSatisfy(move -> assertThat(move.attempt()).isPresent());
  }

  // Deadlines

  @Test
  void a_deadline_ends_a_task_from_its_very_moment() {
    var queued = TaskSamples.queued();
    var moment = TaskSamples.deadlines().leaveQueueBy();
    var passed = new TaskEvent.DeadlinePassed();

    assertThat(TaskRules.decide(queued, passed, moment.minusNanos(1)))
        .isInstanceOf(Decision.Stay.class);
    assertThat(TaskRules.decide(queued, passed, moment)).isInstanceOf(Decision.Move.class);
  }

  @Test
  void a_task_that_came_back_out_of_doubt_has_until_its_final_deadline() {
    var doubt =
        StateSamples.in(new TaskState.InDoubt(StateSamples.ATTEMPT, TaskSamples.NOON, "reset"));
    var late = TaskSamples.deadlines().leaveQueueBy().plusSeconds(1);
    var resent =
        ((Decision.Move) TaskRules.decide(doubt, new TaskEvent.ResendOrdered("kim"), late))
            .transition()
            .after();

    assertThat(resent.deadline()).contains(TaskSamples.deadlines().finishBy());
    assertThat(TaskRules.decide(resent, new TaskEvent.DeadlinePassed(), late))
        .isInstanceOf(Decision.Stay.class);
  }

  @Test
  void a_task_whose_channels_failed_over_still_has_to_leave_the_queue() {
    var task = StateSamples.in(new Queued(Set.of(StateSamples.CHANNEL)));

    assertThat(task.deadline()).contains(TaskSamples.deadlines().leaveQueueBy());
  }

  // What no code can do

  @Test
  void a_transition_that_changes_a_final_state_cannot_be_made() {
    var finals = IntStream.of(5, 6, 7).mapToObj(StateSamples.one()::get).map(StateSamples::in);
    var entry = TaskSamples.queued().hold();
    var line = new Transition.Timeline("x", "");

    assertThat(finals)
        .allSatisfy(
            task -> {
              var changed = task.moved(new Queued(Set.of()), task.marks());
              assertThatThrownBy(
                      () ->
                          new Transition(
                              task, changed, List.of(), Optional.empty(), Optional.empty(), line))
                  .isInstanceOf(IllegalArgumentException.class);
              var same = task.moved(task.state(), task.marks());
              assertThatThrownBy(
                      () ->
                          new Transition(
                              task,
                              same,
                              Closing.release(entry, "again").entries(),
                              Optional.empty(),
                              Optional.empty(),
                              line))
                  .isInstanceOf(IllegalArgumentException.class);
            });
  }
}
