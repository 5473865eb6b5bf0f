package dev.reelay.worker;

import dev.reelay.routing.Catalogue;
import dev.reelay.routing.ChannelId;
import dev.reelay.routing.HealthBook;
import dev.reelay.routing.RoutePlanner;
import dev.reelay.routing.RoutePlanner.Ask;
import dev.reelay.routing.RoutePlanner.Candidate;
import dev.reelay.routing.RoutePlanner.Outlook;
import dev.reelay.routing.RoutePlanner.Route;
import dev.reelay.task.AdvanceTask;
import dev.reelay.task.AdvanceTask.Advance;
import dev.reelay.task.Attempt;
import dev.reelay.task.SubmitOutcome;
import dev.reelay.task.Task;
import dev.reelay.task.TaskEvent;
import dev.reelay.task.TaskState.Queued;
import dev.reelay.task.Upstream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a queued task to a channel. The attempt is committed before the first byte leaves; the
 * answer is a fact and is committed whoever moved meanwhile.
 */
final class Submitter {
  private static final Logger LOG = LoggerFactory.getLogger(Submitter.class);

  private final AdvanceTask advance;
  private final Upstream upstream;
  private final Supplier<Catalogue> catalogue;
  private final Supplier<String> tokens;
  private final BooleanSupplier mayWork;
  private final InstantSource clock;
  private final Outlook outlook;

  Submitter(Dispatcher.Ports ports, HealthBook health, BooleanSupplier mayWork) {
    this.advance = ports.advance();
    this.upstream = ports.upstream();
    this.catalogue = ports.catalogue();
    this.tokens = ports.tokens();
    this.mayWork = mayWork;
    this.clock = ports.clock();
    this.outlook = new Outlook(health::standing, upstream::lacks);
  }

  /** Where a task is sent, why there, and the right to send it. */
  record Choice(Candidate candidate, String why, HealthBook.Pass pass) {}

  /** Where the task would go: channels not tried yet, or all again if none of these is in use. */
  Route route(Task task, Queued queued) {
    var untried = plan(task, queued.tried());
    return untried.candidates().isEmpty() && !queued.tried().isEmpty()
        ? inTurn(plan(task, Set.of()), task.marks().attempts())
        : untried;
  }

  /** Where tasks that stand in this line would go, in no order that means anything. */
  List<Candidate> candidates(Turns.Line line) {
    var ask = new Ask(line.model(), line.tried(), line.needs(), 0);
    var untried = RoutePlanner.plan(catalogue.get(), ask, outlook);
    var route =
        untried.candidates().isEmpty() && !line.tried().isEmpty()
            ? RoutePlanner.plan(catalogue.get(), ask.withTried(Set.of()), outlook)
            : untried;
    return route.all().stream()
        .filter(candidate -> line.only().filter(o -> !o.equals(candidate.credential())).isEmpty())
        .toList();
  }

  /** Each attempt begins with another channel, or one that stays dead would hide the others. */
  private static Route inTurn(Route all, int attempts) {
    var turned = new ArrayList<>(all.candidates());
    Collections.rotate(turned, -attempts);
    return new Route(turned, all.waiting(), all.reasons());
  }

  private Route plan(Task task, Set<ChannelId> tried) {
    var request = task.request();
    var ask =
        new Ask(request.served(), tried, request.needs(), task.id().hashCode())
            .withUsage(task.hold().snapshot().asked());
    var route = RoutePlanner.plan(catalogue.get(), ask, outlook);
    return request
        .extras()
        .parent()
        .map(parent -> route.only(parent.channel(), parent.credential()))
        .orElse(route);
  }

  Next submit(Task task, Choice choice) {
    var candidate = choice.candidate();
    var channel = candidate.channel().id();
    var attempt =
        new Attempt(
            task.marks().attempts() + 1,
            channel,
            candidate.credential(),
            candidate.upstreamModel(),
            tokens.get(),
            clock.instant(),
            catalogue.get().cost(channel, candidate.upstreamModel()));
    Advance started;
    try {
      started = advance.step(task, new TaskEvent.SubmitStarted(attempt, choice.why()));
    } catch (RuntimeException e) {
      return unsent(task, attempt, e);
    }
    return started instanceof Advance.Now(Task now, boolean changed) && changed
        ? sent(now, attempt, send(now, attempt))
        : now();
  }

  /**
   * The commit got no answer and may have been made. Only this process can send what it began, and
   * it has not: that is a fact, to be saved when the store is back, and no doubt.
   */
  private Next unsent(Task task, Attempt attempt, RuntimeException e) {
    LOG.warn("task {}: the start of an attempt got no answer: {}", task.id(), e.toString());
    var fact = new TaskEvent.NotSent(attempt, "its start was not surely written down");
    return Next.unsaved(clock.instant().plus(Facts.STORE_AWAY_WAIT), fact);
  }

  /** A node that stalled after its commit may have lost the task, and must not send any more. */
  private SubmitOutcome send(Task task, Attempt attempt) {
    return mayWork.getAsBoolean()
        ? upstream.submit(task, attempt)
        : new SubmitOutcome.NotSent("this node stopped working before the send");
  }

  /** Commits what a submit, or a repeated one, learned. */
  Next sent(Task task, Attempt attempt, SubmitOutcome outcome) {
    return save(task, attempt.number(), event(attempt, outcome));
  }

  /** Commits a fact about an attempt. */
  Next save(Task task, int attempt, TaskEvent fact) {
    return Facts.save(advance, task, fact, clock, advanced -> after(attempt, advanced));
  }

  /** Commits a fact about an attempt that has waited for the store. */
  Next saveAgain(Task task, int attempt, TaskEvent fact) {
    return Facts.saveAgain(advance, task, fact, clock, advanced -> after(attempt, advanced));
  }

  static TaskEvent event(Attempt attempt, SubmitOutcome outcome) {
    var number = attempt.number();
    return switch (outcome) {
      case SubmitOutcome.NotSent(String why) -> new TaskEvent.NotSent(attempt, why);
      case SubmitOutcome.Accepted(String upstreamId) -> new TaskEvent.Accepted(number, upstreamId);
      case SubmitOutcome.Rejected(var failure, boolean ourAccount) ->
          new TaskEvent.Rejected(number, failure, ourAccount);
      case SubmitOutcome.Ambiguous(String why) -> new TaskEvent.AnswerLost(number, why);
    };
  }

  private Next after(int attempt, Advance advanced) {
    return switch (advanced) {
      // The provider gave an id that another attempt already owns: it lies, or answered twice.
      case Advance.Refused(Task task, _, String why) ->
          Facts.save(
              advance,
              task,
              new TaskEvent.AnswerLost(attempt, why),
              clock,
              _ -> Next.at(clock.instant().plus(Rescuer.LOOK_AGAIN)));
      case Advance.Now(Task task, _) when task.state() instanceof Queued queued ->
          Next.at(clock.instant().plus(pauseBefore(task, queued)));
      case Advance.Now _, Advance.Missing _ -> now();
    };
  }

  /** None while there is a channel not tried yet; else longer each time, so an outage is borne. */
  private Duration pauseBefore(Task task, Queued queued) {
    return plan(task, queued.tried()).candidates().isEmpty()
        ? Pacing.backoff(task.marks().attempts())
        : Duration.ZERO;
  }

  private Next now() {
    return Next.at(clock.instant());
  }
}
