package dev.reelay.worker;

import dev.reelay.task.AdvanceTask;
import dev.reelay.task.FetchOutcome;
import dev.reelay.task.PollOutcome;
import dev.reelay.task.Task;
import dev.reelay.task.TaskEvent;
import dev.reelay.task.TaskState.Storing;
import dev.reelay.task.Upstream;
import dev.reelay.task.VideoResult;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches and stores results. Success means a playable file is here. Addresses expire and servers
 * move, so an address that gave nothing is asked for again before it is tried again.
 */
final class Fetcher {
  private static final Logger LOG = LoggerFactory.getLogger(Fetcher.class);

  private final AdvanceTask advance;
  private final Upstream upstream;
  private final InstantSource clock;

  Fetcher(AdvanceTask advance, Upstream upstream, InstantSource clock) {
    this.advance = advance;
    this.upstream = upstream;
    this.clock = clock;
  }

  Next fetch(Task task, Storing storing, int misses) {
    var result = misses == 0 ? storing.result() : askedAgain(task, storing);
    return switch (upstream.fetch(task, storing.job(), result)) {
      case FetchOutcome.Stored(var output, var facts) ->
          save(task, new TaskEvent.Stored(output, facts));
      case FetchOutcome.Refused(var failure) -> save(task, new TaskEvent.StoreRefused(failure));
      case FetchOutcome.Unanswered(String why) -> {
        LOG.warn("task {}: result not fetched yet: {}", task.id(), why);
        yield Next.missed(clock.instant().plus(Pacing.backoff(misses)));
      }
    };
  }

  /**
   * Where the provider says that the file is now. It said once that it is done, so whatever else it
   * says now, the file may still be where it was.
   */
  private VideoResult askedAgain(Task task, Storing storing) {
    return switch (upstream.poll(task, storing.job())) {
      case PollOutcome.Succeeded(var result) -> result;
      case PollOutcome.Pending _,
          PollOutcome.Failed _,
          PollOutcome.Canceled _,
          PollOutcome.Unrecognized _,
          PollOutcome.Unanswered _ ->
          storing.result();
    };
  }

  private Next save(Task task, TaskEvent fact) {
    return Facts.save(advance, task, fact, clock, _ -> Next.at(clock.instant()));
  }
}
