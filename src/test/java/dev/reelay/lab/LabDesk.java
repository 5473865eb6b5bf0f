package dev.reelay.lab;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** The jobs of one part: made, walked through their states by the clock, and looked at. */
public final class LabDesk {
  private final LabWorld world;
  private final LabPart part;
  private final Map<String, Kept> byId = new ConcurrentHashMap<>();
  private final Map<String, Kept> byReference = new ConcurrentHashMap<>();
  private final ConcurrentLinkedDeque<Kept> newestFirst = new ConcurrentLinkedDeque<>();
  private final ConcurrentLinkedQueue<Kept> untold = new ConcurrentLinkedQueue<>();
  private final Set<String> happened = ConcurrentHashMap.newKeySet();
  private final Map<LabWord, AtomicInteger> ordered = new ConcurrentHashMap<>();
  private final AtomicInteger serial = new AtomicInteger();
  private volatile Consumer<String> watcher = _ -> {};

  LabDesk(LabWorld world, LabPart part) {
    this.world = world;
    this.part = part;
  }

  private static final class Kept {
    private final LabOrder order;
    private final Instant madeAt;
    private final Set<LabWord> words;
    private final AtomicBoolean canceled = new AtomicBoolean();
    private final AtomicBoolean hurried = new AtomicBoolean();
    private final AtomicInteger addresses = new AtomicInteger();
    private final AtomicInteger looks = new AtomicInteger();

    Kept(LabOrder order, Instant madeAt, Set<LabWord> words) {
      this.order = order;
      this.madeAt = madeAt;
      this.words = words;
    }
  }

  /** The lab's time. */
  public Instant now() {
    return world.clock().instant();
  }

  /** Where the part is: the lab's address and its name. */
  public URI baseUrl() {
    return world.baseUrl(part.name());
  }

  /** A number that no other job of this part has, for ids. */
  public int serial() {
    return serial.incrementAndGet();
  }

  /**
   * @param presented what stood in the vendor's header, without its scheme
   * @throws LabRefusal if it is not the credential that every part takes
   */
  public void requireSecret(Optional<String> presented) {
    if (presented.filter(part.channel().secret()::equals).isEmpty()) {
      throw LabRefusal.of(LabRefusal.Kind.CREDENTIAL, "the credential is not known");
    }
  }

  /** The same for {@code Authorization: Bearer …}. */
  public void requireBearer(LabRequest request) {
    requireSecret(
        request
            .header("authorization")
            .filter(value -> value.startsWith("Bearer "))
            .map(value -> value.substring("Bearer ".length())));
  }

  /**
   * Makes a job, unless its prompt asks for something else.
   *
   * @throws LabRefusal where nothing was made
   */
  public LabJob make(LabOrder order) {
    var words = LabWord.in(order.prompt());
    refuseIf(once(words, LabWord.BUSY, order.prompt()), LabRefusal.Kind.BUSY);
    refuseIf(once(words, LabWord.BROKEN, order.prompt()), LabRefusal.Kind.BROKEN);
    refuseIf(words.contains(LabWord.REFUSE), LabRefusal.Kind.CONTENT);
    refuseIf(once(words, LabWord.MONEY, order.prompt()), LabRefusal.Kind.MONEY);
    refuseIf(once(words, LabWord.NO_MODEL, order.prompt()), LabRefusal.Kind.NO_MODEL);
    refuseIf(once(words, LabWord.BUSINESS, order.prompt()), LabRefusal.Kind.BUSINESS);
    var kept = keep(order, words);
    if (words.contains(LabWord.EARLY_CALLBACK)) {
      tell(kept);
    } else if (order.callback().isPresent()) {
      untold.add(kept);
    }
    breakIf(once(words, LabWord.CUT, order.prompt()), new LabAnswer.Cut());
    breakIf(once(words, LabWord.HANG, order.prompt()), new LabAnswer.Hang());
    breakIf(once(words, LabWord.GARBAGE, order.prompt()), new LabAnswer.Garbage());
    return seen(kept);
  }

