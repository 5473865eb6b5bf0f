package dev.reelay.testkit;

import dev.reelay.routing.ChannelId;
import dev.reelay.task.Attempt;
import dev.reelay.task.Callback;
import dev.reelay.task.FindOutcome;
import dev.reelay.task.JobSearch;
import dev.reelay.task.ListOutcome;
import java.time.Instant;
import java.util.Optional;

/** Providers that tell nothing of their jobs; a callback's whole body is the id that it names. */
public final class NoSearch implements JobSearch {
  @Override
  public FindOutcome find(Attempt attempt) {
    return new FindOutcome.Unanswered("it has no look-up", Optional.empty());
  }

  @Override
  public ListOutcome list(Attempt attempt, Instant since) {
    return new ListOutcome.Unanswered("it has no list", Optional.empty());
  }

  /** A body that ends with a question mark is a question. */
  @Override
  public Optional<String> answer(Callback callback) {
    return callback.body().endsWith("?") ? Optional.of("{\"yes\":true}") : Optional.empty();
  }

  @Override
  public Optional<String> named(ChannelId channel, Callback callback) {
    return Optional.of(callback.body()).filter(body -> !body.isBlank());
  }
}
