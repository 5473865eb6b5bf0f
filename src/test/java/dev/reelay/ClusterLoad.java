package dev.reelay;

import dev.reelay.testkit.Pauses;
import dev.reelay.testkit.RelayClient;
import dev.reelay.testkit.RelayClient.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Callers in front of several relays, as behind a load balancer that knows nothing: each call goes
 * to any node, and if that one does not serve it, once more to the next. What fails twice is a
 * fault; only a node whose database is too busy, as on a machine with too much to do, is asked
 * again when it says so. A task is asked for at another node than the one that took it.
 */
final class ClusterLoad implements AutoCloseable {
  private static final Duration END_MAX = Duration.ofMinutes(1);
  private static final Duration BUSY_PAUSE = Duration.ofSeconds(2);
  private static final int BUSY_MAX = 5;

  private final String model;
  private final Duration pause;
  private final CountDownLatch ending = new CountDownLatch(1);
  private final ConcurrentLinkedQueue<String> ids = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<String> faults = new ConcurrentLinkedQueue<>();
  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicInteger retries = new AtomicInteger();
  private final AtomicInteger busy = new AtomicInteger();
  private final List<Thread> callers = new ArrayList<>();
  private volatile List<RelayClient> nodes;

  /**
   * @param pause of each caller between two tasks
   */
  ClusterLoad(String model, List<RelayClient> nodes, int callers, Duration pause, long seed) {
    this.model = model;
    this.nodes = List.copyOf(nodes);
    this.pause = pause;
    var random = new SplittableRandom(seed);
    for (int caller = 0; caller < callers; caller++) {
      var name = "caller-" + caller + "-" + Long.toHexString(seed);
      var own = random.split();
      this.callers.add(Thread.ofVirtual().name(name).start(() -> run(name, own)));
    }
  }

  /** A node has come back under another address. */
  void reach(List<RelayClient> now) {
    nodes = List.copyOf(now);
  }

  /** Lets every caller end the task that it is at. */
  void finish() {
    ending.countDown();
    try {
      for (var caller : callers) {
        if (!caller.join(END_MAX)) {
          faults.add(caller.getName() + " did not end");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    ending.countDown();
    callers.forEach(Thread::interrupt);
  }

  /** The ids as they are stored. */
  List<String> taskIds() {
    return ids.stream().map(id -> id.replaceFirst(".*task_", "")).toList();
  }

  List<String> faults() {
    return List.copyOf(faults);
  }

  String figures() {
    return "%d tasks, %d calls, %d retried, %d busy"
        .formatted(ids.size(), calls.get(), retries.get(), busy.get());
  }

  private void run(String name, SplittableRandom random) {
    try {
      for (int number = 0; !ending.await(pause.toMillis(), TimeUnit.MILLISECONDS); number++) {
        var key = name + "-" + number;
        var body = RelayClient.cheap(model, key);
        served(random, node -> node.tryCreate(body, key))
            .map(answer -> answer.at("/id"))
            .ifPresent(id -> accepted(id, random));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void accepted(String id, SplittableRandom random) {
    ids.add(id);
    served(random, node -> node.tryQuery(id));
  }

  private Optional<Answer> served(
      SplittableRandom random, Function<RelayClient, Optional<Answer>> call) {
    var now = nodes;
    int first = random.nextInt(now.size());
    var answer = once(call, now.get(first));
    if (isServed(answer)) {
      return answer;
    }
    retries.incrementAndGet();
    var again = patiently(call, now.get((first + 1) % now.size()));
    if (!isServed(again)) {
      faults.add("failed twice: " + answer + " and " + again);
    }
    return again.filter(_ -> isServed(again));
  }

  private Optional<Answer> patiently(
      Function<RelayClient, Optional<Answer>> call, RelayClient node) {
    var answer = once(call, node);
    for (int again = 0; again < BUSY_MAX && isBusy(answer); again++) {
      busy.incrementAndGet();
      Pauses.of(BUSY_PAUSE);
      answer = once(call, node);
    }
    return answer;
  }

  private static boolean isBusy(Optional<Answer> answer) {
    return answer.filter(a -> a.at("/error/code").equals("database_unavailable")).isPresent();
  }

  private Optional<Answer> once(Function<RelayClient, Optional<Answer>> call, RelayClient node) {
    calls.incrementAndGet();
    return call.apply(node);
  }

  private static boolean isServed(Optional<Answer> answer) {
    return answer.filter(known -> known.status() == 200).isPresent();
  }
}
