package dev.reelay.sandbox;

import dev.reelay.media.ClipSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/**
 * What the sandbox does with jobs. Nothing is kept but the cancels, which a restart forgets: a job
 * that was canceled just before a kill may still be made, as at any provider.
 */
final class SandboxJobs {
  static final String LABEL = "SANDBOX";
  static final int CANCELS_MAX = 100_000;
  private static final Duration USUAL_BASE = Duration.ofSeconds(2);
  private static final Duration USUAL_PER_SECOND = Duration.ofMillis(500);
  private static final int PERCENT_WHILE_RENDERING = 95;
  private static final int FAILS_AT_SHARE = 2;

  private final ClipShelf shelf;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Set<String> canceled = ConcurrentHashMap.newKeySet();

  SandboxJobs(ClipShelf shelf, InstantSource clock, RandomGenerator random) {
    this.shelf = shelf;
    this.clock = clock;
    this.random = random;
  }

  /** How a job stands. */
  sealed interface Standing {
    record Working(int percent) implements Standing {}

    record Done(ClipShelf.Clip clip) implements Standing {}

    record Failed(String why) implements Standing {}

    record Canceled() implements Standing {}
  }

  /**
   * A new job, or the same one again for the same token.
   *
   * @param token a UUID of version 7 as hex digits: the moment in it is when the job was first
   *     asked for, so a repeat after a kill gives the same id; other tokens are ignored
   */
  SandboxJob create(PromptScript script, SandboxJob.Size size, Optional<String> token) {
    var takes =
        script.takes().orElse(USUAL_BASE.plus(USUAL_PER_SECOND.multipliedBy(size.seconds())));
    if (script.script() == SandboxJob.Script.INSTANT) {
      takes = Duration.ZERO;
    }
    var known = token.flatMap(CreateToken::read);
    var at = known.map(CreateToken::at).orElseGet(this::now);
    long salt = known.map(CreateToken::salt).orElseGet(random::nextLong);
    var job = new SandboxJob(at, takes, script.script(), salt, size, script.prompt());
    standing(job);
    return job;
  }

  Standing standing(SandboxJob job) {
    if (canceled.contains(job.id())) {
      return new Standing.Canceled();
    }
    var now = now();
    if (job.script() == SandboxJob.Script.FAIL) {
      var failsAt = job.createdAt().plus(job.takes().dividedBy(FAILS_AT_SHARE));
      return now.isBefore(failsAt)
          ? new Standing.Working(percent(job, now))
          : new Standing.Failed("the sandbox was asked to fail while generating");
    }
    var clip = shelf.find(spec(job));
    return now.isBefore(job.doneAt()) || clip.isEmpty()
        ? new Standing.Working(percent(job, now))
        : new Standing.Done(clip.get());
  }

  /** Whether the job was still open to be canceled. */
  boolean cancel(SandboxJob job) {
    return switch (standing(job)) {
      case Standing.Working _ -> canceled.size() < CANCELS_MAX && canceled.add(job.id());
      case Standing.Canceled _ -> true;
      case Standing.Done _, Standing.Failed _ -> false;
    };
  }

  private static int percent(SandboxJob job, Instant now) {
    var total = Math.max(1, job.takes().toMillis());
    var gone = Math.max(0, Duration.between(job.createdAt(), now).toMillis());
    return (int) Math.min(PERCENT_WHILE_RENDERING, gone * 100 / total);
  }

  /** A ready-made clip shows no prompt, so that all of one size and length are the same file. */
  private static ClipSpec spec(SandboxJob job) {
    var prompt = job.script() == SandboxJob.Script.INSTANT ? "" : job.prompt();
    var size = job.size();
    return new ClipSpec(size.width(), size.height(), size.seconds(), prompt, LABEL);
  }

  private Instant now() {
    return clock.instant();
  }
}
