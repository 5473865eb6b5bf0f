package dev.reelay.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.access.TenantId;
import dev.reelay.money.Money;
import dev.reelay.routing.Catalogue;
import dev.reelay.routing.Channel;
import dev.reelay.routing.ChannelId;
import dev.reelay.routing.CredentialId;
import dev.reelay.task.AdvanceTask;
import dev.reelay.task.Attempt;
import dev.reelay.task.CancelOutcome;
import dev.reelay.task.ErrorCode;
import dev.reelay.task.FetchOutcome;
import dev.reelay.task.Job;
import dev.reelay.task.PollOutcome;
import dev.reelay.task.SubmitOutcome;
import dev.reelay.task.Task;
import dev.reelay.task.TaskState;
import dev.reelay.task.TaskState.Name;
import dev.reelay.task.TaskStore;
import dev.reelay.task.Upstream;
import dev.reelay.task.VideoResult;
import dev.reelay.testkit.InMemoryTaskStore;
import dev.reelay.testkit.ManualClock;
import dev.reelay.testkit.StoreAway;
import dev.reelay.testkit.TaskSamples;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What the dispatcher does when its own surroundings fail; how tasks go is in ScenarioTest. */
class DispatcherTest {
  private final ManualClock clock = new ManualClock();
  private final InMemoryTaskStore store = new InMemoryTaskStore(clock);
  private final Schedule schedule = new Schedule(clock, () -> {});
  private final NodeKeeper keeper = new NodeKeeper("node-a", store, store, schedule, clock);
  private final TenantId tenant = store.addTenant(Money.parse("100"));
  private final AtomicInteger polls = new AtomicInteger();
  private final AtomicInteger tokens = new AtomicInteger();
  private String givenId = "job";
  private Supplier<Catalogue> catalogue = () -> catalogue(Channel.Limits.DEFAULT);

  @Test
  void a_task_that_could_not_be_dispatched_comes_again() {
    var broken = new AtomicInteger(2);
    catalogue =
        () -> {
          if (broken.getAndDecrement() > 0) {
            throw new StoreAway();
          }
          return catalogue(Channel.Limits.DEFAULT);
        };
    var dispatcher = dispatcher(Runnable::run);
    var first = create(1);
    var second = create(2);

    pass(dispatcher, Duration.ofSeconds(10));

    assertThat(List.of(state(first), state(second))).containsOnly(Name.RUNNING);
    assertThat(schedule.busy()).isZero();
  }

  @Test
  void a_fact_that_can_never_be_saved_keeps_no_task_from_its_deadline() {
    givenId = " ";
    var dispatcher = dispatcher(Runnable::run);
    var task = create(1);

    pass(dispatcher, Duration.ofMinutes(1));
    assertThat(state(task)).isEqualTo(Name.IN_DOUBT);
    pass(dispatcher, Duration.ofHours(7));

    assertThat(store.find(task.id()).orElseThrow().state())
        .isInstanceOfSatisfying(
            TaskState.Failed.class,
            failed -> assertThat(failed.failure().code()).isEqualTo(ErrorCode.IN_DOUBT_GIVEN_UP));
    assertThat(schedule.size()).isZero();
  }

  @Test
  void a_channel_is_polled_no_more_often_than_it_allows() {
    catalogue = () -> catalogue(new Channel.Limits(64, 30));
    var dispatcher = dispatcher(Runnable::run);
    for (var n = 1; n <= 50; n++) {
      create(n);
    }

    pass(dispatcher, Duration.ofMinutes(10));

    assertThat(polls.get()).isBetween(290, 305);
  }

  @Test
  void work_that_finds_its_lane_full_comes_again() {
    catalogue = () -> catalogue(new Channel.Limits(1, 6_000));
    var hanging = new ArrayDeque<Runnable>();
    var dispatcher = dispatcher(hanging::add);
    for (var n = 1; n <= 30; n++) {
      create(n);
    }

    pass(dispatcher, Duration.ofSeconds(5));
    assertThat(schedule.busy()).isEqualTo(1 + Dispatcher.WAITING_PER_PLACE_MAX);
    for (var second = 0; second < 60; second++) {
      while (!hanging.isEmpty()) {
        hanging.remove().run();
      }
      pass(dispatcher, Duration.ofSeconds(1));
    }

    assertThat(store.all()).allMatch(task -> task.state().kind() == Name.RUNNING);
  }

  private void pass(Dispatcher dispatcher, Duration duration) {
    for (var left = duration.toSeconds(); left >= 0; left--) {
      keeper.runOnce();
      while (dispatcher.runOnce().isZero()) {
        // Until nothing is due any more.
      }
      clock.move(Duration.ofSeconds(1));
    }
  }

  private Name state(Task task) {
    return store.find(task.id()).orElseThrow().state().kind();
  }

  private Dispatcher dispatcher(Executor executor) {
    keeper.begin();
    var ports =
        new Dispatcher.Ports(
            new AdvanceTask(store, schedule, clock),
            new Slow(),
            () -> catalogue.get(),
            schedule,
            () -> "token-" + tokens.incrementAndGet(),
            clock);
    return new Dispatcher(schedule, ports, new LearnedTimes(), keeper::mayWork, executor);
  }

  private Task create(int n) {
    var like = TaskSamples.queued();
    var deadlines =
        new Task.Deadlines(
            clock.instant().plus(Duration.ofHours(1)), clock.instant().plus(Duration.ofHours(6)));
    var accepted =
        new Task.Accepted(
            tenant,
            store.addKey(tenant, Optional.empty()),
            like.request(),
            like.hold(),
            clock.instant(),
            deadlines);
    var task = Task.create(TaskSamples.taskId(n), accepted, keeper.custody());
    store.create(new TaskStore.NewTask(task, OptionalInt.empty(), Optional.empty()));
    schedule.committed(task);
    return task;
  }

  private static Catalogue catalogue(Channel.Limits limits) {
    var model = TaskSamples.request().served();
    var channel =
        new Channel(
            new ChannelId(1),
            "one",
            "fake",
            URI.create("https://provider.example"),
            true,
            Channel.Weight.DEFAULT,
            limits,
            Map.of(model, "theirs"),
            Map.of(),
            List.of(new CredentialId(1)));
    return new Catalogue(Map.of(), Map.of(), Map.of(), List.of(channel));
  }

  /** Accepts everything under the given id and never ends a job. */
  private final class Slow implements Upstream {
    @Override
    public SubmitOutcome submit(Task task, Attempt attempt) {
      return new SubmitOutcome.Accepted(givenId.isBlank() ? givenId : givenId + attempt.token());
    }

    @Override
    public PollOutcome poll(Task task, Job job) {
      polls.incrementAndGet();
      return new PollOutcome.Pending(OptionalInt.empty());
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
      return new Abilities(
          false, Duration.ZERO, true, Duration.ofSeconds(2), Duration.ofSeconds(2));
    }
  }
}