  private Kept keep(LabOrder order, Set<LabWord> words) {
    var kept = new Kept(order, now(), words);
    if (byId.putIfAbsent(order.id(), kept) != null) {
      throw new IllegalStateException("two jobs have the id " + order.id());
    }
    newestFirst.addFirst(kept);
    order.reference().ifPresent(name -> byReference.putIfAbsent(name, kept));
    world.journal().note(part.name(), order, kept.madeAt);
    return kept;
  }

  /**
   * A job as it stands, for a poll.
   *
   * @throws LabRefusal if there is none, or its prompt asks for trouble with polls
   */
  public LabJob look(String id) {
    watcher.accept(id);
    var kept = find(id);
    kept.looks.incrementAndGet();
    refuseIf(once(kept.words, LabWord.POLL_BUSY, id), LabRefusal.Kind.BUSY);
    refuseIf(once(kept.words, LabWord.POLL_BROKEN, id), LabRefusal.Kind.BROKEN);
    breakIf(once(kept.words, LabWord.POLL_CUT, id), new LabAnswer.Cut());
    breakIf(once(kept.words, LabWord.POLL_GARBAGE, id), new LabAnswer.Garbage());
    return seen(kept);
  }

  /** How often a job was polled. */
  public int looks(String id) {
    return find(id).looks.get();
  }

  /** The same in a poll of several, whose answer leaves out what is not there. */
  public Optional<LabJob> lookIfThere(String id) {
    try {
      return Optional.of(look(id));
    } catch (LabRefusal refusal) {
      if (refusal.kind() == LabRefusal.Kind.NO_JOB) {
        return Optional.empty();
      }
      throw refusal;
    }
  }

  /**
   * The same for anything else than a poll.
   *
   * @throws LabRefusal if there is none
   */
  public LabJob get(String id) {
    return seen(find(id));
  }

  /** The job that was made with this reference, if there is one; of several the oldest. */
  public Optional<LabJob> named(String reference) {
    return Optional.ofNullable(byReference.get(reference)).map(this::seen);
  }

  /** The same for a look-up, in which a job shows some time after it was made. */
  public Optional<LabJob> lookUp(String reference) {
    return named(reference).filter(this::isShown);
  }

  private boolean isShown(LabJob job) {
    return !now().isBefore(job.madeAt().plus(world.pace().shown()));
  }

  /** Every job that a list shows by now, newest first. */
  public List<LabJob> jobs() {
    return newestFirst.stream()
        .filter(this::isThere)
        .map(this::seen)
        .filter(this::isShown)
        .toList();
  }

  /**
   * Cancels a job.
   *
   * @throws LabRefusal if there is none, or it has ended
   */
  public LabJob cancel(String id) {
    var kept = find(id);
    refuseIf(seen(kept).isFinal(), LabRefusal.Kind.TOO_LATE);
    kept.canceled.set(true);
    return seen(kept);
  }

  /** Another job like this one, as if it had been asked for once more; nobody is called back. */
  public void makeAlike(LabJob job, String id) {
    keep(job.order().as(id), find(job.id()).words);
  }

  /** Tells of each job that is polled, before it is looked at. */
  public void watch(Consumer<String> polled) {
    watcher = polled;
  }

  /**
   * Lets a job come to its end now, however long it was to take.
   *
   * @throws LabRefusal if there is none
   */
  public void hurry(String id) {
    find(id).hurried.set(true);
  }

  /** Where the result is, on another host, from now on for {@link LabPart#resultLife}. */
  public URI video(LabJob job) {
    var kept = find(job.id());
    var dead = kept.words.contains(LabWord.EXPIRED) && kept.addresses.getAndIncrement() == 0;
    var until = dead ? now().minus(Duration.ofDays(1)) : now().plus(part.resultLife());
    return world
        .files()
        .resolve(
            "/%s/%s/%d.mp4"
                .formatted(
                    part.name(),
                    URLEncoder.encode(job.id(), StandardCharsets.UTF_8),
                    until.toEpochMilli()));
  }

