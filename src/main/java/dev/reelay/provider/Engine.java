package dev.reelay.provider;

import dev.reelay.limit.Tempo;
import dev.reelay.routing.ChannelId;
import dev.reelay.routing.Need;
import dev.reelay.task.Attempt;
import dev.reelay.task.Callback;
import dev.reelay.task.CallbackAddresses;
import dev.reelay.task.CancelOutcome;
import dev.reelay.task.Clip;
import dev.reelay.task.ErrorCode;
import dev.reelay.task.Failure;
import dev.reelay.task.FetchOutcome;
import dev.reelay.task.FindOutcome;
import dev.reelay.task.Job;
import dev.reelay.task.JobSearch;
import dev.reelay.task.ListOutcome;
import dev.reelay.task.PictureForm;
import dev.reelay.task.PollOutcome;
import dev.reelay.task.Provenance;
import dev.reelay.task.SubmitOutcome;
import dev.reelay.task.SubmitTask;
import dev.reelay.task.Task;
import dev.reelay.task.TaskState;
import dev.reelay.task.Upstream;
import dev.reelay.task.VideoRequest;
import dev.reelay.task.VideoResult;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
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
  private final PictureLoader pictures;
  private final Inputs inputs;
  private final Outbound outbound;
  private final ResultFetcher fetcher;
  private final CallbackAddresses callbacks;
  private final UnknownWords words;
  private final Polls polls;
  private final HealthSigns signs;
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
    this.pictures = new PictureLoader(wiring.inputs(), SUBMIT_PATIENCE);
    this.inputs = wiring.inputs();
    this.callbacks = wiring.callbacks();
    this.outbound = outbound;
    this.fetcher = fetcher;
    this.words = new UnknownWords(clock);
    this.signs = new HealthSigns(wiring.budgets().health());
    this.checks = new CallbackChecks(lines, new KeyShelf(outbound, clock));
    this.logins = new Logins(outbound, clock);
    this.polls =
        new Polls(lines, outbound, logins, words, signs, new LostJobs(clock, lostConfirmedAfter));
  }

  @Override
  public SubmitOutcome submit(Task task, Attempt attempt) {
    var callback = callbacks.of(task.id(), attempt.number());
    if (task.state() instanceof TaskState.InDoubt) {
      // That we are not let in now says nothing of a job that an earlier call may have made.
      var shut = shut(attempt);
      if (shut.isPresent()) {
        return new SubmitOutcome.NotSent(shut.get().why());
      }
    }
    return lines.to(attempt) instanceof Lines.Line.Open
            && abilities(attempt.channel()).pictures() == PictureForm.BYTES
        ? withBytes(task, attempt, callback)
        : submit(task.request(), attempt, callback);
  }

  /**
   * Nothing is sent before the pictures are here, so that what goes wrong with them says nothing of
   * the channel.
   */
  private SubmitOutcome withBytes(Task task, Attempt attempt, Optional<URI> callback) {
    var until = task.accepted().deadlines().finishBy().plus(SubmitTask.PICTURES_KEPT_LONGER);
    return switch (inputs.elsewhere().fetch(task.id(), task.request().images(), until)) {
      case WebPictures.Fetched.Missing(String why) -> new SubmitOutcome.NotSent(why);
      // That a picture cannot be had again says nothing of a job that an earlier call may have
      // made.
      case WebPictures.Fetched.Never(Failure failure) ->
          task.state() instanceof TaskState.InDoubt
              ? new SubmitOutcome.NotSent(failure.message())
              : new SubmitOutcome.Rejected(failure, false);
      case WebPictures.Fetched.Here(var here) ->
          submit(task.request().withImages(here), attempt, callback);
    };
  }

  SubmitOutcome submit(VideoRequest request, Attempt attempt) {
    return submit(request, attempt, Optional.empty());
  }

  /**
   * @param callback offered where the adapter declares callbacks
   */
  SubmitOutcome submit(VideoRequest request, Attempt attempt, Optional<URI> callback) {
    return switch (lines.to(attempt)) {
      case Lines.Line.Gone(String why) -> new SubmitOutcome.NotSent(why);
      case Lines.Line.Open line -> submit(line, request, attempt, callback);
    };
  }

  private SubmitOutcome submit(
      Lines.Line.Open line, VideoRequest request, Attempt attempt, Optional<URI> callback) {
    var abilities = abilities(attempt.channel());
    if (request.extras().parent().isPresent() && !abilities.remix()) {
      // Nothing is sent, so nothing is known of an earlier call of the same attempt.
      return new SubmitOutcome.NotSent("this channel can no longer remix");
    }
    var clips = clips(request);
    if (clips.isEmpty()) {
      return new SubmitOutcome.NotSent("this relay has no public address for a kept clip");
    }
    var free = line.budget().calls().take(SUBMIT_PATIENCE);
    if (free.isEmpty()) {
      return new SubmitOutcome.NotSent("too many calls are under way on this credential");
    }
    try (var _ = free.get()) {
      return switch (pictures.load(request.images(), abilities.pictures())) {
        case PictureLoader.Loaded.Missing(String why) -> new SubmitOutcome.NotSent(why);
        case PictureLoader.Loaded.Here here -> {
          var offered = callback.filter(_ -> abilities.recovery().callback());
          var submission =
              new Submission(request, here.pictures(), clips.get(), attempt.token(), offered);
          yield submit(line, here, submission, attempt);
        }
      };
    }
  }

  /** Where the clips can be read; empty if one is kept here and nobody can read it from outside. */
  private Optional<List<SentClip>> clips(VideoRequest request) {
    var sent = new ArrayList<SentClip>();
    for (var clip : request.clips()) {
      var url =
          switch (clip) {
            case Clip.Web web -> Optional.of(web.url());
            case Clip.Stored stored -> inputs.address(stored.asset(), stored.contentType());
          };
      if (url.isEmpty()) {
        return Optional.empty();
      }
      sent.add(new SentClip(url.get(), clip.kind()));
    }
    return Optional.of(List.copyOf(sent));
  }

  private SubmitOutcome submit(
      Lines.Line.Open line,
      PictureLoader.Loaded.Here here,
      Submission submission,
      Attempt attempt) {
    try (here) {
      var ended =
          logins.ask(
              line,
              open ->
                  new Drive<SubmitOutcome>(outbound, open, creates(open), Engine::unsubmitted)
                      .drive(() -> open.provider().submit(open.context(), submission)),
              Engine::unsubmitted,
              outcome -> outcome instanceof SubmitOutcome.Rejected);
      signs.submitted(attempt, ended.outcome(), ended.unreached());
      return noted(line, ended.outcome());
    }
  }

  /** Why nothing can be sent on an attempt for want of a token, if so. */
  private Optional<Logins.Entry.Shut> shut(Attempt attempt) {
    return lines.to(attempt) instanceof Lines.Line.Open line
            && logins.enter(line) instanceof Logins.Entry.Shut shut
        ? Optional.of(shut)
        : Optional.empty();
  }

  private static SubmitOutcome unsubmitted(Logins.Entry.Shut shut) {
    return switch (shut.reason()) {
      case REFUSED -> Outcomes.rejected(ErrorCode.UPSTREAM_ACCOUNT, shut.why());
      case UNANSWERED, UNDER_WAY -> new SubmitOutcome.NotSent(shut.why());
    };
  }

  /** Whether the provider is there at all is known best by those who just called it. */
  private static SubmitOutcome noted(Lines.Line.Open line, SubmitOutcome outcome) {
    switch (outcome) {
      case SubmitOutcome.Accepted _, SubmitOutcome.Rejected _ -> line.budget().creates().answered();
      case SubmitOutcome.NotSent _, SubmitOutcome.Ambiguous _ ->
          line.budget().creates().unanswered();
    }
    return outcome;
  }

  private static Optional<Tempo> creates(Lines.Line.Open line) {
    return Optional.of(line.budget().creates());
  }

  private static SubmitOutcome unsubmitted(boolean mayExist, String why) {
    return mayExist ? new SubmitOutcome.Ambiguous(why) : new SubmitOutcome.NotSent(why);
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
              open ->
                  new Drive<CancelOutcome>(
                          outbound,
                          open,
                          Optional.empty(),
                          (_, why) -> new CancelOutcome.Unanswered(why))
                      .drive(
                          () ->
                              open.provider()
                                  .cancel(open.context(), job.upstreamId())
                                  .orElseThrow()),
              shut -> new CancelOutcome.Unanswered(shut.why()),
              _ -> true)
          .outcome();
    }
  }

  @Override
  public FindOutcome find(Attempt attempt) {
    return switch (lines.to(attempt)) {
      case Lines.Line.Gone(String why) -> new FindOutcome.Unanswered(why, Optional.empty());
      case Lines.Line.Open line -> new Search(outbound, logins, line).find(attempt.token());
    };
  }

  @Override
  public ListOutcome list(Attempt attempt, Instant since) {
    return switch (lines.to(attempt)) {
      case Lines.Line.Gone(String why) -> new ListOutcome.Unanswered(why, Optional.empty());
      case Lines.Line.Open line -> new Search(outbound, logins, line).list(since);
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
