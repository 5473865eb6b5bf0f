package dev.reelay.worker;

import dev.reelay.task.AdvanceTask;
import dev.reelay.task.Job;
import dev.reelay.task.PollOutcome;
import dev.reelay.task.Task;
import dev.reelay.task.TaskEvent;
import dev.reelay.task.TaskListener;
import dev.reelay.task.TaskState;
import dev.reelay.task.Upstream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks providers how jobs stand. Only a verdict is committed; progress stays in memory. A failed
 * poll is not a failed task.
 */
final class Poller {
  private static final int PROGRESS_MAX_BEFORE_STORED = 99;
  private static final Logger LOG = LoggerFactory.getLogger(Poller.class);

  private final AdvanceTask advance;
  private final Upstream upstream;
  private final TaskListener listener;
  private final LearnedTimes times;
  private final InstantSource clock;

  Poller(
      AdvanceTask advance,
      Upstream upstream,
      TaskListener listener,
      LearnedTimes times,
      InstantSource clock) {
    this.advance = advance;
    this.upstream = upstream;
    this.listener = listener;
    this.times = times;
    this.clock = clock;
  }

  Next poll(Task task, Job job, int misses) {
    if (task.marks().cancelRequested() && upstream.abilities(job.attempt().channel()).cancel()) {
      // Asked again at each poll: the first asking may not have been heard.
      upstream.cancel(task, job);
    }
    return heard(task, job, misses, upstream.poll(task, job));
  }

  /** Asks for running tasks of one credential in one call; what became of each, in their order. */
  List<PollOutcome> pollAll(List<Task> tasks) {
    return upstream.pollAll(
        tasks.stream().map(task -> new Upstream.Asked(task, job(task))).toList());
  }

  /** What an outcome of {@link #pollAll} means for its task. */
  Next heard(Task task, int misses, PollOutcome outcome) {
    return heard(task, job(task), misses, outcome);
  }

  private static Job job(Task task) {
    if (task.state() instanceof TaskState.Running(Job job)) {
      return job;
    }
    throw new IllegalArgumentException("task " + task.id() + " is not running");
  }

  private Next heard(Task task, Job job, int misses, PollOutcome outcome) {
    return switch (outcome) {
      case PollOutcome.Pending(OptionalInt percent) -> pending(task, job, percent);
      case PollOutcome.Succeeded(var result) -> {
        times.learn(task, job, running(job));
        yield save(task, new TaskEvent.Finished(result));
      }
      case PollOutcome.Failed(var failure, var bill) ->
          save(task, new TaskEvent.UpstreamFailed(failure, bill));
      case PollOutcome.Canceled _ -> save(task, new TaskEvent.UpstreamCanceled());
      case PollOutcome.Unrecognized(String raw) -> {
        LOG.warn("task {}: the provider says {} and nobody knows the word", task.id(), raw);
        yield later(task, job);
      }
      case PollOutcome.Unanswered(String why, Optional<Duration> retryAfter) -> {
        LOG.debug("task {}: poll unanswered: {}", task.id(), why);
        yield Next.missed(clock.instant().plus(Pacing.retryAfter(retryAfter, misses)));
      }
    };
  }

  private Next pending(Task task, Job job, OptionalInt percent) {
    var shown = Math.min(percent.orElse(0), PROGRESS_MAX_BEFORE_STORED);
    if (shown > task.marks().progress()) {
      listener.progressed(task.withProgress(shown));
    }
    return later(task, job);
  }

  private Next later(Task task, Job job) {
    var abilities = upstream.abilities(job.attempt().channel());
    var wait = Pacing.nextPoll(abilities, running(job), times.usual(task, job));
    var at = clock.instant().plus(wait);
    return Next.at(upstream.askedAtOnceMax(job) > 1 ? Pacing.together(at) : at);
  }

  private Duration running(Job job) {
    return Duration.between(job.attempt().startedAt(), clock.instant());
  }

  private Next save(Task task, TaskEvent fact) {
    Instant now = clock.instant();
    return Facts.save(advance, task, fact, clock, _ -> Next.at(now));
  }
}
