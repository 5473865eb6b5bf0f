package dev.reelay.testkit;

import dev.reelay.routing.ChannelId;
import dev.reelay.task.Attempt;
import dev.reelay.task.CancelOutcome;
import dev.reelay.task.FetchOutcome;
import dev.reelay.task.Job;
import dev.reelay.task.PollOutcome;
import dev.reelay.task.SubmitOutcome;
import dev.reelay.task.Task;
import dev.reelay.task.Upstream;
import dev.reelay.task.VideoResult;
import java.util.List;

/** The providers as one life of a node sees them: it may crash or stall at each call. */
final class MortalUpstream implements Upstream {
  private final Upstream upstream;
  private final SimLife life;
  private final TruthWatch truth;

  MortalUpstream(Upstream upstream, SimLife life, TruthWatch truth) {
    this.upstream = upstream;
    this.life = life;
    this.truth = truth;
  }

  @Override
  public SubmitOutcome submit(Task task, Attempt attempt) {
    truth.sendingBegins(task);
    try {
      var outcome = life.callProvider(() -> upstream.submit(task, attempt));
      if (outcome instanceof SubmitOutcome.Accepted(String id)) {
        truth.told(life, task.id(), attempt, id);
      }
      return outcome;
    } finally {
      truth.sendingEnds(task);
    }
  }

  @Override
  public PollOutcome poll(Task task, Job job) {
    return life.callProvider(() -> upstream.poll(task, job));
  }

  @Override
  public int askedAtOnceMax(Job job) {
    return upstream.askedAtOnceMax(job);
  }

  @Override
  public List<PollOutcome> pollAll(List<Asked> asked) {
    return life.callProvider(() -> upstream.pollAll(asked));
  }

  @Override
  public CancelOutcome cancel(Task task, Job job) {
    return life.callProvider(() -> upstream.cancel(task, job));
  }

  @Override
  public FetchOutcome fetch(Task task, Job job, VideoResult result) {
    return life.callProvider(() -> upstream.fetch(task, job, result));
  }

  @Override
  public Abilities abilities(ChannelId channel) {
    return upstream.abilities(channel);
  }
}
