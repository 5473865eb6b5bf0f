package dev.reelay.provider.fal;

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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** fal's queue: no token, no look-up; only its webhook tells of a job whose answer got lost. */
public final class FalProvider implements Provider {
  public static final String NAME = "fal";
  private static final Duration POLL_FLOOR = Duration.ofSeconds(5);
  private static final Duration POLL_CEILING = Duration.ofSeconds(30);

  /** Apps below these stand one level deeper, as its client knows. */
  private static final Set<String> NAMESPACES = Set.of("workflows", "comfy");

  private static final int APP_PARTS = 2;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Card card() {
    return FalCard.CARD;
  }

  @Override
  public Upstream.Abilities abilities(Map<String, String> settings) {
    return new Upstream.Abilities(Recovery.NONE.withCallback(), true, POLL_FLOOR, POLL_CEILING);
  }

  @Override
  public Operation<SubmitOutcome> submit(Context context, Submission submission) {
    return new FalSubmit(context, submission);
  }

  @Override
  public Operation<PollOutcome> poll(Context context, String upstreamId) {
    return new FalPoll(context, upstreamId);
  }

  @Override
  public Optional<Operation<CancelOutcome>> cancel(Context context, String upstreamId) {
    return Optional.of(new FalCancel(context, upstreamId));
  }

  @Override
  public CallbackSigning signing() {
    return new FalSigning();
  }

  @Override
  public Optional<String> named(Callback callback) {
    return Json.object(callback.body())
        .flatMap(tree -> Json.text(tree, "/request_id", "/gateway_request_id"));
  }

  @Override
  public Call download(Context context, VideoResult result) {
    return Call.get(result.video());
  }

  @Override
  public Optional<Call> downloadPoster(Context context, VideoResult result) {
    return result.thumbnail().map(Call::get);
  }

  /** It has a scheme of its own. */
  static Call.SecretHeader key(Context context) {
    return new Call.SecretHeader("Authorization", "Key ", context.credential());
  }

  /**
   * A call about one request. It is known by its app alone: what stands behind the app in a model's
   * name, such as {@code /fast}, is in the address of a create only.
   *
   * @param rest what stands behind the id
   */
  static Call about(String method, Context context, String upstreamId, String rest) {
    var path = "/" + app(context) + "/requests/" + Context.segment(upstreamId) + rest;
    return new Call(
            method, context.at(path), List.of(), List.of(key(context)), new Call.Body.None())
        .with("Accept", "application/json");
  }

  private static String app(Context context) {
    var parts = context.upstreamModel().split("/");
    var length = NAMESPACES.contains(parts[0]) ? APP_PARTS + 1 : APP_PARTS;
    return Arrays.stream(parts)
        .limit(length)
        .map(Context::segment)
        .collect(Collectors.joining("/"));
  }

  /** The whole name of a model as a path. */
  static String path(String model) {
    return Arrays.stream(model.split("/"))
        .filter(part -> !part.isEmpty())
        .map(Context::segment)
        .collect(Collectors.joining("/", "/", ""));
  }
}
