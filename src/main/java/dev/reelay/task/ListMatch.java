package dev.reelay.task;

import dev.reelay.task.Doubts.Sent;
import dev.reelay.task.Doubts.Unknown;
import dev.reelay.task.Recovery.JobList;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which of an account's jobs belongs to an attempt whose answer was lost: exactly one that fits it
 * and nobody else, or none. Pure. What is not certain is left to the operator, since a wrong guess
 * gives somebody another's video, and a wrong absence makes a second job.
 */
public final class ListMatch {
  /** A job is adopted within this: two clocks, and times in whole seconds. */
  static final Duration CLOCK_SLACK = Duration.ofSeconds(5);

  /** Within this it makes others uncertain: another node's clock may be wrong by so much. */
  static final Duration DISPUTE_SLACK = Duration.ofMinutes(1);

  /** A job so far outside the window still speaks against an absence: a clock may be wrong. */
  static final Duration ABSENCE_SLACK = Duration.ofMinutes(15);

  private final JobList list;
  private final List<Unknown> unknown;
  private final List<ListedJob> unowned;

  /** Owned by attempts that cannot have made them: whoever did may still look for them. */
  private final List<ListedJob> givenAway;

  /** Have another's job, by a provider's or an operator's mistake, and left their own to nobody. */
  private final List<Sent> misled;

  private final Instant now;

  /**
   * @param claims of the list's jobs
   * @param now when the list was read
   */
  public ListMatch(JobList list, Doubts.Claims claims, List<ListedJob> listed, Instant now) {
    this.list = list;
    this.unknown = claims.unknown();
    var owned = claims.owned();
    this.unowned = listed.stream().filter(job -> !owned.containsKey(job.upstreamId())).toList();
    this.givenAway = listed.stream().filter(job -> isGivenAway(owned, job)).toList();
    this.misled =
        Stream.concat(
                claims.strays().stream(),
                givenAway.stream().flatMap(job -> owner(owned, job).stream()))
            .toList();
    this.now = now;
  }

  private static boolean isGivenAway(Map<String, Sent> owned, ListedJob job) {
    return owner(owned, job).filter(sent -> !fits(sent, job, DISPUTE_SLACK)).isPresent();
  }

  private static Optional<Sent> owner(Map<String, Sent> owned, ListedJob job) {
    return Optional.ofNullable(owned.get(job.upstreamId()));
  }

  /** What the list says of an attempt. */
  public sealed interface Verdict {
    record Adopt(ListedJob job) implements Verdict {}

    /** It made nothing. */
    record Absent(String evidence) implements Verdict {}

    /** Nothing follows; the sentence is for the operator. */
    record Open(String why) implements Verdict {}
  }

  /** Back to when a list must be read, to say anything of an attempt. */
  public static Instant since(Attempt attempt) {
    return attempt.startedAt().minus(ABSENCE_SLACK);
  }

  public Verdict of(Unknown own) {
    var group = group(own);
    if (group.jobs().isEmpty()) {
      return absence(own);
    }
    var pending = group.attempts().stream().filter(a -> !isRipe(a)).findFirst();
    if (pending.isPresent()) {
      return new Verdict.Open(waits(pending.get()));
    }
    if (misled.stream().anyMatch(sent -> fitsAny(sent, group.jobs()))) {
      return new Verdict.Open("the job may be that of an attempt which has another's id");
    }
    if (group.attempts().size() != group.jobs().size()) {
      return new Verdict.Open(
          group.jobs().size() + " jobs fit " + group.attempts().size() + " attempts");
    }
    return inOrderOfTime(own, group);
  }

  /** Attempts and jobs that hang together: each fits another one of them. */
  private record Group(List<Unknown> attempts, List<ListedJob> jobs) {}

  private Group group(Unknown own) {
    var attempts = new LinkedHashSet<Unknown>(List.of(own));
    var jobs = new LinkedHashSet<ListedJob>();
    for (var size = 0; size != attempts.size() + jobs.size(); ) {
      size = attempts.size() + jobs.size();
      unowned.stream()
          .filter(job -> attempts.stream().anyMatch(a -> fits(a.sent(), job, DISPUTE_SLACK)))
          .forEach(jobs::add);
      unknown.stream()
          .filter(attempt -> !isSame(attempt, own))
          .filter(attempt -> fitsAny(attempt.sent(), jobs))
          .forEach(attempts::add);
    }
    return new Group(List.copyOf(attempts), List.copyOf(jobs));
  }

