package dev.reelay.task;

/** A job that a provider accepted: the attempt that made it and their id for it. */
public record Job(Attempt attempt, String upstreamId) {
  public static final int UPSTREAM_ID_CHARS_MAX = 4_096;

  public Job {
    if (upstreamId.isBlank() || upstreamId.length() > UPSTREAM_ID_CHARS_MAX) {
      throw new IllegalArgumentException("an upstream id has 1 to 4096 characters");
    }
  }
}
