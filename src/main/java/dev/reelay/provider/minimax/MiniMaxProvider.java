package dev.reelay.provider.minimax;

import dev.reelay.provider.Call;
import dev.reelay.provider.CancelAfterLook;
import dev.reelay.provider.Card;
import dev.reelay.provider.Context;
import dev.reelay.provider.Decided;
import dev.reelay.provider.Json;
import dev.reelay.provider.Operation;
import dev.reelay.provider.Page;
import dev.reelay.provider.Provider;
import dev.reelay.provider.Reply;
import dev.reelay.provider.Submission;
import dev.reelay.task.Callback;
import dev.reelay.task.CancelOutcome;
import dev.reelay.task.PollOutcome;
import dev.reelay.task.Recovery;
import dev.reelay.task.SubmitOutcome;
import dev.reelay.task.Upstream;
import dev.reelay.task.VideoResult;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** MiniMax. The model decides the version; only the second one can list and cancel. */
public final class MiniMaxProvider implements Provider {
  public static final String NAME = "minimax";
  static final int CHALLENGE_CHARS_MAX = 1_000;
  private static final String SECOND = "minimax-h3";

  /** Nobody publishes one; a minute is long for a list of one's own jobs. */
  private static final Duration LIST_LAG = Duration.ofMinutes(1);

  /** They keep seven days; no doubt lasts longer than this. */
  private static final Duration LIST_WINDOW = Recovery.DOUBT_MAX.plusHours(1);

  /** As they advise. */
  private static final Duration POLL_FLOOR = Duration.ofSeconds(10);

  private static final Duration POLL_CEILING = Duration.ofSeconds(30);

  /** In what is sent to a callback address, in either version. */
  private static final String[] NAMED = {"/task_id", "/task/id", "/id", "/data/task_id"};

  /** One that works is not stopped. */
  private static final CancelAfterLook.Reading CANCEL =
      new CancelAfterLook.Reading(MiniMaxProvider::status, Set.of("queued"), MiniMaxErrors::why);

  private static Optional<String> status(Reply reply) {
    return Json.object(reply.body())
        .filter(tree -> MiniMaxErrors.isDone(reply, tree))
        .flatMap(tree -> Json.text(tree, "/task/status"));
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Card card() {
    return MiniMaxCard.CARD;
  }

  @Override
  public Upstream.Abilities abilities(Map<String, String> settings) {
    var shows = new Recovery.Shows(true, false, false);
    var list = new Recovery.JobList(LIST_LAG, LIST_WINDOW, shows);
    var recovery = Recovery.NONE.withCallback().withList(list);
    return new Upstream.Abilities(recovery, true, POLL_FLOOR, POLL_CEILING);
  }

  static boolean isSecond(Context context) {
    return context.upstreamModel().toLowerCase(Locale.ROOT).startsWith(SECOND);
  }

  @Override
  public Operation<SubmitOutcome> submit(Context context, Submission submission) {
    return new MiniMaxSubmit(context, submission);
  }

  @Override
  public Operation<PollOutcome> poll(Context context, String upstreamId) {
    return isSecond(context)
        ? new MiniMaxPoll(context, upstreamId)
        : new HailuoPoll(context, upstreamId);
  }

  @Override
  public Optional<Operation<CancelOutcome>> cancel(Context context, String upstreamId) {
    return isSecond(context)
        ? Optional.of(
            new CancelAfterLook(look(context, upstreamId), delete(context, upstreamId), CANCEL))
        : Optional.empty();
  }

  @Override
  public Optional<Operation<Page>> list(Context context, Optional<String> after) {
    return Optional.of(
        isSecond(context)
            ? new MiniMaxList(context, after)
            : new Decided<>(
                new Page.Unanswered("the first version has no list", Optional.empty())));
  }

  @Override
  public Optional<String> named(Callback callback) {
    return Json.object(callback.body()).flatMap(tree -> Json.text(tree, NAMED));
  }

  /** Before they use an address they ask it to repeat a text, within three seconds. */
  @Override
  public Optional<String> answer(Callback callback) {
    return Json.object(callback.body())
        .filter(tree -> tree.at("/challenge").isString())
        .map(tree -> tree.at("/challenge").asString())
        .filter(challenge -> challenge.length() <= CHALLENGE_CHARS_MAX)
        .map(challenge -> Json.write(Json.body().put("challenge", challenge)));
  }

  /** Lies elsewhere and needs no key. */
  @Override
  public Call download(Context context, VideoResult result) {
    return Call.get(result.video());
  }

  @Override
  public Optional<Call> downloadPoster(Context context, VideoResult result) {
    return Optional.empty();
  }

  static Call look(Context context, String upstreamId) {
    return about("GET", context, "/v2/query/video_generation/" + Context.segment(upstreamId));
  }

  private static Call delete(Context context, String upstreamId) {
    return about("DELETE", context, "/v2/video_generation/" + Context.segment(upstreamId));
  }

  private static Call about(String method, Context context, String path) {
    var secrets = List.of(context.bearer());
    return new Call(method, context.atVersion1(path), List.of(), secrets, new Call.Body.None())
        .with("Accept", "application/json");
  }
}
