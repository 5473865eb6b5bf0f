package dev.reelay.task;

import dev.reelay.routing.ChannelId;
import java.time.Duration;

/**
 * The port to all providers. Calls block, have time-outs of their own, and answer with values;
 * nothing is thrown for what a provider does.
 */
public interface Upstream {
  /** Sends the attempt's creating call, once. */
  SubmitOutcome submit(Task task, Attempt attempt);

  PollOutcome poll(Task task, Job job);

  CancelOutcome cancel(Task task, Job job);

  /** Fetches, checks and stores what the provider says it made. */
  FetchOutcome fetch(Task task, Job job, VideoResult result);

  /** What a channel's adapter declares. */
  Abilities abilities(ChannelId channel);

  /**
   * Declared abilities that steer the engine.
   *
   * @param idempotencyToken a repeated create with the same token gives the same job
   * @param tokenLife how long a token stays good
   * @param cancel the provider can cancel a running job
   * @param pollFloor shortest wait between two polls of one job
   * @param pollCeiling longest wait
   * @param remix the provider can make a new video from a finished job of the same account
   */
  record Abilities(
      boolean idempotencyToken,
      Duration tokenLife,
      boolean cancel,
      Duration pollFloor,
      Duration pollCeiling,
      boolean remix) {
    /** Of a provider that cannot remix. */
    public Abilities(
        boolean idempotencyToken,
        Duration tokenLife,
        boolean cancel,
        Duration pollFloor,
        Duration pollCeiling) {
      this(idempotencyToken, tokenLife, cancel, pollFloor, pollCeiling, false);
    }

    /** For a channel that is gone or unknown: nothing can be done but wait. */
    public static final Abilities NONE =
        new Abilities(false, Duration.ZERO, false, Duration.ofSeconds(5), Duration.ofMinutes(1));
  }
}
