package dev.reelay.worker;

import dev.reelay.access.TenantId;
import dev.reelay.money.Money;
import dev.reelay.routing.Budgets;
import dev.reelay.routing.Catalogue;
import dev.reelay.routing.Channel;
import dev.reelay.routing.ChannelId;
import dev.reelay.routing.CredentialId;
import dev.reelay.task.AdvanceTask;
import dev.reelay.task.Attempt;
import dev.reelay.task.CancelOutcome;
import dev.reelay.task.FetchOutcome;
import dev.reelay.task.Job;
import dev.reelay.task.PollOutcome;
import dev.reelay.task.Recovery;
import dev.reelay.task.SubmitOutcome;
import dev.reelay.task.Task;
import dev.reelay.task.TaskEvent;
import dev.reelay.task.TaskId;
import dev.reelay.task.TaskState.Name;
import dev.reelay.task.TaskStore;
import dev.reelay.task.Upstream;
import dev.reelay.task.VideoRequest;
import dev.reelay.task.VideoResult;
import dev.reelay.testkit.InMemoryDoubts;
import dev.reelay.testkit.InMemoryTaskStore;
import dev.reelay.testkit.ManualClock;
import dev.reelay.testkit.NoSearch;
import dev.reelay.testkit.TaskSamples;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;

/** One node over a provider that accepts everything and never ends a job. */
final class DispatcherKit {
  final ManualClock clock = new ManualClock();
  final InMemoryTaskStore store = new InMemoryTaskStore(clock);
  final Schedule schedule = new Schedule(clock, () -> {});
  final NodeKeeper keeper = new NodeKeeper("node-a", store, store, schedule, clock);
  final Budgets budgets = new Budgets(clock);
  final TenantId tenant = store.addTenant(Money.parse("1000"));
  final AtomicInteger polls = new AtomicInteger();

  /** What was sent, in order. */
  final List<Attempt> sent = new ArrayList<>();

  /** Whose tasks they were. */
  final List<TenantId> sentFor = new ArrayList<>();

  /** Rounds of the dispatcher's loop. */
  int rounds;

  /** How many jobs a call may ask for, what each is answered, and who was asked for together. */
  int atOnceMax = 1;

  Function<Task, PollOutcome> answers = _ -> new PollOutcome.Pending(OptionalInt.empty());
  final List<List<TaskId>> together = new ArrayList<>();

  String givenId = "job";
  Supplier<Catalogue> catalogue = () -> catalogue(channel(1, Channel.Limits.DEFAULT, 1));
  private final AtomicInteger tokens = new AtomicInteger();

  Dispatcher dispatcher(Executor executor) {
    keeper.begin();
    var ports =
        new Dispatcher.Ports(
            new AdvanceTask(store, schedule, clock),
            new Slow(),
            new Dispatcher.Rescue(new NoSearch(), new InMemoryDoubts(store)),
            () -> catalogue.get(),
            schedule,
            () -> "token-" + tokens.incrementAndGet(),
            clock);
    return new Dispatcher(schedule, ports, new LearnedTimes(), budgets, keeper::mayWork, executor);
  }

  void pass(Dispatcher dispatcher, Duration duration) {
    for (var left = duration.toSeconds(); left >= 0; left--) {
      round(dispatcher);
      clock.move(Duration.ofSeconds(1));
    }
  }

  /** Does all that is due now. */
  void round(Dispatcher dispatcher) {
    keeper.runOnce();
    do {
      rounds++;
    } while (dispatcher.runOnce().isZero());
  }

  Task create(int n) {
    return create(n, tenant);
  }

  Task create(int n, TenantId owner) {
    return create(n, owner, TaskSamples.queued().request());
  }

  Task create(int n, TenantId owner, VideoRequest request) {
    var like = TaskSamples.queued();
    var deadlines =
        new Task.Deadlines(
            clock.instant().plus(Duration.ofHours(1)), clock.instant().plus(Duration.ofHours(6)));
    var accepted =
        new Task.Accepted(
            owner,
            store.addKey(owner, Optional.empty()),
            request,
            like.hold(),
            clock.instant(),
            deadlines);
    var task = Task.create(TaskSamples.taskId(n), accepted, keeper.custody());
    store.create(new TaskStore.NewTask(task, OptionalInt.empty(), Optional.empty()));
    schedule.committed(task);
    return task;
  }

  void advance(TaskId id, TaskEvent event) {
    new AdvanceTask(store, schedule, clock).apply(id, event);
  }

  Name state(Task task) {
    return store.find(task.id()).orElseThrow().state().kind();
  }

  static Catalogue catalogue(Channel... channels) {
    return new Catalogue(Map.of(), Map.of(), Map.of(), List.of(channels));
  }

  /** A channel with credentials {@code 10 x id}, {@code 10 x id + 1} and so on. */
  static Channel channel(long id, Channel.Limits limits, int credentials) {
    var ids = new ArrayList<CredentialId>();
    for (var n = 0; n < credentials; n++) {
      ids.add(new CredentialId(10 * id + n));
    }
    return new Channel(
        new ChannelId(id),
        "channel " + id,
        "fake",
        URI.create("https://provider.example"),
        true,
        Channel.Weight.DEFAULT,
        limits,
        Map.of(TaskSamples.request().served(), "theirs"),
        Map.of(),
        ids);
  }

  private final class Slow implements Upstream {
    @Override
    public SubmitOutcome submit(Task task, Attempt attempt) {
      sent.add(attempt);
      sentFor.add(task.tenant());
      return new SubmitOutcome.Accepted(givenId.isBlank() ? givenId : givenId + attempt.token());
    }

    @Override
    public PollOutcome poll(Task task, Job job) {
      polls.incrementAndGet();
      return answers.apply(task);
    }

    @Override
    public int askedAtOnceMax(Job job) {
      return atOnceMax;
    }

    @Override
    public List<PollOutcome> pollAll(List<Asked> asked) {
      polls.incrementAndGet();
      together.add(asked.stream().map(one -> one.task().id()).toList());
      return asked.stream().map(one -> answers.apply(one.task())).toList();
    }

    @Override
    public CancelOutcome cancel(Task task, Job job) {
      return new CancelOutcome.Unanswered("never called");
    }

    @Override
    public FetchOutcome fetch(Task task, Job job, VideoResult result) {
      return new FetchOutcome.Unanswered("never called");
    }

    @Override
    public Abilities abilities(ChannelId channel) {
      return new Abilities(Recovery.NONE, true, Duration.ofSeconds(2), Duration.ofSeconds(2));
    }
  }
}
