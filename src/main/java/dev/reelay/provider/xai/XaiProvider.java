package dev.reelay.provider.xai;

import dev.reelay.provider.Call;
import dev.reelay.provider.Card;
import dev.reelay.provider.Context;
import dev.reelay.provider.Operation;
import dev.reelay.provider.Provider;
import dev.reelay.provider.Submission;
import dev.reelay.task.CancelOutcome;
import dev.reelay.task.PollOutcome;
import dev.reelay.task.Recovery;
import dev.reelay.task.SubmitOutcome;
import dev.reelay.task.Upstream;
import dev.reelay.task.VideoResult;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Grok Imagine. It has no token, look-up, callback, list or cancel: a lost answer is for the
 * operator or the deadline. It is the one that says in money what a job took.
 */
public final class XaiProvider implements Provider {
  public static final String NAME = "xai";
  private static final Duration POLL_FLOOR = Duration.ofSeconds(5);
  private static final Duration POLL_CEILING = Duration.ofSeconds(30);

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Card card() {
    return XaiCard.CARD;
  }

  @Override
  public Upstream.Abilities abilities(Map<String, String> settings) {
    return new Upstream.Abilities(Recovery.NONE, false, POLL_FLOOR, POLL_CEILING);
  }

  @Override
  public Operation<SubmitOutcome> submit(Context context, Submission submission) {
    return new XaiSubmit(context, submission);
  }

  @Override
  public Operation<PollOutcome> poll(Context context, String upstreamId) {
    return new XaiPoll(context, upstreamId);
  }

  @Override
  public Optional<Operation<CancelOutcome>> cancel(Context context, String upstreamId) {
    return Optional.empty();
  }

  /** Open to whoever knows the address. */
  @Override
  public Call download(Context context, VideoResult result) {
    return Call.get(result.video());
  }

  @Override
  public Optional<Call> downloadPoster(Context context, VideoResult result) {
    return Optional.empty();
  }
}
