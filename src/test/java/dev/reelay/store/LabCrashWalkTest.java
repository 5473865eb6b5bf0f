package dev.reelay.store;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.reelay.lab.LabPart;
import dev.reelay.lab.LabStrike;
import dev.reelay.lab.ark.ArkPart;
import dev.reelay.lab.dashscope.DashScopePart;
import dev.reelay.lab.declarative.DeclarativePart;
import dev.reelay.lab.kling.KlingPart;
import dev.reelay.lab.minimax.MiniMaxPart;
import dev.reelay.lab.xai.XaiPart;
import dev.reelay.money.Reconcile;
import dev.reelay.testkit.CrashPoints.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/**
 * The crash walk over real adapters and the providers that the lab plays: a token, a look-up by
 * reference, three lists, and one that has nothing. Each place of a task's life and each of its
 * calls is struck in turn; and again where the create's answer, or the create itself, got lost
 * before, up to where its job is known or was looked for.
 */
class LabCrashWalkTest {
  private static final Logger ALL = (Logger) LoggerFactory.getLogger("dev.reelay");

  private final List<String> wrong = new ArrayList<>();
  private final Map<String, Integer> ends = new TreeMap<>();

  @BeforeEach
  void hush() {
    ALL.setLevel(Level.OFF);
  }

  @AfterEach
  void speak() {
    ALL.setLevel(null);
  }

  static Stream<LabPart> parts() {
    return Stream.of(
        new DeclarativePart(),
        new KlingPart(),
        new ArkPart(),
        new DashScopePart(),
        new MiniMaxPart(),
        new XaiPart());
  }

  @ParameterizedTest
  @MethodSource("parts")
  void nothing_that_goes_wrong_makes_a_second_job_or_charge(LabPart part) {
    var began = System.nanoTime();
    try (var world = new LabCrashWorld(part)) {
      walkLife(world);
      walkDoubt(world, LabStrike.LOST_ANSWER);
      walkDoubt(world, LabStrike.LOST_CALL);

      assertThat(wrong).isEmpty();
      assertThat(Reconcile.faults(world.ground.kit.facts())).isEmpty();
      assertThat(world.ground.doubts.suspense().open()).as("doubts left open").isZero();
      System.out.printf(
          "lab crash walk, %s: %d cases %s, %d jobs made, 0 double jobs, 0 double charges, %d s%n",
          part.name(),
          ends.values().stream().mapToInt(n -> n).sum(),
          ends,
          world.lab.journal().made(part.name()).size(),
          Duration.ofNanos(System.nanoTime() - began).toSeconds());
    }
  }

  private void walkLife(LabCrashWorld world) {
    var quiet = walk(world, Map.of(), 0, Fault.CRASH);
    strikePlaces(world, Map.of(), 1, quiet.whole().places());
    strikeCalls(world, Map.of(), quiet.whole().calls(), EnumSet.allOf(LabStrike.class));
  }

  /** What comes before the create is sent, and after its job is known, is as in any life. */
  private void walkDoubt(LabCrashWorld world, LabStrike create) {
    var lost = Map.of(1, create);
    var quiet = walk(world, lost, 0, Fault.CRASH);
    var looked = quiet.untilLooked();
    strikePlaces(world, lost, quiet.placesUntilSent() + 1, looked.places());
    // Of one that hangs we know no more than of a lost answer, and it takes real time.
    strikeCalls(world, lost, looked.calls(), EnumSet.complementOf(EnumSet.of(LabStrike.HANG)));
  }

  private void strikePlaces(
      LabCrashWorld world, Map<Integer, LabStrike> lost, int first, int last) {
    assertThat(last - first).as("places to strike").isGreaterThan(10);
    for (var place = first; place <= last; place++) {
      for (var fault : Fault.values()) {
        walk(world, lost, place, fault);
      }
    }
  }

  private void strikeCalls(
      LabCrashWorld world, Map<Integer, LabStrike> lost, int last, Set<LabStrike> all) {
    for (var call = lost.size() + 1; call <= last; call++) {
      for (var strike : all) {
        var strikes = new HashMap<>(lost);
        strikes.put(call, strike);
        walk(world, strikes, 0, Fault.CRASH);
      }
    }
  }

  private LabCrashCase walk(
      LabCrashWorld world, Map<Integer, LabStrike> strikes, int place, Fault fault) {
    var walked = new LabCrashCase(world, strikes, place, fault);
    walked.walk();
    wrong.addAll(walked.faults());
    ends.merge(walked.end(), 1, Integer::sum);
    return walked;
  }
}
