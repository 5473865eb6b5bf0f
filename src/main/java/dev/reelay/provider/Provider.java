package dev.reelay.provider;

import dev.reelay.task.Callback;
import dev.reelay.task.CancelOutcome;
import dev.reelay.task.FindOutcome;
import dev.reelay.task.PollOutcome;
import dev.reelay.task.SubmitOutcome;
import dev.reelay.task.Upstream;
import dev.reelay.task.VideoResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A provider: one folder of pure translation. It never opens a socket, reads a clock, sleeps or
 * knows a price.
 */
public interface Provider {
  /** The folder's name, as channels name it. */
  String name();

  /** What there is to know of the provider before one has a channel there. */
  Card card();

  /** What a channel with these settings can do. */
  Upstream.Abilities abilities(Map<String, String> settings);

  /**
   * Gets a token for the channel's secret, where that secret itself goes along with no call; all
   * other operations are then given a context with the token in its place. Empty where calls carry
   * the secret. No call of it creates anything.
   */
  default Optional<Operation<Login>> login(Context context) {
    return Optional.empty();
  }

  Operation<SubmitOutcome> submit(Context context, Submission submission);

  Operation<PollOutcome> poll(Context context, String upstreamId);

  /** How many jobs like this one may be asked for in one call; 1 where they are asked singly. */
  default int askedAtOnceMax(String upstreamId) {
    return 1;
  }

  /**
   * Asks for several jobs of the account at once; empty where {@link #askedAtOnceMax} is 1 for all.
   * A job of which the answer says nothing is left out: it is asked for alone the next time.
   *
   * @param context the model is that of the first
   */
  default Optional<Operation<Map<String, PollOutcome>>> pollAll(
      Context context, List<String> upstreamIds) {
    return Optional.empty();
  }

  /** Empty where {@link Upstream.Abilities#cancel} is false. */
  Optional<Operation<CancelOutcome>> cancel(Context context, String upstreamId);

  /**
   * Looks a job up by the token that its create carried; empty where {@link
   * dev.reelay.task.Recovery#reference} is.
   */
  default Optional<Operation<FindOutcome>> find(Context context, String reference) {
    return Optional.empty();
  }

  /**
   * Reads one page of the account's jobs, newest first; empty where {@link
   * dev.reelay.task.Recovery#list} is.
   *
   * @param after what the page before gave as its next
   */
  default Optional<Operation<Page>> list(Context context, Optional<String> after) {
    return Optional.empty();
  }

  /** The upstream id in a callback, if there is one; nothing else in it is ever read. */
  default Optional<String> named(Callback callback) {
    return Optional.empty();
  }

  /** The same, for an adapter whose channels' settings say where it stands. */
  default Optional<String> named(Callback callback, Map<String, String> settings) {
    return named(callback);
  }

  /**
   * Domains whose hosts belong to the provider as much as the channel's own, such as {@code
   * bfl.ai}: where a channel is at one of them, the credential goes to all of them, by https only.
   */
  default Set<String> domains() {
    return Set.of();
  }

  /**
   * What a callback address has to answer at once, as JSON, before the provider uses it; empty for
   * what is no such question. It is asked only of what came to an address that is ours, and of
   * adapters that declare {@link Card.Push#CHALLENGE}.
   */
  default Optional<String> answer(Callback callback) {
    return Optional.empty();
  }

  /** How its callbacks are signed. */
  default CallbackSigning signing() {
    return CallbackSigning.NONE;
  }

  /** The call that fetches the video; its answer is a stream that the engine stores. */
  Call download(Context context, VideoResult result);

  /** The call that fetches the poster, if the provider gave one. */
  Optional<Call> downloadPoster(Context context, VideoResult result);
}
