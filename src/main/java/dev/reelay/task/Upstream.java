package dev.reelay.task;

import dev.reelay.routing.ChannelId;
import dev.reelay.routing.Need;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * The port to all providers. Calls block, have time-outs of their own, and answer with values;
 * nothing is thrown for what a provider does.
 */
public interface Upstream {
  /**
   * So long after an attempt's start its creating call may be under way: the patience for a place
   * among its credential's calls and for its pictures, the fetching of those that lie elsewhere,
   * the connecting, and the wait for the answer.
   */
  Duration SEND_MAX = Duration.ofMinutes(2);

  /** Sends the attempt's creating call, once. */
  SubmitOutcome submit(Task task, Attempt attempt);

  PollOutcome poll(Task task, Job job);

  /** A job that is asked for, and the task whose it is. */
  record Asked(Task task, Job job) {}

  /** How many jobs like this one may be asked for in one call; 1 where they are asked singly. */
  default int askedAtOnceMax(Job job) {
    return 1;
  }

  /**
   * Asks for jobs of one credential in one call, at most as many as {@link #askedAtOnceMax} allows
   * for each of them.
   *
   * @return what became of each, in their order
   */
  default List<PollOutcome> pollAll(List<Asked> asked) {
    return asked.stream().map(one -> poll(one.task(), one.job())).toList();
  }

  CancelOutcome cancel(Task task, Job job);

  /** Fetches, checks and stores what the provider says it made. */
  FetchOutcome fetch(Task task, Job job, VideoResult result);

  /** What a channel's adapter declares. */
  Abilities abilities(ChannelId channel);

  /** What a channel's provider cannot do; nothing where nothing is declared. */
  default Set<Need> lacks(ChannelId channel) {
    return Set.of();
  }

  /**
   * Declared abilities that steer the engine.
   *
   * @param recovery how the fate of a lost create can be learned
   * @param cancel the provider can cancel a running job
   * @param pollFloor shortest wait between two polls of one job
   * @param pollCeiling longest wait
   * @param remix the provider can make a new video from a finished job of the same account
   * @param pictures how it takes pictures
   */
  record Abilities(
      Recovery recovery,
      boolean cancel,
      Duration pollFloor,
      Duration pollCeiling,
      boolean remix,
      PictureForm pictures) {
    /** Of a provider that takes pictures in any form. */
    public Abilities(
        Recovery recovery,
        boolean cancel,
        Duration pollFloor,
        Duration pollCeiling,
        boolean remix) {
      this(recovery, cancel, pollFloor, pollCeiling, remix, PictureForm.ANY);
    }

    /** The same of one that cannot remix. */
    public Abilities(Recovery recovery, boolean cancel, Duration pollFloor, Duration pollCeiling) {
      this(recovery, cancel, pollFloor, pollCeiling, false);
    }

    /** The same of a provider that takes pictures in this form. */
    public Abilities withPictures(PictureForm form) {
      return new Abilities(recovery, cancel, pollFloor, pollCeiling, remix, form);
    }

    /** For a channel that is gone or unknown: nothing can be done but wait. */
    public static final Abilities NONE =
        new Abilities(Recovery.NONE, false, Duration.ofSeconds(5), Duration.ofMinutes(1));
  }
}
