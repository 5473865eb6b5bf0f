package dev.reelay.store;

import dev.reelay.provider.Engine;
import dev.reelay.routing.Budgets;
import dev.reelay.routing.Catalogue;
import dev.reelay.routing.ChannelId;
import dev.reelay.task.AdvanceTask;
import dev.reelay.task.Attempt;
import dev.reelay.task.Callback;
import dev.reelay.task.CancelOutcome;
import dev.reelay.task.FetchOutcome;
import dev.reelay.task.FindOutcome;
import dev.reelay.task.Job;
import dev.reelay.task.JobSearch;
import dev.reelay.task.ListOutcome;
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
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * One life of a node: the real workers over the real database, the real journal and real sockets,
 * driven by hand in one thread. What is in memory here is gone with it.
 */
final class CrashLife {
  private static final String NODE = "node-a";
  private static final int ROUNDS_MAX = 50;

  private final CrashGround ground;
  private final Walked walked;
  private final DiskJournal journal;
  private final NodeKeeper keeper;
  private final Schedule schedule;
  private final Dispatcher dispatcher;
  private int placesBeforeSend;

  /** What is walked. */
  enum Walked {
    /** Money, job and lease; no file is fetched. */
    LEASE,
    /** Money, job and file; the lease is renewed without faults, since it is the same each time. */
    FILE
  }

  /** Throws while the database is down, as a start does. */
  CrashLife(CrashGround ground, Engine engine, Supplier<Catalogue> catalogue, Walked walked) {
    this.ground = ground;
    this.walked = walked;
    ground.points.bornAgain();
    var source = ground.points.in(ground.kit.source());
    var tasks = new JdbcTaskStore(source);
    journal = DiskJournal.open(ground.journal());
    schedule = new Schedule(ground.clock, () -> {});
    keeper = new NodeKeeper(NODE, leases(source), tasks, schedule, ground.clock);
    var advance = new AdvanceTask(tasks, new News(schedule, journal), ground.clock);
    var upstream = new Struck(new JournaledUpstream(new Struck(engine, false), journal), true);
    var ports =
        new Dispatcher.Ports(
            advance,
            upstream,
            new Dispatcher.Rescue(new StruckSearch(engine), new JdbcDoubts(source)),
            catalogue,
            schedule,
            () -> UUID.randomUUID().toString(),
            ground.clock);
    dispatcher =
        new Dispatcher(
            schedule,
            ports,
            new LearnedTimes(),
            new Budgets(ground.clock),
            keeper::mayWork,
            Runnable::run);
    new ReplayJournal(journal, advance).replay();
    keeper.begin();
  }

  private JdbcNodeStore leases(DataSource struck) {
    return new JdbcNodeStore(
        switch (walked) {
          case LEASE -> struck;
          case FILE -> ground.points.beside(ground.kit.source());
        });
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
    for (var n = 0; n < ROUNDS_MAX && !ground.points.isDead(); n++) {
      if (dispatcher.runOnce().isPositive()) {
        return;
      }
    }
  }

  /** When something is due next, if anything is. */
  Optional<Instant> nextDue() {
    return schedule.nextDue();
  }

  /** How many places were passed before the first byte of the first create; 0 if none was sent. */
  int placesBeforeSend() {
    return placesBeforeSend;
  }

  /** Ends as one does whose process is stopped: a journal in which nothing is open is emptied. */
  void stop() {
    journal.close();
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
   * after that is in the journal; those around polls and downloads are the same.
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
      if (!isOutside && ground.points.pass()) {
        return new SubmitOutcome.NotSent("connecting took too long");
      }
      placesBeforeSend = placesBeforeSend == 0 ? ground.points.passed() : placesBeforeSend;
      var outcome = upstream.submit(task, attempt);
      return ground.points.pass() && !isOutside
          ? new SubmitOutcome.Ambiguous("reading took too long")
          : outcome;
    }

    @Override
    public PollOutcome poll(Task task, Job job) {
      return struck(
          () -> upstream.poll(task, job),
          () -> new PollOutcome.Unanswered("reading took too long", Optional.empty()));
    }

    @Override
    public CancelOutcome cancel(Task task, Job job) {
      return upstream.cancel(task, job);
    }

    @Override
    public FetchOutcome fetch(Task task, Job job, VideoResult result) {
      return struck(
          () ->
              switch (walked) {
                case LEASE -> asIfFetched(task);
                case FILE -> upstream.fetch(task, job, result);
              },
          () -> new FetchOutcome.Unanswered("reading took too long"));
    }

    private static FetchOutcome asIfFetched(Task task) {
      return new FetchOutcome.Stored(TaskSamples.output(task.id()), task.request().shape().usage());
    }

    /** Two of these stand one around the other, and only the outer one has places. */
    private <O> O struck(Supplier<O> call, Supplier<O> lost) {
      if (!isOutside) {
        return call.get();
      }
      return CrashLife.this.struck(call, lost);
    }

    @Override
    public Abilities abilities(ChannelId channel) {
      return upstream.abilities(channel);
    }
  }

  /** A place before the call, and one after its answer is in memory. */
  private <O> O struck(Supplier<O> call, Supplier<O> lost) {
    if (ground.points.pass()) {
      return lost.get();
    }
    var outcome = call.get();
    return ground.points.pass() ? lost.get() : outcome;
  }

  /** The places around look-ups and lists. */
  private final class StruckSearch implements JobSearch {
    private final JobSearch search;

    StruckSearch(JobSearch search) {
      this.search = search;
    }

    @Override
    public FindOutcome find(Attempt attempt) {
      return struck(
          () -> search.find(attempt),
          () -> new FindOutcome.Unanswered("reading took too long", Optional.empty()));
    }

    @Override
    public ListOutcome list(Attempt attempt, Instant since) {
      return struck(
          () -> search.list(attempt, since),
          () -> new ListOutcome.Unanswered("reading took too long", Optional.empty()));
    }

    @Override
    public Optional<String> named(ChannelId channel, Callback callback) {
      return search.named(channel, callback);
    }
  }
}
