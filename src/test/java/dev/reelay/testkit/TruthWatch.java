package dev.reelay.testkit;

import dev.reelay.routing.ChannelId;
import dev.reelay.task.Attempt;
import dev.reelay.task.Job;
import dev.reelay.task.Task;
import dev.reelay.task.TaskId;
import dev.reelay.task.TaskState.Queued;
import dev.reelay.task.Transition;
import dev.reelay.task.Transition.AttemptChange;
import dev.reelay.task.Upstream;
import dev.reelay.testkit.SimUpstream.MadeJob;
import dev.reelay.testkit.SimUpstream.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compares what is written about providers with what they really did and said. */
final class TruthWatch {
  /** So far may the clocks of two nodes, and that of a provider, be from each other. */
  private static final Duration CLOCKS_APART = Duration.ofMinutes(1);

  private final InMemoryTaskStore store;
  private final SimUpstream upstream;
  private final Map<TaskId, Long> sending = new HashMap<>();
  private final Map<List<Object>, TaskId> adopted = new HashMap<>();
  private final List<Told> told = new ArrayList<>();

  /** An accepted id that a process got to know. */
  private record Told(SimLife life, TaskId task, Attempt attempt, String id) {}

  TruthWatch(InMemoryTaskStore store, SimUpstream upstream) {
    this.store = store;
    this.upstream = upstream;
  }

  void sendingBegins(Task task) {
    sending.put(task.id(), task.custody().fence());
  }

  void sendingEnds(Task task) {
    sending.remove(task.id());
  }

  void told(SimLife life, TaskId task, Attempt attempt, String id) {
    told.add(new Told(life, task, attempt, id));
  }

  boolean isAdopted(ChannelId channel, String id) {
    return adopted.containsKey(List.of(channel, id));
  }

  /** What is wrong with a change; empty if it tells the truth. */
  Optional<String> lie(Transition change) {
    var task = change.before();
    return switch (change.timeline().word()) {
      case "submit.started" ->
          task.marks().cancelRequested()
              ? Optional.of("is sent although its caller wants it canceled")
              : Optional.empty();
      case "cancel.requested", "delete.requested" ->
          change.after().isFinal() && !task.isFinal() && !(task.state() instanceof Queued)
              ? Optional.of("was ended by a wish, and its job may go on")
              : Optional.empty();
      case "submit.accepted" -> acceptedLie(change);
      case "doubt.found" -> foundLie(change);
      case "doubt.attached" -> adoptionLie(change);
      case "submit.not_sent", "submit.rejected", "doubt.never_created" ->
          attempt(task)
              .filter(a -> upstream.madeWith(a.token()).isPresent() && !hasTwin(a))
              .map(_ -> "says that nothing was made, but a job was");
      case "submit.owner_died" ->
          Optional.ofNullable(sending.get(task.id()))
              .filter(fence -> fence == task.custody().fence())
              .map(_ -> "says that its owner died, which is sending it");
      case "upstream.failed" ->
          job(task)
              .filter(job -> job.isCanceled() || job.verdict() != Verdict.FAIL)
              .map(_ -> "says that the provider failed it");
      case "upstream.finished" ->
          job(task)
              .filter(job -> job.isCanceled() || job.verdict() != Verdict.SUCCEED)
              .map(_ -> "says that the provider finished it");
      case "upstream.canceled" ->
          job(task).filter(job -> !job.isCanceled()).map(_ -> "says it was canceled");
      default -> Optional.empty();
    };
  }

  /**
   * Whether the attempt's job was also given to another attempt that asked for the same at the same
   * time, and that has it: its own answer named it, and no list can show which of the two made it.
   */
  boolean hasTwin(Attempt attempt) {
    var made = upstream.madeWith(attempt.token());
    var owner =
        made.map(job -> adopted.get(List.of(attempt.channel(), job.id()))).flatMap(store::find);
    return owner.isPresent()
        && owner.get().request().prompt().equals(made.get().prompt())
        && store.attempts(owner.get().id()).stream()
            .filter(row -> row.upstreamId().filter(made.get().id()::equals).isPresent())
            .anyMatch(row -> mayHaveMade(row.attempt(), attempt, made.get()));
  }

  private static boolean mayHaveMade(Attempt owner, Attempt maker, MadeJob job) {
    var from = owner.startedAt().minus(CLOCKS_APART);
    var until = owner.startedAt().plus(Upstream.SEND_MAX).plus(CLOCKS_APART);
    return owner.upstreamModel().equals(maker.upstreamModel())
        && !job.madeAt().isBefore(from)
        && !job.madeAt().isAfter(until);
  }

  private Optional<String> acceptedLie(Transition change) {
    if (!(change.attempt().orElse(null) instanceof AttemptChange.Got(var attempt, String id))) {
      return Optional.of("was accepted without an id");
    }
    var made = upstream.madeWith(attempt.token()).map(MadeJob::id).filter(id::equals);
    return made.isPresent() || upstream.liedAbout(id)
        ? adoptionLie(change)
        : Optional.of("took the answer to another attempt: " + id);
  }

  /** By reference it must be the attempt's own job; by a list one that nobody can tell from it. */
  private Optional<String> foundLie(Transition change) {
    var found = job(change.after());
    var own = attempt(change.after()).flatMap(a -> upstream.madeWith(a.token())).map(MadeJob::id);
    var isOwn = found.isPresent() && found.map(MadeJob::id).equals(own);
    var isAlike =
        change.after().request().served().equals(SimWorld.LIST_MODEL)
            && found
                .flatMap(f -> store.find(f.task()))
                .filter(task -> task.tenant().equals(change.after().tenant()))
                .isPresent();
    return isOwn || isAlike ? adoptionLie(change) : Optional.of("found another's job");
  }

  private Optional<String> adoptionLie(Transition change) {
    return change.attempt().orElse(null) instanceof AttemptChange.Got(var attempt, String id)
            && adopted.put(List.of(attempt.channel(), id), change.after().id()) != null
        ? Optional.of("adopted a job that another has: " + id)
        : Optional.empty();
  }

  private static Optional<Attempt> attempt(Task task) {
    return task.state().attemptIfAny();
  }

  private Optional<MadeJob> job(Task task) {
    return task.state().jobIfAny().flatMap(this::made);
  }

  private Optional<MadeJob> made(Job job) {
    return upstream.made(job.attempt().channel(), job.upstreamId());
  }

  /** What a living process was told is written down: adopted, or kept as evidence. */
  Optional<String> forgotten() {
    return told.stream()
        .filter(fact -> !fact.life().isDead() && !upstream.liedAbout(fact.id()))
        .filter(fact -> !isAdopted(fact.attempt().channel(), fact.id()))
        .filter(
            fact ->
                store.timeline(fact.task()).stream()
                    .noneMatch(line -> line.detail().contains(fact.id())))
        .map(fact -> "forgot what it was told: " + fact)
        .findFirst();
  }
}
