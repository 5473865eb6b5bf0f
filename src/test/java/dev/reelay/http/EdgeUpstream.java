package dev.reelay.http;

import dev.reelay.routing.ChannelId;
import dev.reelay.task.Attempt;
import dev.reelay.task.CancelOutcome;
import dev.reelay.task.FetchOutcome;
import dev.reelay.task.Job;
import dev.reelay.task.PollOutcome;
import dev.reelay.task.Recovery;
import dev.reelay.task.SubmitOutcome;
import dev.reelay.task.Task;
import dev.reelay.task.Upstream;
import dev.reelay.task.VideoResult;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** A provider that cannot cancel, may remix, and is never asked for more. */
record EdgeUpstream(BooleanSupplier canRemix) implements Upstream {
  @Override
  public SubmitOutcome submit(Task task, Attempt attempt) {
    throw new UnsupportedOperationException("the edge submits nothing");
  }

  @Override
  public PollOutcome poll(Task task, Job job) {
    throw new UnsupportedOperationException("the edge polls nothing");
  }

  @Override
  public CancelOutcome cancel(Task task, Job job) {
    return new CancelOutcome.NotSupported("never");
  }

  @Override
  public FetchOutcome fetch(Task task, Job job, VideoResult result) {
    throw new UnsupportedOperationException("the edge fetches nothing");
  }

  @Override
  public Abilities abilities(ChannelId channel) {
    return new Abilities(
        Recovery.NONE,
        false,
        Duration.ofSeconds(5),
        Duration.ofMinutes(1),
        canRemix.getAsBoolean());
  }
}
