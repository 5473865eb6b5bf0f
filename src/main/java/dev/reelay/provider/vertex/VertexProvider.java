package dev.reelay.provider.vertex;

import dev.reelay.provider.Call;
import dev.reelay.provider.Card;
import dev.reelay.provider.Context;
import dev.reelay.provider.Decided;
import dev.reelay.provider.Json;
import dev.reelay.provider.Login;
import dev.reelay.provider.Operation;
import dev.reelay.provider.Origin;
import dev.reelay.provider.Provider;
import dev.reelay.provider.Submission;
import dev.reelay.task.CancelOutcome;
import dev.reelay.task.PictureForm;
import dev.reelay.task.PollOutcome;
import dev.reelay.task.Recovery;
import dev.reelay.task.SubmitOutcome;
import dev.reelay.task.Upstream;
import dev.reelay.task.VideoResult;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * Veo at Vertex AI. Its own adapter beside Gemini's, since all that a channel is made of differs:
 * the credential and how it is used, the addresses, the settings, the models, what is asked when a
 * job is polled, and how its video comes. There is no token, look-up, list or cancel.
 */
public final class VertexProvider implements Provider {
  public static final String NAME = "vertex";
  private static final String GOOGLE = "googleapis.com";

  /** The usual distance in Google's own examples; fifty requests a minute are allowed. */
  private static final Duration POLL_FLOOR = Duration.ofSeconds(10);

  private static final Duration POLL_CEILING = Duration.ofSeconds(30);

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Card card() {
    return VertexCard.CARD;
  }

  @Override
  public Upstream.Abilities abilities(Map<String, String> settings) {
    return new Upstream.Abilities(Recovery.NONE, false, POLL_FLOOR, POLL_CEILING)
        .withPictures(PictureForm.BYTES);
  }

  @Override
  public Optional<Operation<Login>> login(Context context) {
    return Optional.of(new VertexLogin(context));
  }

  @Override
  public Operation<SubmitOutcome> submit(Context context, Submission submission) {
    return switch (VertexPlace.of(context)) {
      case VertexPlace.Reading.Usable(var place) -> new VertexSubmit(context, place, submission);
      case VertexPlace.Reading.Unusable(String why) ->
          new Decided<>(new SubmitOutcome.NotSent(why));
    };
  }

  @Override
  public Operation<PollOutcome> poll(Context context, String upstreamId) {
    return VertexJob.find(upstreamId)
        .<Operation<PollOutcome>>map(job -> new VertexPoll(context, job))
        // Only an operator can have attached such a one; without an answer there is no verdict.
        .orElseGet(
            () ->
                new Decided<>(
                    new PollOutcome.Unanswered(
                        "the id is no name of an operation", Optional.empty())));
  }

  @Override
  public Optional<Operation<CancelOutcome>> cancel(Context context, String upstreamId) {
    return Optional.empty();
  }

  /** The channel's token is good at all of Google's, among them where videos are stored. */
  @Override
  public Set<String> domains() {
    return Set.of(GOOGLE);
  }

  /** Whether this is one of Google's own hosts, by https on its usual port. */
  static boolean isGoogle(URI uri) {
    var host = Origin.of(uri).place().host();
    return Origin.of(uri).equals(Origin.of(URI.create("https://" + host)))
        && (host.equals(GOOGLE) || host.endsWith("." + GOOGLE));
  }

  /** A stored file, or the job asked once more for the video that stands in its answer. */
  @Override
  public Call download(Context context, VideoResult result) {
    var pointer = result.video().getFragment();
    return VertexJob.in(result.video())
        .filter(_ -> pointer != null)
        .map(job -> job.question(context).inside(String.valueOf(pointer)))
        .orElseGet(() -> Call.get(result.video(), context.bearer()));
  }

  @Override
  public Optional<Call> downloadPoster(Context context, VideoResult result) {
    return Optional.empty();
  }

  static Call post(Context context, String path, ObjectNode body) {
    return new Call(
            "POST",
            context.atVersion1(path),
            List.of(),
            List.of(context.bearer()),
            new Call.Body.Text("application/json", Json.write(body)))
        .with("Accept", "application/json");
  }
}
