package dev.reelay.provider.openai;

import dev.reelay.provider.Call;
import dev.reelay.provider.Card;
import dev.reelay.provider.Context;
import dev.reelay.provider.Operation;
import dev.reelay.provider.Page;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Any server that speaks {@code /v1/videos}. What a channel may set stands in {@link OpenAiCard}.
 */
public final class OpenAiProvider implements Provider {
  public static final String NAME = "openai";
  public static final String IDEMPOTENCY_KEY = "idempotency_key";
  static final String LIST = "list";

  /** Reelay keeps a key for 72 hours; a day leaves room for clocks and for others. */
  private static final Duration TOKEN_LIFE = Duration.ofHours(24);

  /** Nobody publishes one; a minute is long for a list of one's own jobs. */
  private static final Duration LIST_LAG = Duration.ofMinutes(1);

  /** No doubt lasts longer, so it need not reach back further. */
  private static final Duration LIST_WINDOW = Recovery.DOUBT_MAX.plusHours(1);

  private static final Duration POLL_FLOOR = Duration.ofSeconds(5);
  private static final Duration POLL_CEILING = Duration.ofSeconds(30);

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Card card() {
    return OpenAiCard.CARD;
  }

  @Override
  public Upstream.Abilities abilities(Map<String, String> settings) {
    var known = new OpenAiSettings(settings);
    return new Upstream.Abilities(
        recovery(known), known.deletesToCancel(), POLL_FLOOR, POLL_CEILING, known.canRemix());
  }

  private static Recovery recovery(OpenAiSettings known) {
    var told = known.honoursTokens() ? Recovery.NONE.withToken(TOKEN_LIFE) : Recovery.NONE;
    var shows = new Recovery.Shows(true, true, known.listsEveryJob());
    return known.hasList()
        ? told.withList(new Recovery.JobList(LIST_LAG, LIST_WINDOW, shows))
        : told;
  }

  @Override
  public Operation<SubmitOutcome> submit(Context context, Submission submission) {
    return new OpenAiSubmit(context, submission);
  }

  @Override
  public Operation<PollOutcome> poll(Context context, String upstreamId) {
    return new OpenAiPoll(context, upstreamId);
  }

  @Override
  public Optional<Operation<CancelOutcome>> cancel(Context context, String upstreamId) {
    return OpenAiSettings.of(context).deletesToCancel()
        ? Optional.of(new OpenAiDelete(context, upstreamId))
        : Optional.empty();
  }

  @Override
  public Optional<Operation<Page>> list(Context context, Optional<String> after) {
    return OpenAiSettings.of(context).hasList()
        ? Optional.of(new OpenAiList(context, after))
        : Optional.empty();
  }

  /** The key goes along to the channel's own origin only, wherever a redirect leads. */
  @Override
  public Call download(Context context, VideoResult result) {
    return fetch(context, result.video());
  }

  @Override
  public Optional<Call> downloadPoster(Context context, VideoResult result) {
    return result.thumbnail().map(uri -> fetch(context, uri));
  }

  private static Call fetch(Context context, URI uri) {
    return Call.get(uri, OpenAiSettings.of(context).credential(context));
  }

  /** A call about one job. */
  static Call about(String method, Context context, String upstreamId) {
    var settings = OpenAiSettings.of(context);
    var uri = settings.video(context, upstreamId);
    var secrets = List.of(settings.credential(context));
    return new Call(method, uri, List.of(), secrets, new Call.Body.None())
        .with("Accept", "application/json");
  }
}
