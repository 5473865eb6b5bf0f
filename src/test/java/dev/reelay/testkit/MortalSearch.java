package dev.reelay.testkit;

import dev.reelay.routing.ChannelId;
import dev.reelay.task.Attempt;
import dev.reelay.task.Callback;
import dev.reelay.task.FindOutcome;
import dev.reelay.task.JobSearch;
import dev.reelay.task.ListOutcome;
import java.time.Instant;
import java.util.Optional;

/** The providers' lists as one life of a node sees them: it may crash or stall at each call. */
record MortalSearch(JobSearch search, SimLife life) implements JobSearch {
  @Override
  public FindOutcome find(Attempt attempt) {
    return life.callProvider(() -> search.find(attempt));
  }

  @Override
  public ListOutcome list(Attempt attempt, Instant since) {
    return life.callProvider(() -> search.list(attempt, since));
  }

  @Override
  public Optional<String> named(ChannelId channel, Callback callback) {
    return search.named(channel, callback);
  }
}
