package dev.reelay.testkit;

import dev.reelay.routing.ChannelId;
import dev.reelay.task.Attempt;
import dev.reelay.task.Callback;
import dev.reelay.task.FindOutcome;
import dev.reelay.task.JobSearch;
import dev.reelay.task.ListOutcome;
import dev.reelay.task.ListedJob;
import dev.reelay.testkit.SimUpstream.MadeJob;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What the simulated providers tell of their jobs; each job shows up some while after it was made.
 */
public final class SimSearch implements JobSearch {
  private static final int LAG_SECONDS_MAX = 20;

  private final SimUpstream upstream;
  private final InstantSource clock;
  private final RandomGenerator random;
  private int finds;
  private int lists;

  SimSearch(SimUpstream upstream, InstantSource clock, RandomGenerator random) {
    this.upstream = upstream;
    this.clock = clock;
    this.random = random;
  }

  @Override
  public FindOutcome find(Attempt attempt) {
    finds++;
    return switch (upstream.howToAnswer()) {
      case ANSWER ->
          upstream
              .madeWith(attempt.token())
              .filter(this::isShown)
              .<FindOutcome>map(job -> new FindOutcome.Found(job.id()))
              .orElseGet(FindOutcome.Absent::new);
      case UNKNOWN_WORD, SILENCE -> new FindOutcome.Unanswered("504", Optional.empty());
    };
  }

  @Override
  public ListOutcome list(Attempt attempt, Instant since) {
    lists++;
    return switch (upstream.howToAnswer()) {
      case ANSWER ->
          new ListOutcome.Listed(
              upstream.made(attempt.channel()).stream()
                  .filter(job -> isShown(job) && !job.madeAt().isBefore(since))
                  .map(job -> listed(job, attempt))
                  .toList());
      case UNKNOWN_WORD, SILENCE -> new ListOutcome.Unanswered("504", Optional.empty());
    };
  }

  private static ListedJob listed(MadeJob job, Attempt attempt) {
    return new ListedJob(
        job.id(), job.madeAt(), Optional.of(attempt.upstreamModel()), Optional.of(job.prompt()));
  }

  private boolean isShown(MadeJob job) {
    var lag = Duration.ofSeconds(random.nextInt(LAG_SECONDS_MAX));
    return !clock.instant().isBefore(job.madeAt().plus(lag));
  }

  @Override
  public Optional<String> named(ChannelId channel, Callback callback) {
    return Optional.of(callback.body()).filter(body -> !body.isBlank());
  }

  public int finds() {
    return finds;
  }

  public int lists() {
    return lists;
  }
}
