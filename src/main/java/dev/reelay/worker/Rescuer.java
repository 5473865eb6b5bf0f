package dev.reelay.worker;

import dev.reelay.task.AdvanceTask;
import dev.reelay.task.Attempt;
import dev.reelay.task.Doubts;
import dev.reelay.task.Doubts.Look;
import dev.reelay.task.Doubts.Recipe;
import dev.reelay.task.Recovery;
import dev.reelay.task.Task;
import dev.reelay.task.TaskEvent;
import dev.reelay.task.TaskState.InDoubt;
import dev.reelay.task.Upstream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Resolves doubts by what the adapter declares, one recipe after the other until one knows: the
 * idempotency token, the look-up by our reference, what a callback named, the list. Without any a
 * doubt waits, visible, for the operator or its deadline; it is never resent in silence.
 */
final class Rescuer {
  /** A doubt without a recipe costs nothing to look at; its deadline is looked at besides. */
  static final Duration LOOK_AGAIN = Duration.ofMinutes(1);

  private static final Logger LOG = LoggerFactory.getLogger(Rescuer.class);

  private final AdvanceTask advance;
  private final Upstream upstream;
  private final Recipes recipes;
  private final Doubts doubts;
  private final Submitter submitter;
  private final InstantSource clock;

  Rescuer(Dispatcher.Ports ports, Submitter submitter) {
    this.advance = ports.advance();
    this.upstream = ports.upstream();
    this.doubts = ports.rescue().doubts();
    this.recipes = new Recipes(upstream, ports.rescue(), ports.clock());
    this.submitter = submitter;
    this.clock = ports.clock();
  }

  Next resolve(Task task, InDoubt doubt, int misses) {
    var recovery = upstream.abilities(doubt.attempt().channel()).recovery();
    var end = doubt.attempt().startedAt().plus(recovery.longestDoubt());
    if (!clock.instant().isBefore(end)) {
      advance.step(task, new TaskEvent.DoubtExpired(recovery.longestDoubt()));
      return Next.at(clock.instant());
    }
    var looks = new ArrayList<Look>();
    for (var recipe : declared(recovery)) {
      switch (recipes.look(recipe, task, doubt, misses)) {
        case Recipes.Found.Known(TaskEvent fact) -> {
          recipes.forget(doubt.attempt());
          return submitter.save(task, doubt.attempt().number(), fact);
        }
        case Recipes.Found.Open(String result, Optional<Instant> nextAt) ->
            looks.add(new Look(recipe, clock.instant(), result, nextAt));
      }
    }
    note(task, doubt.attempt(), looks);
    return Next.missed(next(looks, end));
  }

  private static List<Recipe> declared(Recovery recovery) {
    var declared = new ArrayList<Recipe>();
    for (var recipe : Recipe.values()) {
      var isDeclared =
          switch (recipe) {
            case TOKEN -> recovery.token().isPresent();
            case REFERENCE -> recovery.reference().isPresent();
            case CALLBACK -> recovery.callback();
            case LIST -> recovery.list().isPresent();
          };
      if (isDeclared) {
        declared.add(recipe);
      }
    }
    return declared;
  }

  private Instant next(List<Look> looks, Instant end) {
    return looks.stream()
        .flatMap(look -> look.nextAt().stream())
        .min(Comparator.naturalOrder())
        .filter(end::isAfter)
        .orElseGet(
            () -> {
              var again = clock.instant().plus(LOOK_AGAIN);
              return again.isBefore(end) ? again : end;
            });
  }

  /** For the operator's eyes only, so a store that is away is no reason to stop. */
  private void note(Task task, Attempt attempt, List<Look> looks) {
    if (looks.isEmpty()) {
      return;
    }
    try {
      doubts.note(task.id(), attempt.number(), looks);
    } catch (RuntimeException e) {
      LOG.warn("task {}: how its recipes fared was not noted: {}", task.id(), e.toString());
    }
  }
}
