package dev.reelay.provider.dashscope;

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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Wan at its maker. There is no token, no look-up and no callback for one request; a lost answer is
 * resolved by the account's list within a day, since records live no longer. A poll after that says
 * {@code UNKNOWN}, and the job is lost.
 */
public final class DashScopeProvider implements Provider {
  public static final String NAME = "dashscope";
  static final String LIST = "list";
  static final String DIALECT = "dialect";
  static final Duration RECORD_LIFE = Duration.ofHours(24);
  private static final String VERSION = "/api/v1";
  private static final Duration LIST_LAG = Duration.ofMinutes(1);

  /** Twenty questions a second are allowed to a whole account, over all of its keys. */
  private static final Duration POLL_FLOOR = Duration.ofSeconds(10);

  private static final Duration POLL_CEILING = Duration.ofSeconds(30);

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Card card() {
    return DashScopeCard.CARD;
  }

  @Override
  public Upstream.Abilities abilities(Map<String, String> settings) {
    var shows = new Recovery.Shows(true, false, "complete".equals(settings.get(LIST)));
    var list = new Recovery.JobList(LIST_LAG, RECORD_LIFE, shows);
    return new Upstream.Abilities(Recovery.NONE.withList(list), true, POLL_FLOOR, POLL_CEILING);
  }

  @Override
  public Operation<SubmitOutcome> submit(Context context, Submission submission) {
    return new DashScopeSubmit(context, submission);
  }

  @Override
  public Operation<PollOutcome> poll(Context context, String upstreamId) {
    return new DashScopePoll(context, upstreamId);
  }

  @Override
  public Optional<Operation<CancelOutcome>> cancel(Context context, String upstreamId) {
    return Optional.of(new DashScopeCancel(context, upstreamId));
  }

  @Override
  public Optional<Operation<Page>> list(Context context, Optional<String> after) {
    return Optional.of(new DashScopeList(context, after));
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

  /** Operators write base URLs with and without the version. */
  static Call call(String method, Context context, String path, Call.Body body) {
    var base = context.baseUrl().toString().endsWith(VERSION) ? "" : VERSION;
    return new Call(method, context.at(base + path), List.of(), List.of(context.bearer()), body)
        .with("Accept", "application/json");
  }

  static String job(String upstreamId) {
    return "/tasks/" + Context.segment(upstreamId);
  }
}
