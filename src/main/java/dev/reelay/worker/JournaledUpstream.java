package dev.reelay.worker;

import dev.reelay.routing.ChannelId;
import dev.reelay.routing.Need;
import dev.reelay.task.Attempt;
import dev.reelay.task.CancelOutcome;
import dev.reelay.task.FetchOutcome;
import dev.reelay.task.Job;
import dev.reelay.task.Journal;
import dev.reelay.task.PollOutcome;
import dev.reelay.task.SubmitOutcome;
import dev.reelay.task.Task;
import dev.reelay.task.Upstream;
import dev.reelay.task.VideoResult;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down an accepted id on the local disk before anybody else hears of it, so that it outlives
 * a kill even while the database is away.
 */
public final class JournaledUpstream implements Upstream {
  private static final Logger LOG = LoggerFactory.getLogger(JournaledUpstream.class);

  private final Upstream upstream;
  private final Journal journal;

  public JournaledUpstream(Upstream upstream, Journal journal) {
    this.upstream = upstream;
    this.journal = journal;
  }

  @Override
  public SubmitOutcome submit(Task task, Attempt attempt) {
    var outcome = upstream.submit(task, attempt);
    if (outcome instanceof SubmitOutcome.Accepted(String upstreamId)) {
      write(new Journal.Entry(task.id(), attempt.number(), upstreamId));
    }
    return outcome;
  }

  /** A disk that does not take it is no reason to forget the fact: the database may. */
  private void write(Journal.Entry entry) {
    try {
      journal.accepted(entry);
    } catch (RuntimeException e) {
      LOG.error("task {}: its accepted id is not in the journal", entry.task(), e);
    }
  }

  @Override
  public PollOutcome poll(Task task, Job job) {
    return upstream.poll(task, job);
  }

  @Override
  public int askedAtOnceMax(Job job) {
    return upstream.askedAtOnceMax(job);
  }

  @Override
  public List<PollOutcome> pollAll(List<Asked> asked) {
    return upstream.pollAll(asked);
  }

  @Override
  public CancelOutcome cancel(Task task, Job job) {
    return upstream.cancel(task, job);
  }

  @Override
  public FetchOutcome fetch(Task task, Job job, VideoResult result) {
    return upstream.fetch(task, job, result);
  }

  @Override
  public Abilities abilities(ChannelId channel) {
    return upstream.abilities(channel);
  }

  @Override
  public Set<Need> lacks(ChannelId channel) {
    return upstream.lacks(channel);
  }
}
