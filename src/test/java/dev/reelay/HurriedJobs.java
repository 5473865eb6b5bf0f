package dev.reelay;

import dev.reelay.lab.Lab;
import dev.reelay.testkit.RelayClient;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Endless jobs of a laboratory, some of which come to their end as they are polled; and how long
 * after that poll a client of the relay sees each video.
 */
final class HurriedJobs {
  private static final long SEEN_WITHIN_NANOS = TimeUnit.SECONDS.toNanos(90);

  /** A provider that is polled seldom has its turn meanwhile. */
  private static final long HURRIED_WITHIN_SECONDS = 90;

  private final Lab lab;
  private final Map<Job, String> tasks = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> polls = new ConcurrentHashMap<>();
  private volatile Round round = new Round(0, 1);

  /** A job at a part of the laboratory. */
  private record Job(String part, String id) {}

  /** Of the milliseconds from the poll until the video is seen. */
  record Delays(long p50, long p95, long p99, long worst) {
    private static Delays of(List<Long> sorted) {
      return new Delays(part(sorted, 50), part(sorted, 95), part(sorted, 99), part(sorted, 100));
    }

    private static long part(List<Long> sorted, int percent) {
      return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
    }
  }

  /** One order: how many jobs are still to end, and when the next one may. */
  private static final class Round {
    private final AtomicInteger left;
    private final long everyNanos;
    private final AtomicLong nextAt = new AtomicLong(System.nanoTime());
    private final CountDownLatch unseen;
    private final ConcurrentLinkedQueue<Long> millis = new ConcurrentLinkedQueue<>();

    Round(int count, int perSecond) {
      this.left = new AtomicInteger(count);
      this.everyNanos = TimeUnit.SECONDS.toNanos(1) / perSecond;
      this.unseen = new CountDownLatch(count);
    }

    boolean takesOne() {
      long now = System.nanoTime();
      long at = nextAt.get();
      return left.get() > 0
          && now >= at
          && nextAt.compareAndSet(at, Math.max(at, now - everyNanos) + everyNanos)
          && left.getAndDecrement() > 0;
    }

    void seen(long nanos) {
      millis.add(TimeUnit.NANOSECONDS.toMillis(nanos));
      unseen.countDown();
    }
  }

  HurriedJobs(Lab lab) {
    this.lab = lab;
  }

  /** Looks at the polls of a part, on behalf of this client of the relay. */
  void watch(String part, RelayClient client) {
    var count = polls.computeIfAbsent(part, _ -> new LongAdder());
    lab.desk(part)
        .watch(
            id -> {
              count.increment();
              polled(new Job(part, id), client);
            });
  }

  /** A job that may be hurried, and the task of the relay that it belongs to. */
  void add(String part, String id, String task) {
    tasks.put(new Job(part, id), task);
  }

  /** How many times jobs of a part were asked for; a batch asks for each of its jobs. */
  long polls(String part) {
    return polls.getOrDefault(part, new LongAdder()).sum();
  }

  private void polled(Job job, RelayClient client) {
    var now = round;
    if (tasks.containsKey(job) && now.takesOne()) {
      Optional.ofNullable(tasks.remove(job)).ifPresent(task -> hurry(now, job, task, client));
    }
  }

  private void hurry(Round of, Job job, String task, RelayClient client) {
    long at = System.nanoTime();
    lab.desk(job.part()).hurry(job.id());
    Thread.startVirtualThread(() -> awaitSeen(of, at, task, client));
  }

  /** Asks as a client that waits for each change. */
  private static void awaitSeen(Round of, long at, String task, RelayClient client) {
    var path = "/v1/video/query?wait=20&id=" + task;
    while (System.nanoTime() - at < SEEN_WITHIN_NANOS) {
      var answer = client.tryGet(path);
      if (answer.filter(known -> known.text().contains("\"status\":\"completed\"")).isPresent()) {
        of.seen(System.nanoTime() - at);
        return;
      }
    }
  }

  /**
   * Ends so many of the jobs that are polled next, at most so many a second.
   *
   * @return empty if not each was seen in time
   */
  Optional<Delays> end(int count, int perSecond) throws InterruptedException {
    var mine = new Round(count, perSecond);
    round = mine;
    var longest = 3L * count / perSecond + HURRIED_WITHIN_SECONDS;
    return mine.unseen.await(longest, TimeUnit.SECONDS)
        ? Optional.of(Delays.of(mine.millis.stream().sorted().toList()))
        : Optional.empty();
  }
}
