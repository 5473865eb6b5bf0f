package dev.reelay.provider.runway;

import dev.reelay.provider.Call;
import dev.reelay.provider.CancelAfterLook;
import dev.reelay.provider.Card;
import dev.reelay.provider.Context;
import dev.reelay.provider.Json;
import dev.reelay.provider.Operation;
import dev.reelay.provider.Provider;
import dev.reelay.provider.Reply;
import dev.reelay.provider.Submission;
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
 * Runway. A task there can be asked for and canceled, and that is all: nothing tells of a create
 * whose answer got lost.
 */
public final class RunwayProvider implements Provider {
  public static final String NAME = "runway";
  private static final String VERSION = "2024-11-06";

  /** Asking more often than each five seconds is not allowed. */
  private static final Duration POLL_FLOOR = Duration.ofSeconds(5);

  private static final Duration POLL_CEILING = Duration.ofSeconds(30);

  private static final CancelAfterLook.Reading CANCEL =
      new CancelAfterLook.Reading(
          RunwayProvider::status, Set.of("PENDING", "THROTTLED", "RUNNING"), RunwayErrors::why);

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
    return RunwayCard.CARD;
  }

  @Override
  public Upstream.Abilities abilities(Map<String, String> settings) {
    return new Upstream.Abilities(Recovery.NONE, true, POLL_FLOOR, POLL_CEILING);
  }

  @Override
  public Operation<SubmitOutcome> submit(Context context, Submission submission) {
    return new RunwaySubmit(context, submission);
  }

  @Override
  public Operation<PollOutcome> poll(Context context, String upstreamId) {
    return new RunwayPoll(context, upstreamId);
  }

  @Override
  public Optional<Operation<CancelOutcome>> cancel(Context context, String upstreamId) {
    return Optional.of(
        new CancelAfterLook(
            aboutTask("GET", context, upstreamId),
            aboutTask("DELETE", context, upstreamId),
            CANCEL));
  }

  /** Signed in itself; asking for the task again renews it. */
  @Override
  public Call download(Context context, VideoResult result) {
    return Call.get(result.video());
  }

  @Override
  public Optional<Call> downloadPoster(Context context, VideoResult result) {
    return Optional.empty();
  }

  /**
   * @param path behind {@code /v1}
   */
  static Call call(String method, Context context, String path, Call.Body body) {
    var uri = context.atVersion1("/v1" + path);
    return new Call(method, uri, List.of(), List.of(context.bearer()), body)
        .with("X-Runway-Version", VERSION)
        .with("Accept", "application/json");
  }

  static Call aboutTask(String method, Context context, String upstreamId) {
    var path = "/tasks/" + Context.segment(upstreamId);
    return call(method, context, path, new Call.Body.None());
  }
}
