package dev.reelay.provider.vidu;

import dev.reelay.provider.Call;
import dev.reelay.provider.CallbackSigning;
import dev.reelay.provider.Card;
import dev.reelay.provider.Context;
import dev.reelay.provider.Json;
import dev.reelay.provider.Operation;
import dev.reelay.provider.Provider;
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

/**
 * Vidu. It echoes what a create carries as {@code payload}, but nobody can ask by it, and there is
 * no list: only its callback tells of a lost job.
 */
public final class ViduProvider implements Provider {
  public static final String NAME = "vidu";
  static final String OFF_PEAK = "off_peak";
  private static final String VERSION = "/ent/v2";
  private static final Duration POLL_FLOOR = Duration.ofSeconds(5);
  private static final Duration POLL_CEILING = Duration.ofSeconds(30);

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Card card() {
    return ViduCard.CARD;
  }

  @Override
  public Upstream.Abilities abilities(Map<String, String> settings) {
    return new Upstream.Abilities(Recovery.NONE.withCallback(), true, POLL_FLOOR, POLL_CEILING);
  }

  @Override
  public Operation<SubmitOutcome> submit(Context context, Submission submission) {
    return new ViduSubmit(context, submission);
  }

  @Override
  public Operation<PollOutcome> poll(Context context, String upstreamId) {
    return new ViduPoll(context, upstreamId);
  }

  @Override
  public Optional<Operation<CancelOutcome>> cancel(Context context, String upstreamId) {
    return Optional.of(new ViduCancel(context, upstreamId));
  }

  @Override
  public CallbackSigning signing() {
    return new ViduSigning();
  }

  /** What a query shows; only the id is read. */
  @Override
  public Optional<String> named(Callback callback) {
    return Json.object(callback.body()).flatMap(tree -> Json.text(tree, "/id", "/task_id"));
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

  /**
   * A call; operators write base URLs with and without the version.
   *
   * @param path behind the version
   */
  static Call call(String method, Context context, String path, Call.Body body) {
    var version = context.baseUrl().toString().endsWith(VERSION) ? "" : VERSION;
    return new Call(
            method, context.at(version + path), List.of(), List.of(credential(context)), body)
        .with("Accept", "application/json");
  }

  private static Call.SecretHeader credential(Context context) {
    return new Call.SecretHeader("Authorization", "Token ", context.credential());
  }

  static Call.Body json(String text) {
    return new Call.Body.Text("application/json", text);
  }
}
