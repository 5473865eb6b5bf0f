package dev.reelay.provider;

import dev.reelay.routing.ChannelId;
import dev.reelay.routing.Need;
import dev.reelay.task.Attempt;
import dev.reelay.task.Callback;
import dev.reelay.task.CancelOutcome;
import dev.reelay.task.FetchOutcome;
import dev.reelay.task.FindOutcome;
import dev.reelay.task.Job;
import dev.reelay.task.JobSearch;
import dev.reelay.task.ListOutcome;
import dev.reelay.task.PictureForm;
import dev.reelay.task.PollOutcome;
import dev.reelay.task.Provenance;
import dev.reelay.task.SubmitOutcome;
import dev.reelay.task.Task;
import dev.reelay.task.Upstream;
import dev.reelay.task.VideoRequest;
import dev.reelay.task.VideoResult;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drives the adapters: finds channel and credential, keeps to their calls at once, makes the calls,
 * and turns what the network does into outcomes. Nothing here is shared between two credentials.
 * How many calls a minute may be made is kept to by whoever asks for them; where a provider says
 * that it is too many, that is noted here.
 */
public final class Engine implements Upstream, JobSearch {
  /** How long a submit waits for a place among its credential's calls, and for its pictures. */
  static final Duration SUBMIT_PATIENCE = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

  private final Lines lines;
  private final Inputs inputs;
  private final ResultFetcher fetcher;
  private final UnknownWords words;
  private final Creates creates;
  private final Polls polls;
  private final CallbackChecks checks;
  private final Logins logins;

  public Engine(Wiring wiring, Outbound outbound, ResultFetcher fetcher, InstantSource clock) {
    this(wiring, outbound, fetcher, clock, LostJobs.CONFIRMED_AFTER);
  }

  Engine(
      Wiring wiring,
      Outbound outbound,
      ResultFetcher fetcher,
      InstantSource clock,
      Duration lostConfirmedAfter) {
    this.lines = new Lines(wiring, clock);
    this.inputs = wiring.inputs();
    this.fetcher = fetcher;
    this.words = new UnknownWords(clock);
    this.checks = new CallbackChecks(lines, new KeyShelf(outbound, clock));
    this.logins = new Logins(outbound, clock);
    var signs = new HealthSigns(wiring.budgets().health());
    this.creates = new Creates(wiring, lines, logins, signs);
    this.polls = new Polls(lines, logins, words, signs, new LostJobs(clock, lostConfirmedAfter));
  }

  @Override
  public SubmitOutcome submit(Task task, Attempt attempt) {
    return creates.submit(task, attempt);
  }

  SubmitOutcome submit(VideoRequest request, Attempt attempt) {
    return submit(request, attempt, Optional.empty());
  }

  /**
   * @param callback offered where the adapter declares callbacks
   */
  SubmitOutcome submit(VideoRequest request, Attempt attempt, Optional<URI> callback) {
    return creates.submit(new Creates.Order(request, attempt, callback, /* again= */ false));
  }

  @Override
  public PollOutcome poll(Task task, Job job) {
    return poll(job);
  }

  PollOutcome poll(Job job) {
    return polls.poll(job);
  }

  @Override
  public int askedAtOnceMax(Job job) {
    return lines
        .wired(job.attempt().channel())
        .map(wired -> wired.provider().askedAtOnceMax(job.upstreamId()))
        .orElse(1);
  }

  @Override
  public List<PollOutcome> pollAll(List<Asked> asked) {
    return pollAll(asked.stream().map(Asked::job));
  }

  List<PollOutcome> pollAll(Stream<Job> jobs) {
    return polls.pollAll(jobs.toList());
  }

  @Override
  public CancelOutcome cancel(Task task, Job job) {
    return cancel(job);
  }

  CancelOutcome cancel(Job job) {
    return switch (lines.to(job.attempt())) {
      case Lines.Line.Gone(String why) -> new CancelOutcome.Unanswered(why);
      case Lines.Line.Open line -> cancel(line, job);
    };
  }

