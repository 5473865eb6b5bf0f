package dev.reelay.task;

import java.time.Duration;
import java.util.Optional;

/** The port to how long jobs take, as this node has seen it. Safe for all threads, and quick. */
@FunctionalInterface
public interface UsualTimes {
  /** Nothing was learned yet. */
  UsualTimes UNKNOWN = (_, _) -> Optional.empty();

  /** From the start of the attempt to the provider's verdict, for jobs like this one. */
  Optional<Duration> usual(Task task, Job job);
}
