package dev.reelay.task;

import java.time.Duration;
import java.util.Optional;

/**
 * What a provider declares about lost answers: how the fate of a create that was sent and not
 * answered can be learned there. The engine picks its recipes from this, in the order of the parts.
 *
 * @param token a create sent again with the same token gives the same job
 * @param reference a job can be looked up by the token that its create carried
 * @param callback the provider calls an address that is given with the create
 * @param list the account's jobs can be listed
 * @param longestJob after this long every job has ended; a day if nobody says
 */
public record Recovery(
    Optional<Token> token,
    Optional<Reference> reference,
    boolean callback,
    Optional<JobList> list,
    Duration longestJob) {
  /** No doubt lasts longer, whatever a provider declares. */
  public static final Duration DOUBT_MAX = Duration.ofHours(24);

  /** Nothing can be learned: the operator decides, or the deadline. */
  public static final Recovery NONE =
      new Recovery(Optional.empty(), Optional.empty(), false, Optional.empty(), DOUBT_MAX);

  public Recovery {
    requirePositive(longestJob);
  }

  /**
   * @param life how long a token stays good, from the first send
   */
  public record Token(Duration life) {
    public Token {
      requirePositive(life);
    }
  }

  /**
   * @param lag after this long a job that was made is surely found, so that an absence is a proof
   */
  public record Reference(Duration lag) {
    public Reference {
      requireNotNegative(lag);
    }
  }

  /**
   * @param lag after this long a job that was made is surely listed
   * @param window how far back the list reaches
   */
  public record JobList(Duration lag, Duration window, Shows shows) {
    public JobList {
      requireNotNegative(lag);
      requirePositive(window);
    }
  }

  /**
   * What stands in a list.
   *
   * @param model the upstream model as it was asked for
   * @param prompt the prompt as it was sent
   * @param everyJob no job of the account is left out, so that an absence is a proof
   */
  public record Shows(boolean model, boolean prompt, boolean everyJob) {}

  /** The same, with a token of that life. */
  public Recovery withToken(Duration life) {
    return new Recovery(Optional.of(new Token(life)), reference, callback, list, longestJob);
  }

  /** The same, with a look-up by our reference. */
  public Recovery withReference(Duration lag) {
    return new Recovery(token, Optional.of(new Reference(lag)), callback, list, longestJob);
  }

  /** The same, with callbacks. */
  public Recovery withCallback() {
    return new Recovery(token, reference, true, list, longestJob);
  }

  /** The same, with a list. */
  public Recovery withList(JobList jobs) {
    return new Recovery(token, reference, callback, Optional.of(jobs), longestJob);
  }

  /** The same for a provider whose jobs all end within that time. */
  public Recovery withLongestJob(Duration longest) {
    return new Recovery(token, reference, callback, list, longest);
  }

  /**
   * How long after its send an attempt may stay in doubt: as long as its job may run and be listed
   * afterwards, at most a day.
   */
  public Duration longestDoubt() {
    var window = list.map(JobList::window).orElse(Duration.ZERO);
    var longest = longestJob.plus(window);
    return longest.compareTo(DOUBT_MAX) > 0 ? DOUBT_MAX : longest;
  }

  private static void requirePositive(Duration duration) {
    if (!duration.isPositive()) {
      throw new IllegalArgumentException("a declared time is above zero");
    }
  }

  private static void requireNotNegative(Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException("a lag is zero or more");
    }
  }
}
