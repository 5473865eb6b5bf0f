package dev.reelay.task;

import dev.reelay.routing.Catalogue;
import java.util.function.Supplier;

/**
 * Finds out whether a task can be remixed. A remix changes the video that its provider made, so
 * only the same account at the same provider can do it; a new video from the new prompt alone would
 * be something else under this name, and is never made instead.
 */
public final class RemixTask {
  private final Supplier<Catalogue> catalogue;
  private final Upstream upstream;

  public RemixTask(Supplier<Catalogue> catalogue, Upstream upstream) {
    this.catalogue = catalogue;
    this.upstream = upstream;
  }

  /** Whether it can. */
  public sealed interface Verdict {
    record Possible(Parent parent) implements Verdict {}

    /** It has no video yet, or never will have one. */
    record NoVideo() implements Verdict {}

    /** The provider that made it cannot. */
    record NotSupported() implements Verdict {}

    /** The channel that made it is out of use, or no longer serves the model. */
    record ChannelGone() implements Verdict {}
  }

  public Verdict judge(Task task) {
    if (!(task.state() instanceof TaskState.Succeeded(Job job, _, _, _))) {
      return new Verdict.NoVideo();
    }
    var attempt = job.attempt();
    if (!upstream.abilities(attempt.channel()).remix()) {
      return new Verdict.NotSupported();
    }
    var served = task.request().served();
    boolean isThere =
        catalogue
            .get()
            .channel(attempt.channel())
            .filter(channel -> channel.serves(served))
            .filter(channel -> channel.credentials().contains(attempt.credential()))
            .isPresent();
    return isThere
        ? new Verdict.Possible(
            new Parent(
                task.id(), served, attempt.channel(), attempt.credential(), job.upstreamId()))
        : new Verdict.ChannelGone();
  }
}
