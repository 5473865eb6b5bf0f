package dev.reelay.provider;

import dev.reelay.limit.Tempo;
import dev.reelay.task.Job;
import dev.reelay.task.PollOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Asks for jobs, one or several in a call, and weighs what is said of them. A poll never waits for
 * a place among its credential's calls: it would keep its caller from other providers' tasks.
 */
final class Polls {
  /** When a credential whose places are all taken is worth another try. */
  static final Duration FULL_RETRY = Duration.ofSeconds(1);

  private final Lines lines;
  private final Logins logins;
  private final UnknownWords words;
  private final HealthSigns signs;
  private final LostJobs lost;

  Polls(Lines lines, Logins logins, UnknownWords words, HealthSigns signs, LostJobs lost) {
    this.lines = lines;
    this.logins = logins;
    this.words = words;
    this.signs = signs;
    this.lost = lost;
  }

  PollOutcome poll(Job job) {
    return switch (lines.to(job.attempt())) {
      case Lines.Line.Gone(String why) -> unanswered(why);
      case Lines.Line.Open line -> poll(line, job);
    };
  }

  private PollOutcome poll(Lines.Line.Open line, Job job) {
    var free = line.budget().calls().take();
    if (free.isEmpty()) {
      return full();
    }
    try (var _ = free.get()) {
      var ended =
          logins.ask(
              line,
              Question.harmless(
                  polls(line),
                  open -> open.provider().poll(open.context(), job.upstreamId()),
                  PollOutcome.Unanswered::new));
      signs.polled(job.attempt(), ended.outcome(), ended.unreached());
      return weighed(line, job, ended.outcome());
    }
  }

  /**
   * @param jobs of one credential
   */
  List<PollOutcome> pollAll(List<Job> jobs) {
    return switch (lines.to(jobs.getFirst().attempt())) {
      case Lines.Line.Gone(String why) -> jobs.stream().map(_ -> unanswered(why)).toList();
      case Lines.Line.Open line -> pollAll(line, jobs);
    };
  }

  private List<PollOutcome> pollAll(Lines.Line.Open line, List<Job> jobs) {
    var free = line.budget().calls().take();
    if (free.isEmpty()) {
      return jobs.stream().map(_ -> full()).toList();
    }
    try (var _ = free.get()) {
      var ids = jobs.stream().map(Job::upstreamId).toList();
      var ended =
          logins.ask(
              line,
              Question.<Map<String, PollOutcome>>harmless(
                  polls(line),
                  open -> operation(open, ids),
                  (why, after) -> Outcomes.ofAll(ids, new PollOutcome.Unanswered(why, after))));
      var outcomes = ids.stream().map(id -> ended.outcome().getOrDefault(id, unsaid())).toList();
      noteCall(jobs, outcomes, ended.unreached());
      return weighed(line, jobs, outcomes);
    }
  }

  private static Operation<Map<String, PollOutcome>> operation(
      Lines.Line.Open line, List<String> ids) {
    return line.provider()
        .pollAll(line.context(), ids)
        .orElseThrow(() -> new IllegalStateException("this adapter asks for one job at a time"));
  }

  /** One call is one sign: the best that it gave, since one word on a job shows that it works. */
  private void noteCall(List<Job> jobs, List<PollOutcome> outcomes, boolean unreached) {
    var telling =
        outcomes.stream()
            .filter(outcome -> !(outcome instanceof PollOutcome.Unanswered))
            .findFirst()
            .orElse(outcomes.getFirst());
    signs.polled(jobs.getFirst().attempt(), telling, unreached);
  }

  private List<PollOutcome> weighed(
      Lines.Line.Open line, List<Job> jobs, List<PollOutcome> outcomes) {
    var weighed = new ArrayList<PollOutcome>();
    for (var n = 0; n < jobs.size(); n++) {
      weighed.add(weighed(line, jobs.get(n), outcomes.get(n)));
    }
    return List.copyOf(weighed);
  }

  private PollOutcome weighed(Lines.Line.Open line, Job job, PollOutcome outcome) {
    return outcome instanceof PollOutcome.Unrecognized(String raw)
        ? new PollOutcome.Unrecognized(words.note(line.provider().name(), raw))
        : lost.weigh(job, outcome);
  }

  private static Optional<Tempo> polls(Lines.Line.Open line) {
    return Optional.of(line.budget().polls());
  }

  private static PollOutcome unsaid() {
    return unanswered("the answer says nothing of the job");
  }

  private static PollOutcome full() {
    return new PollOutcome.Unanswered("too many calls are under way", Optional.of(FULL_RETRY));
  }

  private static PollOutcome unanswered(String why) {
    return new PollOutcome.Unanswered(why, Optional.empty());
  }
}
