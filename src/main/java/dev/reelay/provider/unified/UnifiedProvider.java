package dev.reelay.provider.unified;

import dev.reelay.provider.Call;
import dev.reelay.provider.CallbackSigning;
import dev.reelay.provider.Card;
import dev.reelay.provider.Context;
import dev.reelay.provider.Json;
import dev.reelay.provider.Operation;
import dev.reelay.provider.Page;
import dev.reelay.provider.Provider;
import dev.reelay.provider.StandardWebhooks;
import dev.reelay.provider.Submission;
import dev.reelay.task.Callback;
import dev.reelay.task.CancelOutcome;
import dev.reelay.task.FindOutcome;
import dev.reelay.task.PollOutcome;
import dev.reelay.task.Recovery;
import dev.reelay.task.SubmitOutcome;
import dev.reelay.task.Upstream;
import dev.reelay.task.VideoResult;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Another relay. The format has no cancel, and by itself nothing that resolves an answer that got
 * lost; what a relay can do beyond it, the operator says by settings of the channel, which its card
 * lists.
 */
public final class UnifiedProvider implements Provider {
  public static final String NAME = "unified";
  public static final String IDEMPOTENCY_KEY = "idempotency_key";
  static final String CLIENT_REFERENCE = "client_reference";
  static final String CALLBACK_URL = "callback_url";
  static final String LIST = "list";

  /** Reelay keeps a key for 72 hours; a day leaves room for clocks and for others. */
  private static final Duration TOKEN_LIFE = Duration.ofHours(24);

  /** A relay reads its own database; half a minute is for a create that is still under way. */
  private static final Duration LAG = Duration.ofSeconds(30);

  /** No doubt lasts longer, so a list need not reach back further. */
  private static final Duration LIST_WINDOW = Recovery.DOUBT_MAX.plusHours(1);

  /** Where relays name a job in what they send to a callback address. */
  private static final String[] NAMED = {"/id", "/task_id", "/data/id", "/data/task_id"};

  private static final Duration POLL_FLOOR = Duration.ofSeconds(5);
  private static final Duration POLL_CEILING = Duration.ofSeconds(30);

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Card card() {
    return Card.of("any relay that speaks the unified format, also another Reelay", "its API key")
        .settings(
            Card.Setting.ability(
                IDEMPOTENCY_KEY,
                "that relay honours the `Idempotency-Key` header: a lost answer is then resolved"
                    + " by asking again",
                "false",
                "true"),
            Card.Setting.ability(
                CLIENT_REFERENCE,
                "`GET /v1/video/list?client_reference=` there finds a task by what its create"
                    + " carried",
                "false",
                "true"),
            Card.Setting.ability(
                CALLBACK_URL,
                "that relay calls the `callback_url` of a create; needs `REELAY_PUBLIC_URL`",
                "false",
                "true"),
            Card.Setting.ability(
                LIST,
                "`GET /v1/video/list` there lists the key's tasks; `complete` if it surely leaves"
                    + " out none",
                "none",
                "match",
                "complete"))
        .can(
            Card.Feature.FIRST_FRAME,
            Card.Feature.LAST_FRAME,
            Card.Feature.REFERENCES,
            Card.Feature.REFERENCE_VIDEO,
            Card.Feature.REFERENCE_AUDIO,
            Card.Feature.AUDIO,
            Card.Feature.SEED,
            Card.Feature.NEGATIVE_PROMPT)
        .push(Card.Push.SIGNED_BY_SECRET)
        .notes(
            "Pictures go as `images`, frames first; with a last frame both are named, too.",
            "Clips go as `reference_videos` and `reference_audios`. A relay that does not know"
                + " these makes a video without them: say of a model that it takes clips only where"
                + " that relay does.",
            "Another Reelay honours an idempotency key, a look-up and a complete list.",
            "Another Reelay signs what it tells a `callback_url` by Standard Webhooks: `POST"
                + " /v1/webhooks/callback/rotate` there shows the secret, `reelay channel"
                + " callback-secret` keeps it here. Without it the secret address alone speaks for"
                + " a callback.",
            "Its tests run it against another Reelay; no other relay was called.",
            "The key is sent for a result only to the relay's own scheme, host and port.");
  }

  @Override
  public Upstream.Abilities abilities(Map<String, String> settings) {
    return new Upstream.Abilities(recovery(settings), false, POLL_FLOOR, POLL_CEILING);
  }

  private static Recovery recovery(Map<String, String> settings) {
    var recovery = Recovery.NONE;
    if (has(settings, IDEMPOTENCY_KEY)) {
      recovery = recovery.withToken(TOKEN_LIFE);
    }
    if (has(settings, CLIENT_REFERENCE)) {
      recovery = recovery.withReference(LAG);
    }
    if (has(settings, CALLBACK_URL)) {
      recovery = recovery.withCallback();
    }
    if (hasList(settings)) {
      var shows = new Recovery.Shows(true, true, "complete".equals(settings.get(LIST)));
      recovery = recovery.withList(new Recovery.JobList(LAG, LIST_WINDOW, shows));
    }
    return recovery;
  }

  static boolean has(Map<String, String> settings, String ability) {
    return Boolean.parseBoolean(settings.get(ability));
  }

  private static boolean hasList(Map<String, String> settings) {
    return Set.of("match", "complete").contains(settings.getOrDefault(LIST, ""));
  }

  /** The colon of an id is legal in a query, and relays show it raw. */
  static String inQuery(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("%3A", ":");
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

  @Override
  public Optional<Operation<FindOutcome>> find(Context context, String reference) {
    return has(context.settings(), CLIENT_REFERENCE)
        ? Optional.of(new UnifiedFind(context, reference))
        : Optional.empty();
  }

  @Override
  public Optional<Operation<Page>> list(Context context, Optional<String> after) {
    return hasList(context.settings())
        ? Optional.of(new UnifiedList(context, after))
        : Optional.empty();
  }

  @Override
  public CallbackSigning signing() {
    return new StandardWebhooks();
  }

  @Override
  public Optional<String> named(Callback callback) {
    return Json.object(callback.body()).flatMap(tree -> Json.text(tree, NAMED));
  }

  /** Signed in itself where it is elsewhere; the credential goes along only to the relay's own. */
  @Override
  public Call download(Context context, VideoResult result) {
    return Call.get(result.video(), context.bearer());
  }

  @Override
  public Optional<Call> downloadPoster(Context context, VideoResult result) {
    return result.thumbnail().map(uri -> Call.get(uri, context.bearer()));
  }
}
