package dev.reelay.testkit;

import dev.reelay.money.Usage;
import dev.reelay.routing.ChannelId;
import dev.reelay.task.Attempt;
import dev.reelay.task.CancelOutcome;
import dev.reelay.task.ErrorCode;
import dev.reelay.task.Failure;
import dev.reelay.task.FetchOutcome;
import dev.reelay.task.Job;
import dev.reelay.task.PollOutcome;
import dev.reelay.task.SubmitOutcome;
import dev.reelay.task.Task;
import dev.reelay.task.TaskId;
import dev.reelay.task.Upstream;
import dev.reelay.task.VideoResult;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Providers in memory. They do as they are told, else as they please: calm at first, and with
 * {@link #misbehave} all that providers do, drawn from a seed. What they really did stays here.
 */
public final class SimUpstream implements Upstream {
  /** How a creating call ends. */
  public enum OnSubmit {
    ACCEPT,
    REFUSE_CONTENT,
    REFUSE_ACCOUNT,
    NOT_SENT,
    LOSE_WITH_JOB,
    LOSE_WITHOUT_JOB,
    GIVE_AN_ID_TWICE
  }

  /** How a question for a job ends. */
  public enum OnPoll {
    ANSWER,
    UNKNOWN_WORD,
    SILENCE
  }

  /** How fetching a result ends. */
  public enum OnFetch {
    STORE,
    STORE_A_SHORTER_ONE,
    NO_VIDEO,
    STORAGE_FULL
  }

  /** What becomes of a job when its time has come. */
  public enum Verdict {
    SUCCEED,
    FAIL,
    NEVER
  }

  /** How asking to cancel ends. */
  public enum OnCancel {
    HEAR,
    HEAR_AND_LOSE,
    LOSE
  }

  private static final Duration USUAL = Duration.ofSeconds(20);
  private static final int LONGEST_SECONDS = 600;
  private static final String RESULTS = "https://cdn.example/";
  private static final int PERCENT = 100;

  private final InstantSource clock;
  private final RandomGenerator random;
  private final Map<ChannelId, Abilities> channels = new HashMap<>();
  private final Map<ChannelId, Integer> atOnceMax = new HashMap<>();
  private final Map<List<Object>, MadeJob> jobs = new HashMap<>();
  private final Map<String, MadeJob> byToken = new HashMap<>();
  private final Map<TaskId, Integer> madeFor = new HashMap<>();
  private final Map<ChannelId, String> lastId = new HashMap<>();
  private final Set<String> lies = new HashSet<>();
  private final Set<String> refused = new HashSet<>();
  private final Orders<OnSubmit> onSubmit;
  private final Orders<OnPoll> onPoll;
  private final Orders<OnFetch> onFetch;
  private int moves;
  private final Orders<OnCancel> onCancel;
  private final Orders<Verdict> verdicts;
  private int faultPercent;
  private Duration takes = USUAL;
  private int submits;
  private int polls;

  public SimUpstream(InstantSource clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
    this.onSubmit = new Orders<>(OnSubmit.values());
    this.onPoll = new Orders<>(OnPoll.values());
    this.onFetch = new Orders<>(OnFetch.values());
    this.onCancel = new Orders<>(OnCancel.values());
    this.verdicts = new Orders<>(Verdict.values());
  }

  /** A job as the provider knows it. */
  public static final class MadeJob {
    private final String id;
    private final TaskId task;
    private final String prompt;
    private final Instant madeAt;
    private final Duration takes;
    private final Verdict verdict;
    private boolean canceled;

    MadeJob(String id, Task task, Instant madeAt, Duration takes, Verdict verdict) {
      this.id = id;
      this.task = task.id();
      this.prompt = task.request().prompt();
      this.madeAt = madeAt;
      this.takes = takes;
      this.verdict = verdict;
    }

    public String id() {
      return id;
    }

    String prompt() {
      return prompt;
    }

    TaskId task() {
      return task;
    }

    Instant madeAt() {
      return madeAt;
    }

    boolean isCanceled() {
      return canceled;
    }

    Verdict verdict() {
      return verdict;
    }
  }

  /** What to do next: as ordered, else the first of all in good times, else any. */
  private final class Orders<E> {
    private final E[] all;
    private final java.util.ArrayDeque<E> ordered = new java.util.ArrayDeque<>();

    Orders(E[] all) {
      this.all = all;
    }

    E next() {
      var order = ordered.poll();
      if (order != null) {
        return order;
      }
      return faultPercent > 0 && random.nextInt(PERCENT) < faultPercent
          ? all[random.nextInt(all.length)]
          : all[0];
    }
  }

  // Orders

  public void addChannel(ChannelId channel, Abilities abilities) {
    channels.put(channel, abilities);
  }

  /** Takes so many jobs in one call. */
  public void askedAtOnce(ChannelId channel, int max) {
    atOnceMax.put(channel, max);
  }

  public void onSubmit(OnSubmit... orders) {
    onSubmit.ordered.addAll(List.of(orders));
  }

  public void onPoll(OnPoll... orders) {
    onPoll.ordered.addAll(List.of(orders));
  }

  public void onFetch(OnFetch... orders) {
    onFetch.ordered.addAll(List.of(orders));
  }

  public void onCancel(OnCancel... orders) {
    onCancel.ordered.addAll(List.of(orders));
  }

  public void verdicts(Verdict... orders) {
    verdicts.ordered.addAll(List.of(orders));
  }

  public void jobsTake(Duration duration) {
    takes = duration;
  }

  /** From now on so many of a hundred calls end in any way at all; 0 for good times again. */
  public void misbehave(int percent) {
    faultPercent = percent;
  }

  // What happened

  public int jobsMadeFor(TaskId task) {
    return madeFor.getOrDefault(task, 0);
  }

  public Optional<MadeJob> madeWith(String token) {
    return Optional.ofNullable(byToken.get(token));
  }

  Optional<MadeJob> made(ChannelId channel, String id) {
    return Optional.ofNullable(jobs.get(List.of(channel, id)));
  }

  /** Newest first. */
  List<MadeJob> made(ChannelId channel) {
    return jobs.entrySet().stream()
        .filter(entry -> entry.getKey().getFirst().equals(channel))
        .map(Map.Entry::getValue)
        .sorted(Comparator.comparing(MadeJob::madeAt).reversed())
        .toList();
  }

  OnPoll howToAnswer() {
    return onPoll.next();
  }

  /** Whether the id was once given to a create that did not make it. */
  boolean liedAbout(String id) {
    return lies.contains(id);
  }

  public int submits() {
    return submits;
  }

  public int polls() {
    return polls;
  }

  // Upstream

  @Override
  public SubmitOutcome submit(Task task, Attempt attempt) {
    submits++;
    return switch (sameAgain(attempt, onSubmit.next())) {
      case ACCEPT -> new SubmitOutcome.Accepted(make(task, attempt).id);
      case REFUSE_CONTENT -> refused(attempt, ErrorCode.CONTENT_REFUSED, false);
      case REFUSE_ACCOUNT -> refused(attempt, ErrorCode.UPSTREAM_ACCOUNT, true);
      case NOT_SENT -> new SubmitOutcome.NotSent("connection refused");
      case LOSE_WITH_JOB -> {
        make(task, attempt);
        yield new SubmitOutcome.Ambiguous("read timed out");
      }
      case LOSE_WITHOUT_JOB -> new SubmitOutcome.Ambiguous("connection reset");
      case GIVE_AN_ID_TWICE -> {
        var id =
            Optional.ofNullable(lastId.get(attempt.channel()))
                .orElseGet(() -> make(task, attempt).id);
        lies.add(id);
        yield new SubmitOutcome.Accepted(id);
      }
    };
  }

  /** One that honours tokens refuses again what it refused once. */
  private OnSubmit sameAgain(Attempt attempt, OnSubmit order) {
    if (!refused.contains(attempt.token())) {
      return order;
    }
    return switch (order) {
      case ACCEPT, REFUSE_CONTENT, GIVE_AN_ID_TWICE -> OnSubmit.REFUSE_CONTENT;
      case LOSE_WITH_JOB, LOSE_WITHOUT_JOB -> OnSubmit.LOSE_WITHOUT_JOB;
      case REFUSE_ACCOUNT, NOT_SENT -> order;
    };
  }

  /** One that honours tokens answers a repeat as it answered the first call. */
  private SubmitOutcome refused(Attempt attempt, ErrorCode code, boolean ourAccount) {
    var honours = honoursTokens(attempt.channel());
    if (honours && !ourAccount && byToken.containsKey(attempt.token())) {
      return new SubmitOutcome.Accepted(known(attempt.token()).id);
    }
    if (honours && !ourAccount) {
      refused.add(attempt.token());
    }
    return new SubmitOutcome.Rejected(Failure.of(code), ourAccount);
  }

  private boolean honoursTokens(ChannelId channel) {
    return abilities(channel).recovery().token().isPresent();
  }

  private MadeJob known(String token) {
    return madeWith(token).orElseThrow();
  }

  private MadeJob make(Task task, Attempt attempt) {
    var known = byToken.get(attempt.token());
    if (known != null && honoursTokens(attempt.channel())) {
      return known;
    }
    var id = "job-" + attempt.channel().value() + "-" + (jobs.size() + 1);
    var job = new MadeJob(id, task, clock.instant(), duration(), verdicts.next());
    jobs.put(List.of(attempt.channel(), id), job);
    byToken.put(attempt.token(), job);
    lastId.put(attempt.channel(), id);
    madeFor.merge(task.id(), 1, Integer::sum);
    return job;
  }

  private Duration duration() {
    return faultPercent == 0
        ? takes
        : Duration.ofSeconds(1 + random.nextInt(1 + random.nextInt(LONGEST_SECONDS)));
  }

  @Override
  public PollOutcome poll(Task task, Job job) {
    polls++;
    return switch (onPoll.next()) {
      case ANSWER -> answer(job);
      case UNKNOWN_WORD -> new PollOutcome.Unrecognized("pondering");
      case SILENCE ->
          new PollOutcome.Unanswered(
              "504", faultPercent > 0 && random.nextBoolean() ? someWait() : Optional.empty());
    };
  }

  @Override
  public int askedAtOnceMax(Job job) {
    return atOnceMax.getOrDefault(job.attempt().channel(), 1);
  }

  /** Of some it says nothing, and sometimes of all. */
  @Override
  public List<PollOutcome> pollAll(List<Asked> asked) {
    if (onPoll.next() == OnPoll.SILENCE) {
      polls++;
      return asked.stream()
          .<PollOutcome>map(_ -> new PollOutcome.Unanswered("504", Optional.empty()))
          .toList();
    }
    return asked.stream().map(one -> poll(one.task(), one.job())).toList();
  }

  private Optional<Duration> someWait() {
    return Optional.of(Duration.ofSeconds(random.nextInt(-1, LONGEST_SECONDS)));
  }

  private PollOutcome answer(Job asked) {
    var job = jobs.get(List.of(asked.attempt().channel(), asked.upstreamId()));
    if (job == null) {
      return new PollOutcome.Failed(Failure.of(ErrorCode.UPSTREAM_EXPIRED));
    }
    if (job.canceled) {
      return new PollOutcome.Canceled();
    }
    if (!hasEnded(job)) {
      var since = Duration.between(job.madeAt, clock.instant());
      var percent = since.multipliedBy(PERCENT).dividedBy(job.takes.plusSeconds(1));
      return new PollOutcome.Pending(OptionalInt.of(Math.clamp(percent, 0, PERCENT)));
    }
    return job.verdict == Verdict.SUCCEED
        ? new PollOutcome.Succeeded(VideoResult.of(result()))
        : new PollOutcome.Failed(Failure.of(ErrorCode.UPSTREAM_FAILED));
  }

  private boolean hasEnded(MadeJob job) {
    return job.verdict != Verdict.NEVER && !clock.instant().isBefore(job.madeAt.plus(job.takes));
  }

  @Override
  public CancelOutcome cancel(Task task, Job job) {
    if (!abilities(job.attempt().channel()).cancel()) {
      return new CancelOutcome.NotSupported("it has no such call");
    }
    var how = onCancel.next();
    var made = jobs.get(List.of(job.attempt().channel(), job.upstreamId()));
    if (made != null && how != OnCancel.LOSE && !hasEnded(made)) {
      made.canceled = true;
    }
    return how == OnCancel.HEAR
        ? new CancelOutcome.Asked()
        : new CancelOutcome.Unanswered("read timed out");
  }

  /** From now on files are elsewhere, and every address told before leads nowhere. */
  public void moveResults() {
    moves++;
  }

  private URI result() {
    return URI.create(RESULTS + moves + "/v.mp4");
  }

  @Override
  public FetchOutcome fetch(Task task, Job job, VideoResult result) {
    var shape = task.request().shape();
    if (!result.video().equals(result())) {
      return new FetchOutcome.Unanswered("connection refused");
    }
    return switch (onFetch.next()) {
      case STORE -> new FetchOutcome.Stored(TaskSamples.output(task.id()), shape.usage());
      case STORE_A_SHORTER_ONE -> {
        var half = shape.usage().millis() / 2;
        yield new FetchOutcome.Stored(
            TaskSamples.output(task.id()), Usage.of(half, shape.resolution(), shape.audio()));
      }
      case NO_VIDEO -> new FetchOutcome.Refused(Failure.of(ErrorCode.RESULT_NOT_PLAYABLE));
      case STORAGE_FULL -> new FetchOutcome.Unanswered("the storage is full");
    };
  }

  @Override
  public Abilities abilities(ChannelId channel) {
    return channels.getOrDefault(channel, Abilities.NONE);
  }
}
