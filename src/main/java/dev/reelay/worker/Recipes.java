package dev.reelay.worker;

import dev.reelay.task.Attempt;
import dev.reelay.task.Doubts;
import dev.reelay.task.Doubts.Recipe;
import dev.reelay.task.Doubts.Unknown;
import dev.reelay.task.ErrorCode;
import dev.reelay.task.FindOutcome;
import dev.reelay.task.Job;
import dev.reelay.task.JobSearch;
import dev.reelay.task.ListMatch;
import dev.reelay.task.ListOutcome;
import dev.reelay.task.ListedJob;
import dev.reelay.task.PollOutcome;
import dev.reelay.task.Recovery;
import dev.reelay.task.SubmitOutcome;
import dev.reelay.task.Task;
import dev.reelay.task.TaskEvent;
import dev.reelay.task.TaskState.InDoubt;
import dev.reelay.task.Upstream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The recipes by which the fate of a lost create is learned. Each asks once and says what it
 * learned, or why nothing follows and when to ask again. Absence is believed only once the declared
 * lag has passed, counted from when the create can no longer be under way.
 */
final class Recipes {
  /** Looks at a doubt of that age; afterwards at growing distances. */
  private static final List<Duration> LOOKS =
      List.of(Duration.ZERO, Duration.ofSeconds(5), Duration.ofSeconds(30));

  private static final int KNOWN_MAX = 100_000;
  private static final int SHARE_OF_AGE = 10;
  private static final Duration LOOK_EVERY_MIN = Duration.ofSeconds(30);
  private static final Duration LOOK_EVERY_MAX = Duration.ofMinutes(10);

  private final Upstream upstream;
  private final JobSearch search;
  private final Doubts doubts;
  private final JobLists lists;

  /** Since when this process knows of a doubt: another node's clock may be far from ours. */
  private final Map<String, Instant> known = new ConcurrentHashMap<>();

  private final InstantSource clock;

  Recipes(Upstream upstream, Dispatcher.Rescue rescue, InstantSource clock) {
    this.upstream = upstream;
    this.search = rescue.search();
    this.doubts = rescue.doubts();
    this.lists = new JobLists(search, clock);
    this.clock = clock;
  }

  /** What a recipe learned. */
  sealed interface Found {
    record Known(TaskEvent fact) implements Found {}

    /**
     * @param nextAt empty if it can tell no more
     */
    record Open(String result, Optional<Instant> nextAt) implements Found {}
  }

  /** Nobody asks of this attempt any more. */
  void forget(Attempt attempt) {
    known.remove(attempt.token());
  }

  Found look(Recipe recipe, Task task, InDoubt doubt, int misses) {
    var recovery = upstream.abilities(doubt.attempt().channel()).recovery();
    return switch (recipe) {
      case TOKEN -> byToken(task, doubt.attempt(), recovery.token().orElseThrow(), misses);
      case REFERENCE -> byReference(task, doubt, recovery.reference().orElseThrow(), misses);
      case CALLBACK -> byCallback(task, doubt);
      case LIST -> byList(task, doubt, recovery.list().orElseThrow(), misses);
    };
  }

  // The create again, with the same token

  private Found byToken(Task task, Attempt attempt, Recovery.Token token, int misses) {
    var dies = attempt.startedAt().plus(token.life());
    if (!now().isBefore(dies)) {
      return new Found.Open("the token's life ended " + dies, Optional.empty());
    }
    var again = Optional.of(now().plus(Pacing.backoff(misses)));
    return switch (upstream.submit(task, attempt)) {
      case SubmitOutcome.NotSent(String why) -> new Found.Open("not sent again: " + why, again);
      case SubmitOutcome.Ambiguous(String why) -> new Found.Open("no usable answer: " + why, again);
      // Our account may not send now; that says nothing about what it sent before.
      case SubmitOutcome.Rejected(var failure, boolean ourAccount) when ourAccount ->
          new Found.Open("our account was refused: " + failure.message(), again);
      case SubmitOutcome.Accepted accepted -> known(attempt, accepted);
      case SubmitOutcome.Rejected rejected -> known(attempt, rejected);
    };
  }

  private static Found known(Attempt attempt, SubmitOutcome outcome) {
    return new Found.Known(Submitter.event(attempt, outcome));
  }

  // A look-up by the token that the create carried

  private Found byReference(Task task, InDoubt doubt, Recovery.Reference reference, int misses) {
    var attempt = doubt.attempt();
    var shownFrom = shownFrom(new Unknown(task, attempt), reference.lag());
    return switch (search.find(attempt)) {
      case FindOutcome.Found(String id) -> found(attempt, id);
      case FindOutcome.Absent _ when !now().isBefore(shownFrom) ->
          new Found.Known(
              new TaskEvent.NeverCreated(
                  attempt.number(),
                  "the provider has no job with our reference, asked at " + now()));
      case FindOutcome.Absent _ ->
          new Found.Open("absent, to be believed from " + shownFrom, nextLook(doubt, shownFrom));
      case FindOutcome.Unanswered(String why, var retryAfter) ->
          new Found.Open("no answer: " + why, later(retryAfter, misses));
    };
  }