  /** The bytes of the result. */
  public byte[] videoBytes(LabJob job) {
    return find(job.id()).words.contains(LabWord.UNPLAYABLE)
        ? "this is no video".getBytes(StandardCharsets.UTF_8)
        : LabClips.of(job.order().seconds());
  }

  /** Sends a call now and waits for its answer, which may be empty. */
  public Optional<String> send(LabCall call) {
    return world.send(call);
  }

  /** The next so many creates or polls misbehave like this, whatever their prompt says. */
  void misbehave(LabWord word, int times) {
    ordered.put(word, new AtomicInteger(times));
  }

  /** Calls back about jobs that have ended since. */
  void tick() {
    untold.removeIf(
        kept -> {
          var ended = seen(kept).isFinal();
          if (ended) {
            Thread.startVirtualThread(() -> tell(kept));
          }
          return ended;
        });
  }

  /** What is forgotten is not called back about either. */
  private void tell(Kept kept) {
    if (kept.words.contains(LabWord.LOST)) {
      return;
    }
    var times = kept.words.contains(LabWord.TWICE) ? 2 : 1;
    for (var i = 0; i < times; i++) {
      part.callback(this, seen(kept)).ifPresent(world::send);
    }
  }

  private LabJob seen(Kept kept) {
    var pace = world.pace();
    var age = Duration.between(kept.madeAt, now());
    var phase = phase(kept, age, pace);
    var share = 100 * age.toMillis() / Math.max(1, pace.whole().toMillis());
    var percent =
        switch (phase) {
          case QUEUED -> 0;
          case RUNNING, ODD, FAILED, REFUSED, CANCELED -> Math.clamp(share, 1, 99);
          case SUCCEEDED, EMPTY -> 100;
        };
    return new LabJob(kept.order, kept.madeAt, phase, percent);
  }

  private static LabJob.Phase phase(Kept kept, Duration age, LabPace pace) {
    var atOnce =
        kept.words.contains(LabWord.INSTANT) || kept.words.contains(LabWord.EARLY_CALLBACK);
    if (kept.canceled.get()) {
      return LabJob.Phase.CANCELED;
    }
    if (kept.hurried.get()) {
      return end(kept.words);
    }
    if (!atOnce && age.compareTo(pace.queued()) < 0) {
      return LabJob.Phase.QUEUED;
    }
    if (kept.words.contains(LabWord.ENDLESS) || (!atOnce && age.compareTo(pace.whole()) < 0)) {
      return kept.words.contains(LabWord.UNKNOWN_WORD) ? LabJob.Phase.ODD : LabJob.Phase.RUNNING;
    }
    return end(kept.words);
  }

  private static LabJob.Phase end(Set<LabWord> words) {
    if (words.contains(LabWord.FAIL)) {
      return LabJob.Phase.FAILED;
    }
    if (words.contains(LabWord.CONTENT)) {
      return LabJob.Phase.REFUSED;
    }
    return words.contains(LabWord.NO_VIDEO) ? LabJob.Phase.EMPTY : LabJob.Phase.SUCCEEDED;
  }

  private boolean isThere(Kept kept) {
    return !kept.words.contains(LabWord.LOST) || !seen(kept).isFinal();
  }

  private Kept find(String id) {
    return Optional.ofNullable(byId.get(id))
        .filter(this::isThere)
        .orElseThrow(() -> LabRefusal.of(LabRefusal.Kind.NO_JOB, "there is no job " + id));
  }

  /** Whether the word's trouble is due: the first time for a prompt or job, or as was ordered. */
  private boolean once(Set<LabWord> words, LabWord word, String about) {
    var more = ordered.get(word);
    return (words.contains(word) && happened.add(word + about))
        || (more != null && more.getAndDecrement() > 0);
  }

  private static void refuseIf(boolean due, LabRefusal.Kind kind) {
    if (due) {
      var isModel = kind == LabRefusal.Kind.NO_MODEL;
      throw LabRefusal.of(
          kind, isModel ? "the model does not exist" : "the lab was asked for " + kind);
    }
  }

  private static void breakIf(boolean due, LabAnswer how) {
    if (due) {
      throw new LabBreak(how);
    }
  }
}
