package dev.reelay.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.money.Money;
import dev.reelay.routing.ChannelId;
import dev.reelay.task.AdvanceTask;
import dev.reelay.task.Attempt;
import dev.reelay.task.Task;
import dev.reelay.task.TaskEvent;
import dev.reelay.task.TaskListener;
import dev.reelay.task.TaskStore;
import dev.reelay.testkit.Crowd;
import dev.reelay.testkit.InMemoryTaskStore;
import dev.reelay.testkit.ManualClock;
import dev.reelay.testkit.TaskSamples;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The tasks in memory: when the store is asked, and which of two views wins. */
class ViewCacheTest {
  private final ManualClock clock = new ManualClock();
  private final InMemoryTaskStore store = new InMemoryTaskStore(clock);
  private final AtomicInteger finds = new AtomicInteger();
  private final ViewCache views = new ViewCache(counting(store, finds), clock);
  private final List<Task> commits = new ArrayList<>();
  private Task queued = TaskSamples.queued();

  @BeforeEach
  void store_a_task() {
    var tenant = store.addTenant(Money.parse("100"));
    var key = store.addKey(tenant, Optional.empty());
    queued = TaskSamples.queued(TaskSamples.taskId(1), tenant, key, queued.hold());
    store.create(new TaskStore.NewTask(queued, OptionalInt.empty(), Optional.empty()));
  }

  @Test
  void a_task_is_read_once_and_again_after_its_time() {
    views.find(queued.id());
    clock.move(Duration.ofMillis(ViewCache.FRESH_MILLIS - 1));
    views.find(queued.id());
    assertThat(finds).hasValue(1);

    clock.move(Duration.ofMillis(1));
    views.find(queued.id());

    assertThat(finds).hasValue(2);
  }

  @Test
  void our_own_commits_need_no_look_into_the_store() {
    views.committed(queued);

    assertThat(views.find(queued.id())).contains(queued);
    assertThat(finds).hasValue(0);
  }

  @Test
  void commits_that_arrive_out_of_order_leave_the_newest() {
    submit();
    assertThat(commits).hasSize(1);

    views.committed(commits.getFirst());
    views.committed(queued);

    assertThat(views.find(queued.id()).map(Task::version)).contains(queued.version() + 1);
  }

  @Test
  void what_another_changed_is_seen_once_we_are_told() {
    views.committed(queued);
    submit();
    assertThat(views.find(queued.id())).contains(queued);

    views.invalidate(queued.id());

    assertThat(views.find(queued.id())).contains(commits.getFirst());
  }

  @Test
  void after_a_lost_connection_every_task_is_read_again() {
    views.committed(queued);
    submit();

    views.invalidateAll();

    assertThat(views.find(queued.id())).contains(commits.getFirst());
  }

  @Test
  void progress_of_memory_outlives_a_row_that_knows_less() {
    views.committed(queued);
    views.progressed(queued.withProgress(50));

    clock.move(Duration.ofMinutes(1));

    assertThat(progress()).isEqualTo(50);
    assertThat(finds).hasValue(1);
    assertThat(views.seen(queued).marks().progress()).isEqualTo(50);
  }

  @Test
  void progress_makes_nothing_fresher_and_never_goes_back() {
    views.progressed(queued.withProgress(50));
    views.progressed(queued.withProgress(20));

    assertThat(progress()).isEqualTo(50);
    assertThat(finds).hasValue(1);
  }

  @Test
  void an_id_that_does_not_exist_is_asked_for_each_time() {
    views.find(TaskSamples.taskId(9));
    views.find(TaskSamples.taskId(9));

    assertThat(finds).hasValue(2);
  }

  private int progress() {
    return views.find(queued.id()).orElseThrow().marks().progress();
  }

  /** Another node moves the task; what it committed is kept aside. */
  private void submit() {
    var listener =
        new TaskListener() {
          @Override
          public void committed(Task task) {
            commits.add(task);
          }

          @Override
          public void progressed(Task task) {}
        };
    var attempt = sample();
    new AdvanceTask(store, listener, clock)
        .apply(queued, new TaskEvent.SubmitStarted(attempt, "test"));
  }

  private Attempt sample() {
    return TaskSamples.attempt(queued.id(), 1, new ChannelId(1));
  }

  /** The same store, whose finds are counted. */
  private static TaskStore counting(TaskStore store, AtomicInteger finds) {
    return proxy(
        call -> {
          if (call.method().getName().equals("find")) {
            finds.incrementAndGet();
          }
          return call.method().invoke(store, call.arguments().toArray());
        });
  }

  private record Call(Method method, List<Object> arguments) {}

  /** What a call of the store comes to. */
  private interface Answers {
    Object to(Call call) throws Exception;
  }

  private static TaskStore proxy(Answers answers) {
    var types = new Class<?>[] {TaskStore.class};
    return (TaskStore)
        Proxy.newProxyInstance(
            TaskStore.class.getClassLoader(),
            types,
            (_, method, arguments) -> answers.to(new Call(method, List.of(arguments))));
  }

  @Test
  void whoever_watches_finds_the_news_in_the_view() {
    views.committed(queued);
    try (var watch = views.watches().watch(List.of(queued.id()))) {
      views.progressed(queued.withProgress(20));
      assertThat(watch.await(Duration.ZERO)).isEqualTo(Watches.Heard.NEWS);
      views.invalidate(queued.id());
      assertThat(watch.await(Duration.ZERO)).isEqualTo(Watches.Heard.NEWS);
      views.invalidateAll();
      assertThat(watch.await(Duration.ZERO)).isEqualTo(Watches.Heard.NEWS);
      views.committed(queued);
      assertThat(watch.await(Duration.ZERO)).isEqualTo(Watches.Heard.NEWS);
    }
  }

  @Test
  void who_waited_for_anothers_read_is_told_that_the_store_is_away() throws Exception {
    var asked = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    var away =
        proxy(
            _ -> {
              finds.incrementAndGet();
              asked.countDown();
              goOn.await();
              throw new IllegalStateException("away");
            });
    var broken = new ViewCache(away, clock);
    var outcomes = new ConcurrentLinkedQueue<String>();
    var first = Thread.ofVirtual().start(() -> outcomes.add(outcome(broken)));
    asked.await();
    var second = Thread.ofVirtual().start(() -> outcomes.add(outcome(broken)));
    while (second.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }

    goOn.countDown();
    first.join();
    second.join();

    assertThat(outcomes).containsExactly("away", "away");
    assertThat(finds).hasValue(1);
  }

  private String outcome(ViewCache cache) {
    try {
      return cache.find(queued.id()).isPresent() ? "found" : "missing";
    } catch (IllegalStateException e) {
      return String.valueOf(e.getMessage());
    }
  }

  @Test
  void thousands_who_ask_after_one_change_ask_the_store_a_few_times_only() {
    views.invalidateAll();

    Crowd.run(2_000, _ -> () -> views.find(queued.id()));

    assertThat(finds.get()).isBetween(1, 100);
  }
}