  private Instant shownFrom(Unknown unknown, Duration lag) {
    if (known.size() >= KNOWN_MAX) {
      // Those forgotten wait once more; that is all.
      known.clear();
    }
    var here = known.computeIfAbsent(unknown.attempt().token(), _ -> now()).plus(lag);
    var there = unknown.shownFrom(lag);
    return here.isAfter(there) ? here : there;
  }

  private static Found found(Attempt attempt, String upstreamId) {
    return new Found.Known(new TaskEvent.Found(attempt.number(), upstreamId, Optional.empty()));
  }

  // What a callback named, believed once the provider knows it under our own credential

  private Found byCallback(Task task, InDoubt doubt) {
    var attempt = doubt.attempt();
    for (var id : unownedNamed(task, attempt)) {
      if (isKnown(task, new Job(attempt, id))) {
        return found(attempt, id);
      }
    }
    return new Found.Open("none named a job that the provider knows", nextLook(doubt, Instant.MAX));
  }

  private List<String> unownedNamed(Task task, Attempt attempt) {
    var named =
        doubts.named(task.id(), attempt.number()).stream().map(Doubts.Named::upstreamId).toList();
    if (named.isEmpty()) {
      return named;
    }
    var claims = doubts.claims(attempt.channel(), attempt.credential(), now(), Set.copyOf(named));
    return named.stream().filter(id -> !claims.owned().containsKey(id)).toList();
  }

  private boolean isKnown(Task task, Job job) {
    return switch (upstream.poll(task, job)) {
      case PollOutcome.Pending _, PollOutcome.Succeeded _, PollOutcome.Canceled _ -> true;
      case PollOutcome.Failed(var failure, _) -> failure.code() != ErrorCode.UPSTREAM_EXPIRED;
      case PollOutcome.Unrecognized _, PollOutcome.Unanswered _ -> false;
    };
  }

  // The account's list, matched one to one

  private Found byList(Task task, InDoubt doubt, Recovery.JobList list, int misses) {
    var attempt = doubt.attempt();
    var own = new Unknown(task, attempt);
    var shownFrom = shownFrom(own, list.lag());
    if (now().isBefore(shownFrom)) {
      return new Found.Open("complete from " + shownFrom, Optional.of(shownFrom));
    }
    var read = lists.read(attempt, ListMatch.since(attempt), shownFrom);
    return switch (read.outcome()) {
      case ListOutcome.Unanswered(String why, var retryAfter) ->
          new Found.Open("no answer: " + why, later(retryAfter, misses));
      case ListOutcome.Listed(List<ListedJob> jobs) -> matched(own, doubt, list, read.at(), jobs);
    };
  }

  private Found matched(
      Unknown own, InDoubt doubt, Recovery.JobList list, Instant readAt, List<ListedJob> jobs) {
    var attempt = own.attempt();
    var ids = jobs.stream().map(ListedJob::upstreamId).collect(Collectors.toSet());
    var claims =
        doubts.claims(attempt.channel(), attempt.credential(), ListMatch.since(attempt), ids);
    return switch (new ListMatch(list, claims, jobs, readAt).of(own)) {
      case ListMatch.Verdict.Adopt(ListedJob job) -> found(attempt, job.upstreamId());
      case ListMatch.Verdict.Absent(String evidence) ->
          new Found.Known(new TaskEvent.NeverCreated(attempt.number(), evidence));
      case ListMatch.Verdict.Open(String why) -> new Found.Open(why, nextLook(doubt, Instant.MAX));
    };
  }

  /** At 0, 5 and 30 seconds of age and when an absence is a proof; then seldom. */
  private Optional<Instant> nextLook(InDoubt doubt, Instant proof) {
    var age = Duration.between(doubt.since(), now());
    var usual =
        LOOKS.stream()
            .filter(look -> look.compareTo(age) > 0)
            .findFirst()
            .map(doubt.since()::plus)
            .orElseGet(() -> now().plus(seldom(age)));
    return Optional.of(proof.isAfter(now()) && proof.isBefore(usual) ? proof : usual);
  }

  private Optional<Instant> later(Optional<Duration> retryAfter, int misses) {
    return Optional.of(now().plus(Pacing.retryAfter(retryAfter, misses)));
  }

  private static Duration seldom(Duration age) {
    var share = age.dividedBy(SHARE_OF_AGE);
    if (share.compareTo(LOOK_EVERY_MIN) < 0) {
      return LOOK_EVERY_MIN;
    }
    return share.compareTo(LOOK_EVERY_MAX) > 0 ? LOOK_EVERY_MAX : share;
  }

  private Instant now() {
    return clock.instant();
  }
}
