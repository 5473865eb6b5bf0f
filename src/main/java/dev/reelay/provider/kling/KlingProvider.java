package dev.reelay.provider.kling;

import dev.reelay.provider.Call;
import dev.reelay.provider.CallbackSigning;
import dev.reelay.provider.Card;
import dev.reelay.provider.Context;
import dev.reelay.provider.Operation;
import dev.reelay.provider.Provider;
import dev.reelay.provider.Submission;
import dev.reelay.task.Callback;
import dev.reelay.task.CancelOutcome;
import dev.reelay.task.FindOutcome;
import dev.reelay.task.PictureForm;
import dev.reelay.task.PollOutcome;
import dev.reelay.task.Recovery;
import dev.reelay.task.SubmitOutcome;
import dev.reelay.task.Upstream;
import dev.reelay.task.VideoResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Kling. The attempt's token goes along as {@code external_task_id}, unique in an account, by which
 * a job is found whose answer got lost. Their list is not used: it shows neither model nor prompt,
 * so that it could only add guesses to an exact look-up.
 */
public final class KlingProvider implements Provider {
  public static final String NAME = "kling";
  static final String GENERATION = "generation";
  static final String NEW = "new";
  static final String OLD = "old";

  /** Nobody publishes one; a minute is long for a look-up in the account's own jobs. */
  private static final Duration LAG = Duration.ofMinutes(1);

  static final int ASKED_AT_ONCE_MAX = 20;
  private static final Duration POLL_FLOOR = Duration.ofSeconds(5);
  private static final Duration POLL_CEILING = Duration.ofSeconds(30);

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Card card() {
    return KlingCard.CARD;
  }

  @Override
  public Upstream.Abilities abilities(Map<String, String> settings) {
    var recovery = Recovery.NONE.withReference(LAG).withCallback();
    var abilities = new Upstream.Abilities(recovery, false, POLL_FLOOR, POLL_CEILING);
    return NEW.equals(settings.get(GENERATION))
        ? abilities.withPictures(PictureForm.ADDRESS)
        : abilities;
  }

  /**
   * Their names tell: {@code kling-v2-6} is of the old generation, {@code kling-2.6} of the new.
   */
  static boolean isOld(Context context) {
    var model = context.upstreamModel();
    return switch (context.settings().getOrDefault(GENERATION, "")) {
      case OLD -> true;
      case NEW -> false;
      default -> model.startsWith("kling-v");
    };
  }

  static boolean isOmni(String model) {
    return model.contains("omni") || model.equals("kling-video-o1");
  }

  @Override
  public Operation<SubmitOutcome> submit(Context context, Submission submission) {
    return new KlingSubmit(context, submission).operation();
  }

  @Override
  public Operation<PollOutcome> poll(Context context, String upstreamId) {
    var job = KlingJob.parse(upstreamId);
    var uri = job.address(context);
    return new KlingAsk<>(
        context,
        key -> Call.get(uri, key),
        false,
        reply -> new KlingPoll(context, job).read(reply));
  }

  /** Only the new generation takes several ids. How many is not told; so few are surely taken. */
  @Override
  public int askedAtOnceMax(String upstreamId) {
    return KlingJob.parse(upstreamId).kind().isPresent() ? 1 : ASKED_AT_ONCE_MAX;
  }

  @Override
  public Optional<Operation<Map<String, PollOutcome>>> pollAll(
      Context context, List<String> upstreamIds) {
    var ids = upstreamIds.stream().map(Context::segment).collect(Collectors.joining(","));
    var uri = context.atVersion1("/tasks?task_ids=" + ids);
    return Optional.of(
        new KlingAsk<>(
            context,
            key -> Call.get(uri, key),
            false,
            reply -> KlingPoll.read(context, upstreamIds, reply)));
  }

  @Override
  public Optional<Operation<CancelOutcome>> cancel(Context context, String upstreamId) {
    return Optional.empty();
  }

  @Override
  public Optional<Operation<FindOutcome>> find(Context context, String reference) {
    return Optional.of(
        isOld(context) ? new KlingFind(context, reference) : KlingFind.ofNow(context, reference));
  }

  @Override
  public CallbackSigning signing() {
    return new KlingSigning();
  }

  @Override
  public Optional<String> named(Callback callback) {
    return KlingCallback.named(callback);
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
}
