package dev.reelay.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.routing.HealthPart.OfChannel;
import dev.reelay.routing.HealthPart.Sign;
import dev.reelay.routing.RoutePlanner.Ask;
import dev.reelay.routing.RoutePlanner.Candidate;
import dev.reelay.routing.RoutePlanner.Outlook;
import dev.reelay.testkit.ManualClock;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Ten channels that fail and recover at random while the operator takes some out of use: what is
 * disabled gets nothing, what is down gets probes only, what recovered is asked within two probe
 * periods, and among the well each gets its weight's share.
 */
class StarvationTest {
  private static final ModelName MODEL = new ModelName("sora-2");
  private static final int CHANNELS = 10;
  private static final Duration LENGTH = Duration.ofMinutes(10);
  private static final Duration BETWEEN_TASKS = Duration.ofMillis(400);
  private static final Duration BETWEEN_CHANGES = Duration.ofSeconds(12);

  /** Of nine degrees of freedom; a fair draw is above it once in a million runs. */
  private static final double CHI_SQUARE_MAX = 45.1;

  /** Where fewer are expected, the figure says nothing. */
  private static final int DRAWS_MIN = 5;

  /** So many tasks must have been drawn, or the test says nothing. */
  private static final int TASKS_MIN = 500;

  private final ManualClock clock = new ManualClock();
  private final HealthBook book = new HealthBook(clock);
  private final List<Truth> channels =
      IntStream.rangeClosed(1, CHANNELS).mapToObj(Truth::new).toList();
  private SplittableRandom random = new SplittableRandom();

  static LongStream few() {
    return LongStream.rangeClosed(1, 8);
  }

  static LongStream many() {
    return LongStream.rangeClosed(1_000, 1_300);
  }

  @ParameterizedTest
  @MethodSource("few")
  void no_channel_starves_and_none_that_is_out_is_asked(long seed) {
    run(seed);
  }

  @ParameterizedTest
  @MethodSource("many")
  @Tag("proof")
  void no_channel_starves_in_hundreds_of_histories(long seed) {
    run(seed);
  }

  /** A channel as it really is. */
  private final class Truth {
    private final int id;
    private boolean enabled = true;
    private boolean up = true;
    private Instant since = clock.instant();
    private long calls;
    private long callsWhileDown;
    private boolean wasOut;
    private double expected;
    private long got;

    Truth(int id) {
      this.id = id;
    }

    Channel channel() {
      return new Channel(
          new ChannelId(id),
          "channel " + id,
          "openai",
          URI.create("https://up.example"),
          enabled,
          new Channel.Weight(0, id),
          Channel.Limits.DEFAULT,
          Map.of(MODEL, "theirs"),
          Map.of(),
          List.of(new CredentialId(id)));
    }

    void change() {
      calls = 0;
      callsWhileDown = 0;
      since = clock.instant();
      wasOut = book.outages().stream().anyMatch(line -> line.part().channel().value() == id);
    }

    Duration lasted() {
      return Duration.between(since, clock.instant());
    }
  }

  private void run(long seed) {
    random = new SplittableRandom(seed);
    var ends = clock.instant().plus(LENGTH);
    var change = clock.instant();
    while (clock.instant().isBefore(ends)) {
      if (!clock.instant().isBefore(change)) {
        changeOne();
        change =
            clock.instant().plus(BETWEEN_CHANGES.dividedBy(4).multipliedBy(random.nextInt(1, 8)));
      }
      sendOne();
      clock.move(BETWEEN_TASKS);
      channels.forEach(StarvationTest::assertNotForgotten);
    }
    assertShares();
  }

  private void changeOne() {
    var truth = channels.get(random.nextInt(CHANNELS));
    if (random.nextInt(4) == 0) {
      truth.enabled = !truth.enabled;
    } else {
      truth.up = !truth.up;
    }
    truth.change();
  }

  /** One task, from channel to channel until one takes it. */
  private void sendOne() {
    var tried = new ArrayList<ChannelId>();
    for (var attempt = 0; attempt <= CHANNELS; attempt++) {
      var ask = new Ask(MODEL, Set.copyOf(tried), Set.of(), random.nextLong());
      var catalogue =
          new Catalogue(
              Map.of(), Map.of(), Map.of(), channels.stream().map(Truth::channel).toList());
      var route =
          RoutePlanner.plan(catalogue, ask, new Outlook(book::standing, Need.Lacks.NOTHING));
      if (tried.isEmpty()) {
        count(route.candidates());
      }
      if (route.candidates().isEmpty() || call(route.candidates().getFirst())) {
        return;
      }
      tried.add(route.candidates().getFirst().channel().id());
    }
  }

  private boolean call(Candidate candidate) {
    var truth = truth(candidate);
    var pass = book.admit(candidate).orElseThrow();
    assertThat(truth.enabled).as("channel %s is enabled", truth.id).isTrue();
    truth.calls++;
    truth.callsWhileDown += truth.up ? 0 : 1;
    book.note(
        candidate.channel().id(),
        candidate.credential(),
        candidate.upstreamModel(),
        truth.up ? Sign.WORKED : Sign.FAILED,
        "down");
    book.settle(pass);
    var probes = truth.lasted().dividedBy(OfChannel.PROBE_PERIOD) + 1;
    assertThat(truth.callsWhileDown)
        .as("calls to channel %s while it is down", truth.id)
        .isLessThanOrEqualTo(OfChannel.FAULTS_MAX + probes);
    return truth.up;
  }

  /** What each should get of a first draw among those in use; a probe is no draw. */
  private void count(List<Candidate> candidates) {
    if (candidates.stream().anyMatch(c -> !(book.standing(c) instanceof Standing.InUse))
        || candidates.isEmpty()) {
      return;
    }
    var all = candidates.stream().mapToInt(c -> c.channel().weight().weight()).sum();
    for (var candidate : candidates) {
      truth(candidate).expected += (double) candidate.channel().weight().weight() / all;
    }
    truth(candidates.getFirst()).got++;
  }

  private Truth truth(Candidate candidate) {
    return channels.get(Math.toIntExact(candidate.channel().id().value()) - 1);
  }

  private static void assertNotForgotten(Truth truth) {
    if (truth.enabled
        && truth.up
        && truth.wasOut
        && truth.lasted().compareTo(OfChannel.PROBE_PERIOD.multipliedBy(2)) > 0) {
      assertThat(truth.calls).as("calls to channel %s since it is well", truth.id).isPositive();
    }
  }

  private void assertShares() {
    var chiSquare =
        channels.stream()
            .filter(truth -> truth.expected > DRAWS_MIN)
            .mapToDouble(t -> (t.got - t.expected) * (t.got - t.expected) / t.expected)
            .sum();
    assertThat(channels.stream().mapToLong(truth -> truth.got).sum()).isGreaterThan(TASKS_MIN);
    assertThat(chiSquare).as("chi-square").isLessThan(CHI_SQUARE_MAX);
  }
}
