package dev.reelay.provider.unified;

import dev.reelay.provider.Call;
import dev.reelay.provider.Context;
import dev.reelay.provider.Operation;
import dev.reelay.provider.Provider;
import dev.reelay.provider.Submission;
import dev.reelay.task.CancelOutcome;
import dev.reelay.task.PollOutcome;
import dev.reelay.task.SubmitOutcome;
import dev.reelay.task.Upstream;
import dev.reelay.task.VideoResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Another relay. Setting {@value #IDEMPOTENCY_KEY}: {@code true} when that relay honours the {@code
 * Idempotency-Key} header (Reelay does); most do not, and then an answer that got lost stays in
 * doubt. The format has no cancel.
 */
public final class UnifiedProvider implements Provider {
  public static final String NAME = "unified";
  public static final String IDEMPOTENCY_KEY = "idempotency_key";

  /** Reelay keeps a key for 72 hours; a day leaves room for clocks and for others. */
  private static final Duration TOKEN_LIFE = Duration.ofHours(24);

  private static final Duration POLL_FLOOR = Duration.ofSeconds(5);
  private static final Duration POLL_CEILING = Duration.ofSeconds(30);

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Upstream.Abilities abilities(Map<String, String> settings) {
    return new Upstream.Abilities(
        honoursTokens(settings), TOKEN_LIFE, false, POLL_FLOOR, POLL_CEILING);
  }

  static boolean honoursTokens(Map<String, String> settings) {
    return Boolean.parseBoolean(settings.get(IDEMPOTENCY_KEY));
  }

  @Override
  public Operation<SubmitOutcome> submit(Context context, Submission submission) {
    return new UnifiedSubmit(context, submission);
  }

  @Override
  public Operation<PollOutcome> poll(Context context, String upstreamId) {
    return new UnifiedPoll(context, upstreamId);
  }

  @Override
  public Optional<Operation<CancelOutcome>> cancel(Context context, String upstreamId) {
    return Optional.empty();
  }

  /** Signed in itself where it is elsewhere; the credential goes along only to the relay's own. */
  @Override
  public Call download(Context context, VideoResult result) {
    return Call.get(result.video(), context.bearer());
  }

  @Override
  public Optional<Call> downloadPoster(Context context, VideoResult result) {
    return result
        .thumbnail()
        .map(
            uri ->
                new Call("GET", uri, List.of(), List.of(context.bearer()), new Call.Body.None()));
  }
}
