package dev.reelay.provider.bfl;

import dev.reelay.money.Resolution;
import dev.reelay.provider.Call;
import dev.reelay.provider.Card;
import dev.reelay.provider.Context;
import dev.reelay.provider.Operation;
import dev.reelay.provider.Provider;
import dev.reelay.provider.Submission;
import dev.reelay.routing.AspectRatio;
import dev.reelay.routing.Capability;
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
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * FLUX 3 video at its maker. A job is asked for at the address that its create answered with, which
 * stands on a regional host; so that address is the upstream id. There is no token, no list, no
 * callback and no cancel: an answer that got lost stays in doubt.
 */
public final class BflProvider implements Provider {
  public static final String NAME = "bfl";
  static final String DOMAIN = "bfl.ai";
  private static final Duration RESULT_LIFE = Duration.ofMinutes(10);
  private static final Duration POLL_FLOOR = Duration.ofSeconds(3);
  private static final Duration POLL_CEILING = Duration.ofSeconds(20);
  private static final List<AspectRatio> RATIOS =
      Stream.of("16:9", "9:16", "1:1", "4:3", "3:4", "2:1", "21:9", "9:21")
          .map(AspectRatio::parse)
          .toList();

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Card card() {
    var pictures = new Capability.Pictures(true, true, 0);
    var resolutions = List.of(Resolution.P720, Resolution.P1080);
    var seconds = IntStream.rangeClosed(5, 20).boxed().toList();
    var capability = new Capability(seconds, resolutions, RATIOS, List.of(true, false), pictures);
    return Card.of("Black Forest Labs: FLUX 3 video", "a BFL API key")
        .at("https://api.bfl.ai")
        .models(new Card.OfferedModel("flux-3-video", "flux-3-video", capability))
        .can(
            Card.Feature.FIRST_FRAME,
            Card.Feature.LAST_FRAME,
            Card.Feature.AUDIO,
            Card.Feature.SEED)
        .results(RESULT_LIFE, false)
        .cost(Card.Cost.UNITS)
        .notes(
            "A job is asked for at the address that its create named; the key goes along only to"
                + " hosts of `bfl.ai`, by https, and only from a channel that is there itself.",
            "Units are the credits that the create said it costs; a part of one counts as one.",
            "A last frame may come alone; references are not taken, since every picture is shown.",
            "Nothing resolves a lost answer: such a task waits for the operator or its deadline.");
  }

  @Override
  public Upstream.Abilities abilities(Map<String, String> settings) {
    return new Upstream.Abilities(Recovery.NONE, false, POLL_FLOOR, POLL_CEILING);
  }

  @Override
  public Set<String> domains() {
    return Set.of(DOMAIN);
  }

  @Override
  public Operation<SubmitOutcome> submit(Context context, Submission submission) {
    return new BflSubmit(context, submission);
  }

  @Override
  public Operation<PollOutcome> poll(Context context, String upstreamId) {
    return new BflPoll(context, BflJob.parse(upstreamId));
  }

  @Override
  public Optional<Operation<CancelOutcome>> cancel(Context context, String upstreamId) {
    return Optional.empty();
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

  static Call.SecretHeader key(Context context) {
    return new Call.SecretHeader("x-key", "", context.credential());
  }
}
