package dev.reelay.provider.sandbox;

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
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The built-in sandbox: honours idempotency tokens for ever, cancels, never fetches pictures. */
public final class SandboxProvider implements Provider {
  public static final String NAME = "sandbox";
  private static final Duration TOKEN_LIFE = Duration.ofDays(365);
  private static final Duration POLL_FLOOR = Duration.ofMillis(500);
  private static final Duration POLL_CEILING = Duration.ofSeconds(5);

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Card card() {
    return Card.of("the built-in stand-in; no key needed", "none that an operator would set")
        .can(Card.Feature.FIRST_FRAME, Card.Feature.REMIX)
        .results(Duration.ZERO, true)
        .notes(
            "It is switched on by `REELAY_SANDBOX=true` or `make run`, not by `channel add`.",
            "It takes pictures and never looks at them.",
            "A prompt may begin with `[fail]`, `[refuse]`, `[slow 30s]` or `[instant]`.");
  }

  @Override
  public Upstream.Abilities abilities(Map<String, String> settings) {
    return new Upstream.Abilities(
        Recovery.NONE.withToken(TOKEN_LIFE), true, POLL_FLOOR, POLL_CEILING, true);
  }

  @Override
  public Operation<SubmitOutcome> submit(Context context, Submission submission) {
    return new SandboxSubmit(context, submission);
  }

  @Override
  public Operation<PollOutcome> poll(Context context, String upstreamId) {
    return new SandboxPoll(context, upstreamId);
  }

  @Override
  public Optional<Operation<CancelOutcome>> cancel(Context context, String upstreamId) {
    return Optional.of(new SandboxCancel(context, upstreamId));
  }

  @Override
  public Call download(Context context, VideoResult result) {
    return Call.get(result.video(), context.bearer());
  }

  @Override
  public Optional<Call> downloadPoster(Context context, VideoResult result) {
    return result.thumbnail().map(uri -> Call.get(uri, context.bearer()));
  }

  static URI job(Context context, String upstreamId) {
    return context.at("/v1/jobs/" + upstreamId);
  }
}
