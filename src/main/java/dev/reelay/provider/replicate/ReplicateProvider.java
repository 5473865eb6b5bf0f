package dev.reelay.provider.replicate;

import dev.reelay.provider.Call;
import dev.reelay.provider.CallbackSigning;
import dev.reelay.provider.Card;
import dev.reelay.provider.Context;
import dev.reelay.provider.Json;
import dev.reelay.provider.Operation;
import dev.reelay.provider.Page;
import dev.reelay.provider.Provider;
import dev.reelay.provider.StandardWebhooks;
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

/** Replicate: no token, no look-up; its webhook and the account's list tell of a lost job. */
public final class ReplicateProvider implements Provider {
  public static final String NAME = "replicate";
  static final String LIST = "list";

  /** Nobody publishes one; a minute is long for a list of one's own jobs. */
  private static final Duration LIST_LAG = Duration.ofMinutes(1);

  /** No doubt lasts longer, so it need not reach back further. */
  private static final Duration LIST_WINDOW = Recovery.DOUBT_MAX.plusHours(1);

  private static final Duration POLL_FLOOR = Duration.ofSeconds(5);
  private static final Duration POLL_CEILING = Duration.ofSeconds(30);

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Card card() {
    return ReplicateCard.CARD;
  }

  /** The list shows no prompt for sure: inputs vanish after an hour. */
  @Override
  public Upstream.Abilities abilities(Map<String, String> settings) {
    var shows = new Recovery.Shows(true, false, "complete".equals(settings.get(LIST)));
    var list = new Recovery.JobList(LIST_LAG, LIST_WINDOW, shows);
    return new Upstream.Abilities(
        Recovery.NONE.withCallback().withList(list), true, POLL_FLOOR, POLL_CEILING);
  }

  @Override
  public Operation<SubmitOutcome> submit(Context context, Submission submission) {
    return new ReplicateSubmit(context, submission);
  }

  @Override
  public Operation<PollOutcome> poll(Context context, String upstreamId) {
    return new ReplicatePoll(context, upstreamId);
  }

  @Override
  public Optional<Operation<CancelOutcome>> cancel(Context context, String upstreamId) {
    return Optional.of(new ReplicateCancel(context, upstreamId));
  }

  @Override
  public Optional<Operation<Page>> list(Context context, Optional<String> after) {
    return Optional.of(new ReplicateList(context, after));
  }

  @Override
  public CallbackSigning signing() {
    return new StandardWebhooks();
  }

  /** The prediction itself. */
  @Override
  public Optional<String> named(Callback callback) {
    return Json.object(callback.body()).flatMap(tree -> Json.text(tree, "/id"));
  }

  /** The key goes along to the channel's own origin only; results usually are elsewhere. */
  @Override
  public Call download(Context context, VideoResult result) {
    return Call.get(result.video(), context.bearer());
  }

  @Override
  public Optional<Call> downloadPoster(Context context, VideoResult result) {
    return Optional.empty();
  }

  /**
   * @param rest what stands behind {@code /v1/predictions}
   */
  static Call about(String method, Context context, String rest) {
    return new Call(
            method,
            context.atVersion1("/v1/predictions" + rest),
            List.of(),
            List.of(context.bearer()),
            new Call.Body.None())
        .with("Accept", "application/json");
  }
}
