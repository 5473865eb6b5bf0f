package dev.reelay.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.access.TenantId;
import dev.reelay.task.Doubts.Claims;
import dev.reelay.task.Doubts.Sent;
import dev.reelay.task.Doubts.Unknown;
import dev.reelay.task.ListMatch.Verdict;
import dev.reelay.task.Recovery.JobList;
import dev.reelay.task.Recovery.Shows;
import dev.reelay.testkit.StateSamples;
import dev.reelay.testkit.TaskSamples;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Attempts are {@code second:tenant:prompt[:fate]}, jobs {@code second:prompt[:owner]}, where the
 * owner is one that may have made it ({@code owned}), or one of another time ({@code late}) or
 * prompt ({@code other}).
 */
class ListMatchTest {
  private static final Instant NOON = TaskSamples.NOON;
  private static final Instant LATER = NOON.plus(Duration.ofMinutes(10));
  private static final JobList WHOLE =
      new JobList(Duration.ofSeconds(30), Duration.ofHours(24), new Shows(true, true, true));

  /** The verdict on the first attempt comes first; {@code ?} is left to the operator. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        // One to one.
        "0:a:cat               | 1:cat              | job1",
        "0:a:cat               | -5:cat             | job1",
        "0:a:cat               | 125:cat            | job1",
        "0:a:cat               | 1:cat 2:dog        | job1",
        "0:a:cat 0:b:dog       | 1:dog 1:cat        | job2 job1",
        "0:a:cat               | 1:cat:owned 2:cat  | job2",
        // Not one to one.
        "0:a:cat               | 1:cat 2:cat        | ?",
        "0:a:cat 1:b:cat       | 1:cat              | ? ?",
        "0:a:cat 1:b:cat       | 1:cat 2:cat        | ? ?",
        "0:a:cat 1:a:cat 2:a:cat | 1:cat 2:cat      | ? ? ?",
        // Alike: in order of time.
        "0:a:cat 1:a:cat       | 2:cat 1:cat        | job2 job1",
        "1:a:cat 0:a:cat       | 2:cat 1:cat        | job1 job2",
        // Somebody else may still claim it.
        "0:a:cat 1:b:cat:sending | 1:cat            | ? ?",
        "0:a:cat 1:a:cat:given_up | 1:cat 2:cat     | ? ?",
        "0:a:cat 200:b:cat     | 1:cat 201:cat      | job1 job2",
        // Near in time is no fit, and no absence either.
        "0:a:cat               | 126:cat            | ?",
        "0:a:cat               | -10:cat            | ?",
        "0:a:cat               | 300:cat            | ?",
        "0:a:cat               | 1:dog              | ?",
        "0:a:cat               | -850:cat           | ?",
        // Made nothing.
        "0:a:cat               |                    | never",
        "0:a:cat               | 1:cat:owned        | never",
        "0:a:cat               | -950:cat           | never",
        "0:a:cat:sending       |                    | ?",
        // Given to somebody who cannot have made it: who did?
        "0:a:cat               | 1:cat:late         | ?",
        "0:a:cat               | 1:cat:other        | ?",
        "0:a:cat               | -950:cat:late      | never",
        // And what that one made is nobody's.
        "0:a:cat               | -59:cat:late 2:cat | ?",
        "0:a:cat               | -300:cat:late 2:cat | job2",
      })
  void the_table_holds(String row) {
    var cells = Arrays.stream(row.split("\\|", -1)).map(String::strip).toList();

    assertThat(verdicts(attempts(cells.get(0)), cells.get(1), WHOLE)).isEqualTo(cells.get(2));
  }

  @Test
  void a_list_that_may_leave_jobs_out_proves_no_absence() {
    var list = new JobList(Duration.ZERO, Duration.ofHours(1), new Shows(true, true, false));

    assertThat(verdicts(attempts("0:a:cat"), "", list)).isEqualTo("?");
    assertThat(verdicts(attempts("0:a:cat"), "1:cat", list)).isEqualTo("job1");
  }

  @Test
  void a_list_that_no_longer_reaches_back_proves_no_absence() {
    var list = new JobList(Duration.ZERO, Duration.ofMinutes(20), new Shows(true, true, true));

    assertThat(verdicts(attempts("0:a:cat"), "", list)).isEqualTo("?");
  }

  @Test
  void nothing_is_said_before_the_lag_has_passed() {
    var list = new JobList(Duration.ofHours(1), Duration.ofHours(24), new Shows(true, true, true));

    assertThat(verdicts(attempts("0:a:cat"), "1:cat", list)).isEqualTo("?");
    assertThat(verdicts(attempts("0:a:cat"), "", list)).isEqualTo("?");
  }

  @Test
  void what_a_list_does_not_show_rules_nothing_out() {
    var bare = new ListedJob("x", NOON, Optional.empty(), Optional.empty());
    var attempts = attempts("0:a:cat 1:b:dog");

    assertThat(match(attempts, List.of(bare), WHOLE).of(attempts.getFirst()))
        .isInstanceOf(Verdict.Open.class);
    assertThat(match(attempts.subList(0, 1), List.of(bare), WHOLE).of(attempts.getFirst()))
        .isEqualTo(new Verdict.Adopt(bare));
  }

  @Test
  void a_job_of_another_model_and_prompt_does_not_stand_against_an_absence() {
    var other = new ListedJob("x", NOON, Optional.of("other"), Optional.of("dog"));
    var attempts = attempts("0:a:cat");

    assertThat(match(attempts, List.of(other), WHOLE).of(attempts.getFirst()))
        .isInstanceOf(Verdict.Absent.class);
  }

  @Test
  void one_that_has_an_id_which_is_not_listed_may_have_made_what_fits_it() {
    var attempts = attempts("0:a:cat");
    var job = jobs("1:cat");

    assertThat(
            match(attempts, job, WHOLE, List.of(new Sent(NOON, "theirs", "cat")))
                .of(attempts.getFirst()))
        .isInstanceOf(Verdict.Open.class);
    assertThat(
            match(attempts, job, WHOLE, List.of(new Sent(NOON, "theirs", "dog")))
                .of(attempts.getFirst()))
        .isEqualTo(new Verdict.Adopt(job.getFirst()));
  }

  private static String verdicts(List<Unknown> attempts, String jobs, JobList list) {
    var match = match(attempts, jobs(jobs), list);
    return attempts.stream()
        .map(match::of)
        .map(ListMatchTest::word)
        .collect(Collectors.joining(" "));
  }

  private static String word(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Adopt(ListedJob job) -> job.upstreamId();
      case Verdict.Absent _ -> "never";
      case Verdict.Open _ -> "?";
    };
  }

  private static ListMatch match(List<Unknown> attempts, List<ListedJob> jobs, JobList list) {
    return match(attempts, jobs, list, List.of());
  }

  private static ListMatch match(
      List<Unknown> attempts, List<ListedJob> jobs, JobList list, List<Sent> strays) {
    var owned = new HashMap<String, Sent>();
    jobs.forEach(job -> owner(job).ifPresent(sent -> owned.put(job.upstreamId(), sent)));
    return new ListMatch(list, new Claims(attempts, owned, strays), jobs, LATER);
  }

  private static Optional<Sent> owner(ListedJob job) {
    return switch (job.upstreamId().replaceFirst("job[0-9]+", "")) {
      case "owned" -> Optional.of(new Sent(job.createdAt(), "theirs", job.prompt().orElse("")));
      case "late" ->
          Optional.of(new Sent(job.createdAt().plusSeconds(61), "theirs", job.prompt().orElse("")));
      case "other" -> Optional.of(new Sent(job.createdAt(), "theirs", "another prompt"));
      default -> Optional.empty();
    };
  }

  private static List<ListedJob> jobs(String text) {
    var words = text.isBlank() ? List.<String>of() : List.of(text.split(" +"));
    return words.stream().map(word -> job(word, words.indexOf(word) + 1)).toList();
  }

  private static ListedJob job(String text, int number) {
    var parts = text.split(":");
    var id = "job" + number + (parts.length > 2 ? parts[2] : "");
    var at = NOON.plusSeconds(Long.parseLong(parts[0]));
    return new ListedJob(id, at, Optional.of("theirs"), Optional.of(parts[1]));
  }

  private static List<Unknown> attempts(String text) {
    var words = List.of(text.split(" +"));
    return words.stream().map(word -> attempt(word, words.indexOf(word) + 1)).toList();
  }

  private static Unknown attempt(String text, int number) {
    var parts = text.split(":");
    var like = TaskSamples.attempt(TaskSamples.taskId(number), 1, StateSamples.CHANNEL);
    var attempt =
        new Attempt(
            1,
            like.channel(),
            like.credential(),
            "theirs",
            "token-" + number,
            NOON.plusSeconds(Long.parseLong(parts[0])));
    var state = state(attempt, parts.length > 3 ? parts[3] : "in_doubt");
    return new Unknown(task(number, parts[1], parts[2], state), attempt);
  }

  private static TaskState state(Attempt attempt, String fate) {
    return switch (fate) {
      case "in_doubt" -> new TaskState.InDoubt(attempt, attempt.startedAt(), "reset");
      case "sending" -> new TaskState.Submitting(attempt, Set.of());
      case "given_up" -> new TaskState.Queued(Set.of());
      default -> throw new IllegalArgumentException(fate);
    };
  }

  private static Task task(int number, String tenant, String prompt, TaskState state) {
    var like = StateSamples.in(state);
    var asked = like.request();
    var request =
        new VideoRequest(
            asked.form(),
            asked.served(),
            prompt,
            asked.shape(),
            asked.images(),
            asked.options(),
            asked.extras());
    var accepted =
        new Task.Accepted(
            new TenantId(tenant.charAt(0)),
            like.accepted().key(),
            request,
            like.hold(),
            NOON,
            like.accepted().deadlines());
    return new Task(TaskSamples.taskId(number), accepted, 2, like.custody(), state, like.marks());
  }
}