  private static boolean isSame(Unknown one, Unknown other) {
    return one.attempt().token().equals(other.attempt().token());
  }

  private static boolean fitsAny(Sent sent, Collection<ListedJob> jobs) {
    return jobs.stream().anyMatch(job -> fits(sent, job, DISPUTE_SLACK));
  }

  private static boolean fits(Sent sent, ListedJob job, Duration slack) {
    return !job.createdAt().isBefore(sent.at().minus(slack))
        && !job.createdAt().isAfter(sent.at().plus(Upstream.SEND_MAX).plus(slack))
        && hasModel(sent, job).orElse(true)
        && hasPrompt(sent, job).orElse(true);
  }

  /** Empty where the list does not show it. */
  private static Optional<Boolean> hasModel(Sent sent, ListedJob job) {
    return job.model().map(model -> model.equals(sent.upstreamModel()));
  }

  private static Optional<Boolean> hasPrompt(Sent sent, ListedJob job) {
    return job.prompt().map(prompt -> prompt.strip().equals(sent.prompt().strip()));
  }

  /** Whether all that it may have made is listed, and it waits for a verdict. */
  private boolean isRipe(Unknown unknown) {
    return unknown.doubt().isPresent() && !now.isBefore(unknown.shownFrom(list.lag()));
  }

  private static String waits(Unknown unknown) {
    return "the job may be that of "
        + unknown.task().id()
        + " attempt "
        + unknown.attempt().number()
        + ", which is not in doubt long enough or was given up";
  }

  /** Those of one tenant with the same request are alike: whichever gets which, nobody can tell. */
  private static Verdict inOrderOfTime(Unknown own, Group group) {
    if (!group.attempts().stream().allMatch(other -> isAlike(own, other))) {
      return new Verdict.Open(group.jobs().size() + " jobs fit as many different attempts");
    }
    var attempts = new ArrayList<>(group.attempts());
    attempts.sort(
        Comparator.comparing((Unknown a) -> a.attempt().startedAt())
            .thenComparing(a -> a.attempt().token()));
    var jobs = new ArrayList<>(group.jobs());
    jobs.sort(Comparator.comparing(ListedJob::createdAt).thenComparing(ListedJob::upstreamId));
    for (var i = 0; i < jobs.size(); i++) {
      if (!fits(attempts.get(i).sent(), jobs.get(i), CLOCK_SLACK)) {
        return new Verdict.Open(jobs.get(i).upstreamId() + " is not quite of the right time");
      }
    }
    return new Verdict.Adopt(jobs.get(attempts.indexOf(own)));
  }

  private static boolean isAlike(Unknown one, Unknown other) {
    var mine = one.task().request();
    var theirs = other.task().request();
    return one.task().tenant().equals(other.task().tenant())
        && one.attempt().upstreamModel().equals(other.attempt().upstreamModel())
        && mine.prompt().equals(theirs.prompt())
        && mine.shape().equals(theirs.shape())
        && mine.images().equals(theirs.images())
        && mine.options().equals(theirs.options());
  }

  private Verdict absence(Unknown own) {
    if (!list.shows().everyJob()) {
      return new Verdict.Open("no listed job fits, and the list may leave jobs out");
    }
    if (!isRipe(own)) {
      return new Verdict.Open("no listed job fits yet");
    }
    if (since(own.attempt()).isBefore(now.minus(list.window()))) {
      return new Verdict.Open("no listed job fits, and the list no longer reaches back so far");
    }
    return Stream.concat(unowned.stream(), givenAway.stream())
        .filter(job -> speaksAgainstAbsence(own, job))
        .findFirst()
        .<Verdict>map(
            job ->
                new Verdict.Open(job.upstreamId() + " may be its job and is surely nobody else's"))
        .orElseGet(() -> new Verdict.Absent("not in the provider's list, read whole at " + now));
  }

  /** All but what another time, model and prompt together rule out. */
  private static boolean speaksAgainstAbsence(Unknown own, ListedJob job) {
    return !job.createdAt().isBefore(since(own.attempt()))
        && (hasModel(own.sent(), job).orElse(true) || hasPrompt(own.sent(), job).orElse(true));
  }
}
