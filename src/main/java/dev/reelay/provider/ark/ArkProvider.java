package dev.reelay.provider.ark;

import dev.reelay.provider.Call;
import dev.reelay.provider.CancelAfterLook;
import dev.reelay.provider.Card;
import dev.reelay.provider.Context;
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
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Seedance at its maker. There is no token and no look-up; a lost answer is resolved by the
 * callback or by the account's list, which shows the model and the second of creation, but no
 * prompt.
 */
public final class ArkProvider implements Provider {
  public static final String NAME = "ark";
  static final String LIST = "list";
  private static final String VERSION = "/api/v3";
  private static final String TASKS = "/contents/generations/tasks";

  /** Nobody publishes one; a minute is long for a list of one's own jobs. */
  private static final Duration LIST_LAG = Duration.ofMinutes(1);

  private static final Duration LIST_WINDOW = Duration.ofDays(7);

  /** They allow pages of 500; so many ids still fit into an address. */
  static final int ASKED_AT_ONCE_MAX = 50;

  private static final Duration POLL_FLOOR = Duration.ofSeconds(5);
  private static final Duration POLL_CEILING = Duration.ofSeconds(30);

  /** One that works is not stopped. */
  private static final CancelAfterLook.Reading CANCEL =
      new CancelAfterLook.Reading(ArkProvider::status, Set.of("queued"), ArkErrors::why);

  private static Optional<String> status(Reply reply) {
    return Json.object(reply.body())
        .filter(_ -> reply.isSuccess())
        .flatMap(tree -> Json.text(tree, "/status"));
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Card card() {
    return ArkCard.CARD;
  }

  @Override
  public Upstream.Abilities abilities(Map<String, String> settings) {
    var shows = new Recovery.Shows(true, false, "complete".equals(settings.get(LIST)));
    var list = new Recovery.JobList(LIST_LAG, LIST_WINDOW, shows);
    return new Upstream.Abilities(
        Recovery.NONE.withCallback().withList(list), true, POLL_FLOOR, POLL_CEILING);
  }

  @Override
  public Operation<SubmitOutcome> submit(Context context, Submission submission) {
    return new ArkSubmit(context, submission);
  }

  @Override
  public Operation<PollOutcome> poll(Context context, String upstreamId) {
    return new ArkPoll(context, upstreamId);
  }

  @Override
  public int askedAtOnceMax(String upstreamId) {
    return ASKED_AT_ONCE_MAX;
  }

  @Override
  public Optional<Operation<Map<String, PollOutcome>>> pollAll(
      Context context, List<String> upstreamIds) {
    return Optional.of(new ArkPollAll(context, upstreamIds));
  }

  @Override
  public Optional<Operation<CancelOutcome>> cancel(Context context, String upstreamId) {
    return Optional.of(
        new CancelAfterLook(
            aboutJob("GET", context, upstreamId), aboutJob("DELETE", context, upstreamId), CANCEL));
  }

  @Override
  public Optional<Operation<Page>> list(Context context, Optional<String> after) {
    return Optional.of(new ArkList(context, after));
  }

  /** The same object as a query gives; no signature is documented, so only the id is taken. */
  @Override
  public Optional<String> named(Callback callback) {
    return Json.object(callback.body()).flatMap(tree -> Json.text(tree, "/id"));
  }

  /** Signed in itself and on another host. */
  @Override
  public Call download(Context context, VideoResult result) {
    return Call.get(result.video());
  }

  @Override
  public Optional<Call> downloadPoster(Context context, VideoResult result) {
    return result.thumbnail().map(Call::get);
  }

  /** A call about tasks; operators write base URLs with and without the version. */
  static Call about(String method, Context context, String rest) {
    var base = context.baseUrl().toString().endsWith(VERSION) ? "" : VERSION;
    return new Call(
            method,
            context.at(base + TASKS + rest),
            List.of(),
            List.of(context.bearer()),
            new Call.Body.None())
        .with("Accept", "application/json");
  }

  static Call aboutJob(String method, Context context, String upstreamId) {
    return about(method, context, "/" + Context.segment(upstreamId));
  }
}