  private CancelOutcome cancel(Lines.Line.Open line, Job job) {
    try {
      return line.provider().cancel(line.context(), job.upstreamId()).isEmpty()
          ? new CancelOutcome.NotSupported("this provider cannot cancel")
          : cancelAsked(line, job);
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).addKeyValue("job", job.upstreamId()).log("a cancel was not asked");
      return new CancelOutcome.Unanswered("asking failed: " + e.getClass().getSimpleName());
    }
  }

  private CancelOutcome cancelAsked(Lines.Line.Open line, Job job) {
    var free = line.budget().calls().take(SUBMIT_PATIENCE);
    if (free.isEmpty()) {
      return new CancelOutcome.Unanswered("too many calls are under way");
    }
    try (var _ = free.get()) {
      return logins
          .ask(
              line,
              Question.<CancelOutcome>harmless(
                  Optional.empty(),
                  open -> open.provider().cancel(open.context(), job.upstreamId()).orElseThrow(),
                  (why, _) -> new CancelOutcome.Unanswered(why)))
          .outcome();
    }
  }

  @Override
  public FindOutcome find(Attempt attempt) {
    return switch (lines.to(attempt)) {
      case Lines.Line.Gone(String why) -> new FindOutcome.Unanswered(why, Optional.empty());
      case Lines.Line.Open line -> new Search(logins, line).find(attempt.token());
    };
  }

  @Override
  public ListOutcome list(Attempt attempt, Instant since) {
    return switch (lines.to(attempt)) {
      case Lines.Line.Gone(String why) -> new ListOutcome.Unanswered(why, Optional.empty());
      case Lines.Line.Open line -> new Search(logins, line).list(since);
    };
  }

  /** Callbacks are text of strangers: an adapter that stumbles over one has found no id in it. */
  @Override
  public Optional<String> named(ChannelId channel, Callback callback) {
    try {
      return lines
          .wired(channel)
          .flatMap(wired -> wired.provider().named(callback, wired.channel().settings()))
          .filter(id -> !id.isBlank() && id.length() <= Job.UPSTREAM_ID_CHARS_MAX);
    } catch (RuntimeException | StackOverflowError e) {
      LOG.atWarn().setCause(e).addKeyValue("channel", channel).log("a callback was not read");
      return Optional.empty();
    }
  }

  @Override
  public Provenance provenance(Attempt attempt, Callback callback) {
    return checks.provenance(attempt, callback);
  }

  @Override
  public Optional<String> answer(Callback callback) {
    try {
      return lines.challenged().flatMap(p -> p.answer(callback).stream()).findFirst();
    } catch (RuntimeException | StackOverflowError e) {
      LOG.atWarn().setCause(e).log("a question about a callback address was not read");
      return Optional.empty();
    }
  }

  @Override
  public FetchOutcome fetch(Task task, Job job, VideoResult result) {
    return switch (lines.to(job.attempt())) {
      case Lines.Line.Gone(String why) -> new FetchOutcome.Unanswered(why);
      case Lines.Line.Open line -> fetch(line, task, result);
    };
  }

  private FetchOutcome fetch(Lines.Line.Open line, Task task, VideoResult result) {
    var free = line.budget().downloads().take();
    if (free.isEmpty()) {
      return new FetchOutcome.Unanswered("too many downloads are under way");
    }
    try (var _ = free.get()) {
      return switch (logins.enter(line)) {
        case Logins.Entry.Shut(String why, _, _) -> new FetchOutcome.Unanswered(why);
        case Logins.Entry.Open(var open, _) -> fetched(open, task, result);
      };
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).addKeyValue("task", task.id()).log("a result was not fetched");
      return new FetchOutcome.Unanswered("fetching failed: " + e.getClass().getSimpleName());
    }
  }

  /**
   * A token that is refused here is not dropped: before a video is fetched again its job is asked
   * for, and that renews it.
   */
  private FetchOutcome fetched(Lines.Line.Open line, Task task, VideoResult result) {
    var video = line.provider().download(line.context(), result);
    var poster = line.provider().downloadPoster(line.context(), result);
    return fetcher.fetch(
        new ResultFetcher.Order(task.id(), result, line.origins(), video, poster, line.proxy()));
  }

  @Override
  public Abilities abilities(ChannelId channel) {
    return lines
        .wired(channel)
        .map(wired -> wired.provider().abilities(wired.channel().settings()))
        .orElse(Abilities.NONE);
  }

  @Override
  public Set<Need> lacks(ChannelId channel) {
    return lines.wired(channel).map(this::lacks).orElse(Set.of());
  }

  private Set<Need> lacks(Lines.Wired wired) {
    var lacks = EnumSet.noneOf(Need.class);
    lacks.addAll(lines.lacks(wired.channel()));
    var form = wired.provider().abilities(wired.channel().settings()).pictures();
    if (inputs.published().isEmpty()) {
      lacks.add(Need.CLIP_ADDRESSES);
      if (form == PictureForm.ADDRESS) {
        lacks.add(Need.PICTURE_ADDRESSES);
      }
    }
    return lacks;
  }

  /** How often each unknown status word was seen, as {@code provider:word}. */
  public Map<String, Long> unknownWords() {
    return words.counts();
  }

  /** How many callbacks were refused for their signatures, by provider. */
  public Map<String, Long> forgedCallbacks() {
    return checks.forged();
  }
}
