package dev.reelay.provider.luma;

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

/** Luma: nothing is documented that would tell of a job whose answer got lost. */
public final class LumaProvider implements Provider {
  public static final String NAME = "luma";
  private static final Duration POLL_FLOOR = Duration.ofSeconds(5);
  private static final Duration POLL_CEILING = Duration.ofSeconds(30);

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Card card() {
    var ray =
        new Capability(
            List.of(5, 10),
            List.of(
                Resolution.P720,
                Resolution.parse("360p"),
                Resolution.parse("540p"),
                Resolution.P1080),
            List.of(AspectRatio.LANDSCAPE, AspectRatio.PORTRAIT, AspectRatio.SQUARE),
            List.of(false),
            new Capability.Pictures(true, false, 0));
    return Card.of("Luma's Agents API", "a Luma API key")
        .at("https://agents.lumalabs.ai/v1")
        .models(new Card.OfferedModel("ray-3.2", "ray-3.2", ray))
        .can(Card.Feature.FIRST_FRAME)
        .results(Duration.ofHours(1), false)
        .notes(
            "The names of its pending states and its failure codes are documented in part only; a"
                + " word nobody knows leaves a task as it is.",
            "It is given the addresses of pictures; there is no sound, seed or negative prompt.",
            "Its client `lumaai` speaks the older Dream Machine API, so that this adapter was not"
                + " held against it.");
  }

  @Override
  public Upstream.Abilities abilities(Map<String, String> settings) {
    return new Upstream.Abilities(Recovery.NONE, false, POLL_FLOOR, POLL_CEILING)
        .withPictures(PictureForm.ADDRESS);
  }

  @Override
  public Operation<SubmitOutcome> submit(Context context, Submission submission) {
    return new LumaSubmit(context, submission);
  }

  @Override
  public Operation<PollOutcome> poll(Context context, String upstreamId) {
    return new LumaPoll(context, upstreamId);
  }

  @Override
  public Optional<Operation<CancelOutcome>> cancel(Context context, String upstreamId) {
    return Optional.empty();
  }

  @Override
  public Call download(Context context, VideoResult result) {
    return Call.get(result.video());
  }

  @Override
  public Optional<Call> downloadPoster(Context context, VideoResult result) {
    return Optional.empty();
  }
}
