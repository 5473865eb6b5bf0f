package dev.reelay.store;

import dev.reelay.routing.Budgets;
import dev.reelay.routing.ChannelId;
import dev.reelay.task.AdvanceTask;
import dev.reelay.task.Attempt;
import dev.reelay.task.CancelOutcome;
import dev.reelay.task.FetchOutcome;
import dev.reelay.task.Job;
import dev.reelay.task.PollOutcome;
import dev.reelay.task.ReplayJournal;
import dev.reelay.task.SubmitOutcome;
import dev.reelay.task.Task;
import dev.reelay.task.TaskListener;
import dev.reelay.task.Upstream;
import dev.reelay.task.VideoResult;
import dev.reelay.testkit.SimulatedCrash;
import dev.reelay.testkit.TaskSamples;
import dev.reelay.worker.Dispatcher;
import dev.reelay.worker.JournaledUpstream;
import dev.reelay.worker.LearnedTimes;
import dev.reelay.worker.NodeKeeper;
import dev.reelay.worker.Schedule;
import java.util.UUID;

/**
 * One life of a node: the real workers over the real database, the real journal and real sockets,
 * driven by hand in one thread. What is in memory here is gone with it.
 */
final class CrashLife {
  private static final String NODE = "node-a";
  private static final int ROUNDS_MAX = 50;

  private final CrashWorld world;
  private final NodeKeeper keeper;
  private final Schedule schedule;
  private final Dispatcher dispatcher;

  /** Throws while the database is down, as a start does. */
  CrashLife(CrashWorld world) {
    this.world = world;
    world.points.bornAgain();
    var source = world.points.in(world.kit.source());
    var tasks = new JdbcTaskStore(source);
    var journal = DiskJournal.open(world.journal);
    schedule = new Schedule(world.clock, () -> {});
    keeper = new NodeKeeper(NODE, new JdbcNodeStore(source), tasks, schedule, world.clock);
    var advance = new AdvanceTask(tasks, new News(schedule, journal), world.clock);
    var upstream =
        new Struck(new JournaledUpstream(new Struck(world.engine, false), journal), true);
    var ports =
        new Dispatcher.Ports(
            advance,
            upstream,
            new Dispatcher.Rescue(world.engine, new JdbcDoubts(source)),
            world::catalogue,
            schedule,
            () -> UUID.randomUUID().toString(),
            world.clock);
    dispatcher =
        new Dispatcher(
            schedule,
            ports,
            new LearnedTimes(),
            new Budgets(world.clock),
            keeper::mayWork,
            Runnable::run);
    new ReplayJournal(journal, advance).replay();
    keeper.begin();
  }

  Task.Custody custody() {
    return keeper.custody();
  }

  void adopt(Task task) {
    schedule.committed(task);
  }

  /** Does all that is due; what the death of this life interrupts stays undone. */
  void round() {
    try {
      keeper.runOnce();
    } catch (SimulatedCrash | StoreUnavailable e) {
      // A loop tries again; a dead one does not.
      return;
    }
    for (var n = 0; n < ROUNDS_MAX && !world.points.isDead(); n++) {
      if (dispatcher.runOnce().isPositive()) {
        return;
      }
    }
  }

  private record News(Schedule schedule, DiskJournal journal) implements TaskListener {
    @Override
    public void committed(Task task) {
      schedule.committed(task);
      if (ReplayJournal.isSettled(task)) {
        journal.settled(task.id());
      }
    }

    @Override
    public void progressed(Task task) {
      schedule.progressed(task);
    }
  }

  /**
   * The places around a submit: before its connection and after its answer is in memory, and again
   * after that is in the journal.
   */
  private final class Struck implements Upstream {
    private final Upstream upstream;
    private final boolean isOutside;

    Struck(Upstream upstream, boolean isOutside) {
      this.upstream = upstream;
      this.isOutside = isOutside;
    }

    @Override
    public SubmitOutcome submit(Task task, Attempt attempt) {
      if (!isOutside && world.points.pass()) {
        return new SubmitOutcome.NotSent("connecting took too long");
      }
      var outcome = upstream.submit(task, attempt);
      return world.points.pass() && !isOutside
          ? new SubmitOutcome.Ambiguous("reading took too long")
          : outcome;
    }

    @Override
    public PollOutcome poll(Task task, Job job) {
      return upstream.poll(task, job);
    }

    @Override
    public CancelOutcome cancel(Task task, Job job) {
      return upstream.cancel(task, job);
    }

    /** No file is fetched here: what is walked is the money and the job. */
    @Override
    public FetchOutcome fetch(Task task, Job job, VideoResult result) {
      return new FetchOutcome.Stored(TaskSamples.output(task.id()), task.request().shape().usage());
    }

    @Override
    public Abilities abilities(ChannelId channel) {
      return upstream.abilities(channel);
    }
  }
}
