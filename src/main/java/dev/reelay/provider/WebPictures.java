package dev.reelay.provider;

import dev.reelay.task.Failure;
import dev.reelay.task.Picture;
import dev.reelay.task.TaskId;
import java.time.Instant;
import java.util.List;

/** Makes pictures that lie elsewhere into ones whose bytes are kept here. */
@FunctionalInterface
interface WebPictures {
  /** For an engine whose providers take addresses: it fetches none. */
  WebPictures NONE = (_, _, _) -> new Fetched.Missing("pictures are not fetched here");

  /**
   * The same pictures in the same order, none of them elsewhere. Blocks, within a bound.
   *
   * @param until how long they are kept for the task
   */
  Fetched fetch(TaskId task, List<Picture> pictures, Instant until);

  /** What came of it. */
  sealed interface Fetched {
    record Here(List<Picture> pictures) implements Fetched {
      public Here {
        pictures = List.copyOf(pictures);
      }
    }

    /** One can never be had: the caller's fault. */
    record Never(Failure failure) implements Fetched {}

    /** Not now, and why; what was had is kept. */
    record Missing(String why) implements Fetched {}
  }
}
