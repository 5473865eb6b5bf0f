package dev.reelay.provider;

import dev.reelay.task.ErrorCode;
import dev.reelay.task.Job;
import dev.reelay.task.PollOutcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * When it is believed that a provider has lost a job. A young job may only not have reached all of
 * their servers yet, and one answer may come from a server that is behind or from an address that
 * was set wrong, so that it takes two of an old job, and some time between them. Safe for use by
 * many threads; a process that begins anew asks anew.
 */
final class LostJobs {
  /** From this age on "not found" is heard at all. */
  static final Duration OLD_FROM = Duration.ofMinutes(1);

  /** So much later it has to be said again, and nothing else in between. */
  static final Duration CONFIRMED_AFTER = Duration.ofSeconds(30);

  private static final String NOT_YET = "the provider does not know the job, perhaps not yet";
  private static final int JOBS_MAX = 100_000;

  private final Map<String, Instant> saidFirst = new ConcurrentHashMap<>();
  private final InstantSource clock;
  private final Duration confirmedAfter;

  /**
   * @param confirmedAfter {@link #CONFIRMED_AFTER}, or zero to believe the first answer of an old
   *     job
   */
  LostJobs(InstantSource clock, Duration confirmedAfter) {
    this.clock = clock;
    this.confirmedAfter = confirmedAfter;
  }

  /** What a poll came to, or that it told nothing yet where it said that the job is lost. */
  PollOutcome weigh(Job job, PollOutcome outcome) {
    if (outcome instanceof PollOutcome.Failed(var failure, _)
        && failure.code() == ErrorCode.UPSTREAM_EXPIRED) {
      return untilBelieved(job)
          .<PollOutcome>map(wait -> new PollOutcome.Unanswered(NOT_YET, Optional.of(wait)))
          .orElse(outcome);
    }
    if (!(outcome instanceof PollOutcome.Unanswered)) {
      saidFirst.remove(key(job));
    }
    return outcome;
  }

  /** It was said to be lost: how long to wait before asking again; empty if that is believed. */
  private Optional<Duration> untilBelieved(Job job) {
    var now = clock.instant();
    var old = job.attempt().startedAt().plus(OLD_FROM);
    if (now.isBefore(old)) {
      return Optional.of(Duration.between(now, old));
    }
    if (saidFirst.size() >= JOBS_MAX) {
      // Those forgotten are asked for once more; that is all.
      saidFirst.clear();
    }
    var believed = saidFirst.computeIfAbsent(key(job), _ -> now).plus(confirmedAfter);
    if (now.isBefore(believed)) {
      return Optional.of(Duration.between(now, believed));
    }
    saidFirst.remove(key(job));
    return Optional.empty();
  }

  private static String key(Job job) {
    return job.attempt().token() + " " + job.upstreamId();
  }
}
