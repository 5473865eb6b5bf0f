package dev.reelay.testkit;

import dev.reelay.provider.Call;
import dev.reelay.provider.Card;
import dev.reelay.provider.Context;
import dev.reelay.provider.Json;
import dev.reelay.provider.Operation;
import dev.reelay.provider.Page;
import dev.reelay.provider.Provider;
import dev.reelay.provider.RelayLists;
import dev.reelay.provider.Reply;
import dev.reelay.provider.Step;
import dev.reelay.provider.Submission;
import dev.reelay.task.Callback;
import dev.reelay.task.CancelOutcome;
import dev.reelay.task.ErrorCode;
import dev.reelay.task.Failure;
import dev.reelay.task.FindOutcome;
import dev.reelay.task.PollOutcome;
import dev.reelay.task.Recovery;
import dev.reelay.task.SubmitOutcome;
import dev.reelay.task.Upstream;
import dev.reelay.task.VideoResult;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The adapter for {@link CrashUpstream}; the setting {@code kind} says what that one can do. */
public final class CrashProvider implements Provider {
  public static final String NAME = "crash";
  private static final Duration LAG = CrashUpstream.LAG.plusSeconds(10);

  /** The kinds of providers that there are. */
  public enum Kind {
    TOKEN,
    REFERENCE,
    LIST,
    CALLBACK,
    NOTHING;

    private Recovery recovery() {
      var shows = new Recovery.Shows(true, true, true);
      return switch (this) {
        case TOKEN -> Recovery.NONE.withToken(Duration.ofHours(1));
        case REFERENCE -> Recovery.NONE.withReference(LAG);
        case LIST -> Recovery.NONE.withList(new Recovery.JobList(LAG, Duration.ofHours(9), shows));
        case CALLBACK -> Recovery.NONE.withCallback();
        case NOTHING -> Recovery.NONE;
      };
    }
  }

  private static Kind kind(Map<String, String> settings) {
    return Kind.valueOf(settings.getOrDefault("kind", "NOTHING").toUpperCase(Locale.ROOT));
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Card card() {
    return Card.of("an upstream that crashes are walked over", "any");
  }

  @Override
  public Upstream.Abilities abilities(Map<String, String> settings) {
    return new Upstream.Abilities(
        kind(settings).recovery(), false, Duration.ofSeconds(2), Duration.ofSeconds(5));
  }

  private record OneCall<O>(Call call, boolean creates, Function<Reply, O> reading)
      implements Operation<O> {
    @Override
    public Step<O> begin() {
      return new Step.Send<>(call, new Step.NoState(), creates);
    }

    @Override
    public Step<O> next(Step.State state, Reply reply) {
      return new Step.Done<>(reading.apply(reply));
    }
  }

  @Override
  public Operation<SubmitOutcome> submit(Context context, Submission submission) {
    var body = Json.body();
    body.put("model", context.upstreamModel());
    body.put("prompt", submission.request().prompt());
    body.put("token", submission.token());
    body.put("honours", kind(context.settings()) == Kind.TOKEN);
    submission.callback().ifPresent(uri -> body.put("callback", uri.toString()));
    var call = Call.postJson(context.at("/jobs"), context.bearer(), Json.write(body));
    return new OneCall<>(call, true, CrashProvider::submitted);
  }

  private static SubmitOutcome submitted(Reply reply) {
    return Json.object(reply.body())
        .flatMap(tree -> Json.text(tree, "/id"))
        .<SubmitOutcome>map(SubmitOutcome.Accepted::new)
        .orElseGet(() -> new SubmitOutcome.Ambiguous("HTTP " + reply.status()));
  }

  @Override
  public Operation<PollOutcome> poll(Context context, String upstreamId) {
    var call = Call.get(context.at("/jobs/" + upstreamId), context.bearer());
    return new OneCall<>(call, false, CrashProvider::polled);
  }

  private static PollOutcome polled(Reply reply) {
    return reply.body().contains("done")
        ? new PollOutcome.Succeeded(VideoResult.of(URI.create("https://cdn.example/v.mp4")))
        : new PollOutcome.Failed(Failure.of(ErrorCode.UPSTREAM_EXPIRED));
  }

  @Override
  public Optional<Operation<FindOutcome>> find(Context context, String reference) {
    var call = Call.get(context.at("/jobs?reference=" + reference), context.bearer());
    return Optional.of(new OneCall<>(call, false, CrashProvider::found));
  }

  private static FindOutcome found(Reply reply) {
    if (!reply.isSuccess()) {
      return new FindOutcome.Unanswered("HTTP " + reply.status(), Optional.empty());
    }
    return Json.object(reply.body())
        .flatMap(tree -> Json.text(tree, "/data/0/id"))
        .<FindOutcome>map(FindOutcome.Found::new)
        .orElseGet(FindOutcome.Absent::new);
  }

  @Override
  public Optional<Operation<Page>> list(Context context, Optional<String> after) {
    var call = Call.get(context.at("/jobs?account=" + context.upstreamModel()), context.bearer());
    return Optional.of(new OneCall<>(call, false, reply -> RelayLists.page(reply, context.now())));
  }

  @Override
  public Optional<String> named(Callback callback) {
    return Optional.of(callback.body());
  }

  @Override
  public Optional<Operation<CancelOutcome>> cancel(Context context, String upstreamId) {
    return Optional.empty();
  }

  @Override
  public Call download(Context context, VideoResult result) {
    return Call.get(result.video(), context.bearer());
  }

  @Override
  public Optional<Call> downloadPoster(Context context, VideoResult result) {
    return Optional.empty();
  }
}
