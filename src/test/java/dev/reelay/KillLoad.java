package dev.reelay;

import dev.reelay.testkit.RelayClient;
import dev.reelay.testkit.RelayClient.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Callers that create and query while the server, or its database, dies and comes back. Each create
 * is repeated with its idempotency key until it is acknowledged; what contradicts an earlier answer
 * is a fault, and so is a refusal that does not say when to come again.
 */
final class KillLoad implements AutoCloseable {
  private static final List<String> PROMPTS =
      List.of("[instant] kill", "[slow 2s] kill", "[fail] [slow 1s] kill");
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final Duration RETRY_PAUSE = Duration.ofMillis(300);
  private static final int ANSWERS_SECONDS_MAX = 5;
  private static final int LAST_CALLS_SECONDS_MAX = 60;

  private final String model;
  private final AtomicReference<RelayClient> current = new AtomicReference<>();
  private final Semaphore allowed = new Semaphore(0);
  private final CountDownLatch ending = new CountDownLatch(1);
  private final Semaphore answers = new Semaphore(0);
  private final Map<String, String> idsByKey = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<String> faults = new ConcurrentLinkedQueue<>();
  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicInteger unanswered = new AtomicInteger();
  private final Semaphore refusals = new Semaphore(0);
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicInteger replays = new AtomicInteger();
  private final AtomicInteger slow = new AtomicInteger();
  private final List<Thread> callers = new ArrayList<>();

  KillLoad(int callers, long seed) {
    this("sandbox-video", callers, seed);
  }

  /** Asks for this model, whose upstream must heed the sandbox's prompts. */
  KillLoad(String model, int callers, long seed) {
    this.model = model;
    var random = new SplittableRandom(seed);
    for (int caller = 0; caller < callers; caller++) {
      var name = "caller-" + caller;
      var own = random.split();
      this.callers.add(Thread.ofVirtual().name(name).start(() -> run(name, own)));
    }
  }

  /** From now on the callers talk to this server, and may create so many more tasks. */
  synchronized void reach(RelayClient client, int newTasks) {
    current.set(client);
    notifyAll();
    allowed.release(newTasks);
  }

  /** Waits for so many more acknowledged creates, or a while. */
  void awaitAnswers(int count) {
    await(answers, count);
  }

  /** Waits until so many more calls were told to come again, or a while. */
  void awaitRefusals(int count) {
    await(refusals, count);
  }

  private void await(Semaphore told, int count) {
    try {
      told.drainPermits();
      if (!told.tryAcquire(count, ANSWERS_SECONDS_MAX, TimeUnit.SECONDS)) {
        slow.incrementAndGet();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Lets every caller end the create that it is at. */
  void finish() {
    ending.countDown();
    try {
      for (var caller : callers) {
        if (!caller.join(Duration.ofSeconds(LAST_CALLS_SECONDS_MAX))) {
          faults.add(caller.getName() + " got no answer to its last create");
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

  List<String> faults() {
    return List.copyOf(faults);
  }

  /** The ids as they are stored. */
  List<String> taskIds() {
    return idsByKey.values().stream().map(id -> id.replaceFirst(".*task_", "")).toList();
  }

  /** Calls whose connection ended without an answer. */
  int unanswered() {
    return unanswered.get();
  }

  String figures() {
    return "%d tasks, %d calls, %d refused, %d without an answer, %d replayed, %d times slow"
        .formatted(
            idsByKey.size(),
            calls.get(),
            refused.get(),
            unanswered.get(),
            replays.get(),
            slow.get());
  }

  private void run(String name, SplittableRandom random) {
    try {
      for (int number = 0; !isEnding(); number++) {
        if (allowed.tryAcquire(RETRY_PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
          oneTask(name + "-" + number, random);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void oneTask(String key, SplittableRandom random) throws InterruptedException {
    var body = RelayClient.cheap(model, PROMPTS.get(random.nextInt(PROMPTS.size())));
    var id = createUntilAcknowledged(key, body);
    idsByKey.put(key, id);
    if (random.nextBoolean()) {
      var again = createUntilAcknowledged(key, body);
      if (!again.equals(id)) {
        faults.add(key + " gave " + id + " and then " + again);
      }
    }
    query(id);
  }

  private String createUntilAcknowledged(String key, String body) throws InterruptedException {
    while (true) {
      calls.incrementAndGet();
      var client = current.get();
      var answer = client.tryCreate(body, key);
      if (answer.isPresent() && answer.get().status() == 200) {
        replays.addAndGet(answer.get().field("idempotent-replayed").equals("true") ? 1 : 0);
        answers.release();
        return answer.get().at("/id");
      }
      answer.ifPresentOrElse(this::mayBeRefused, unanswered::incrementAndGet);
      awaitOther(client);
    }
  }

  /** Busy with the same key, or without its database for a moment; anything else is a fault. */
  private void mayBeRefused(Answer answer) {
    refused.incrementAndGet();
    refusals.release();
    if (answer.status() != 409 && answer.status() != 503) {
      faults.add("a create got " + answer);
    }
    if (answer.field("retry-after").isEmpty()) {
      faults.add("a refusal does not say when to come again: " + answer);
    }
  }

  private void query(String id) {
    calls.incrementAndGet();
    var answer = current.get().tryQuery(id);
    if (answer.isEmpty()) {
      unanswered.incrementAndGet();
    } else if (answer.get().status() != 200) {
      mayBeRefused(answer.get());
    }
  }

  /** The next life of the server, or a short while if this one only had no time. */
  private synchronized void awaitOther(RelayClient failed) throws InterruptedException {
    var until = System.nanoTime() + RETRY_PAUSE.toNanos();
    while (current.get() == failed && System.nanoTime() < until) {
      wait(Math.max(1, (until - System.nanoTime()) / NANOS_PER_MILLI));
    }
  }

  private boolean isEnding() {
    return ending.getCount() == 0;
  }
}
