package dev.reelay.worker;

import dev.reelay.task.Job;
import dev.reelay.task.Task;
import dev.reelay.task.UsualTimes;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** How long jobs usually take, per channel, model and length: a moving average in memory. */
public final class LearnedTimes implements UsualTimes {
  static final int KEYS_MAX = 10_000;
  private static final int WEIGHT_OF_THE_PAST = 4;

  private record Kind(long channel, String model, int seconds) {}

  private final Map<Kind, Duration> times = new ConcurrentHashMap<>();

  void learn(Task task, Job job, Duration took) {
    var kind = kind(task, job);
    if (times.size() < KEYS_MAX || times.containsKey(kind)) {
      times.merge(kind, took, LearnedTimes::blend);
    }
  }

  @Override
  public Optional<Duration> usual(Task task, Job job) {
    return Optional.ofNullable(times.get(kind(task, job)));
  }

  private static Duration blend(Duration past, Duration took) {
    return past.multipliedBy(WEIGHT_OF_THE_PAST).plus(took).dividedBy(WEIGHT_OF_THE_PAST + 1);
  }

  private static Kind kind(Task task, Job job) {
    return new Kind(
        job.attempt().channel().value(),
        job.attempt().upstreamModel(),
        task.request().shape().seconds());
  }
}
