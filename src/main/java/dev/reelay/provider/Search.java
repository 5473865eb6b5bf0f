package dev.reelay.provider;

import dev.reelay.limit.Tempo;
import dev.reelay.task.FindOutcome;
import dev.reelay.task.ListOutcome;
import dev.reelay.task.ListedJob;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Asks one account for jobs whose id nobody knows. Like a poll it never waits for a place and is
 * counted by the poll budget, a list once for all of its pages.
 */
final class Search {
  /** A list that is longer than this many pages back to the moment asked for is not read. */
  static final int PAGES_MAX = 20;

  private final Logins logins;
  private final Lines.Line.Open line;

  Search(Logins logins, Lines.Line.Open line) {
    this.logins = logins;
    this.line = line;
  }

  private <O> O counted(Question.Unanswered<O> unanswered, Supplier<O> asked) {
    var free = line.budget().calls().take();
    if (free.isEmpty()) {
      return unanswered.of("too many calls are under way", Optional.of(Polls.FULL_RETRY));
    }
    try (var _ = free.get()) {
      var wait = line.budget().polls().take();
      return wait.isZero()
          ? asked.get()
          : unanswered.of("the poll budget is used up", Optional.of(wait));
    }
  }

  private Optional<Tempo> polls() {
    return Optional.of(line.budget().polls());
  }

  FindOutcome find(String reference) {
    return counted(
        FindOutcome.Unanswered::new,
        () ->
            asked(
                open -> open.provider().find(open.context(), reference),
                FindOutcome.Unanswered::new));
  }

  ListOutcome list(Instant since) {
    return counted(ListOutcome.Unanswered::new, () -> pages(since));
  }

  private ListOutcome pages(Instant since) {
    var jobs = new ArrayList<ListedJob>();
    var after = Optional.<String>empty();
    for (var pages = 0; pages < PAGES_MAX; pages++) {
      switch (page(after)) {
        case Page.Unanswered(String why, var retryAfter) -> {
          return new ListOutcome.Unanswered(why, retryAfter);
        }
        case Page.Jobs page -> {
          jobs.addAll(page.jobs());
          if (page.next().isEmpty() || (isNewestFirst(jobs) && reaches(page, since))) {
            return new ListOutcome.Listed(jobs);
          }
          after = page.next();
        }
      }
    }
    return new ListOutcome.Unanswered(
        "the list is longer than " + PAGES_MAX + " pages", Optional.empty());
  }

  private Page page(Optional<String> after) {
    return asked(open -> open.provider().list(open.context(), after), Page.Unanswered::new);
  }

  private <O> O asked(
      Function<Lines.Line.Open, Optional<Operation<O>>> declared,
      Question.Unanswered<O> unanswered) {
    Function<Lines.Line.Open, Operation<O>> operation =
        open ->
            declared
                .apply(open)
                .orElseThrow(() -> new IllegalStateException("it does not declare this"));
    return logins.ask(line, Question.harmless(polls(), operation, unanswered)).outcome();
  }

  /** One that is in another order may show the newest last, and has to be read to its end. */
  private static boolean isNewestFirst(List<ListedJob> jobs) {
    return IntStream.range(1, jobs.size())
        .noneMatch(i -> jobs.get(i).createdAt().isAfter(jobs.get(i - 1).createdAt()));
  }

  private static boolean reaches(Page.Jobs page, Instant since) {
    return page.jobs().stream().anyMatch(job -> job.createdAt().isBefore(since));
  }
}
