package dev.reelay.worker;

import dev.reelay.routing.ChannelId;
import dev.reelay.routing.CredentialId;
import dev.reelay.task.Attempt;
import dev.reelay.task.JobSearch;
import dev.reelay.task.ListOutcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads the lists of accounts, and lets doubts of one account that come together share a reading: a
 * restart may leave hundreds of them.
 */
final class JobLists {
  static final Duration SHARED_FOR = Duration.ofSeconds(5);

  private final JobSearch search;
  private final InstantSource clock;
  private final Map<Account, Reading> readings = new ConcurrentHashMap<>();

  JobLists(JobSearch search, InstantSource clock) {
    this.search = search;
    this.clock = clock;
  }

  private record Account(ChannelId channel, CredentialId credential) {}

  /**
   * @param since how far back it was asked for
   * @param at when the asking began
   */
  record Reading(ListOutcome outcome, Instant since, Instant at) {}

  /**
   * @param since how far back it has to reach
   * @param notBefore how old a reading may be at most, whoever made it
   */
  Reading read(Attempt attempt, Instant since, Instant notBefore) {
    var account = new Account(attempt.channel(), attempt.credential());
    var now = clock.instant();
    var known = readings.get(account);
    if (known != null
        && !known.since().isAfter(since)
        && !known.at().isBefore(notBefore)
        && now.isBefore(known.at().plus(SHARED_FOR))
        && !known.at().isAfter(now)) {
      return known;
    }
    var fresh = new Reading(search.list(attempt, since), since, now);
    readings.put(account, fresh);
    return fresh;
  }
}
