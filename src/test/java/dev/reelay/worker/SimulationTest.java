package dev.reelay.worker;

import static org.assertj.core.api.Assertions.fail;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * The seeded simulation: one small world after another, each from its own seed, for a minute or as
 * long as told. A world that fails can be run again alone.
 */
@Tag("sim")
class SimulationTest {
  private static final Logger WORKERS =
      (Logger) LoggerFactory.getLogger(Dispatcher.class.getPackageName());

  @BeforeEach
  void hush() {
    WORKERS.setLevel(Level.OFF);
  }

  @AfterEach
  void speak() {
    WORKERS.setLevel(null);
  }

  @Test
  void whatever_happens_the_rules_hold_and_everything_ends() {
    long first =
        property("reelay.sim.seed").map(Long::parseLong).orElseGet(SimulationTest::anySeed);
    double minutes = property("reelay.sim.minutes").map(Double::parseDouble).orElse(1.0);
    var nanos = (long) (minutes * Duration.ofMinutes(1).toNanos());
    var figures = new Simulation.Figures();
    var began = System.nanoTime();

    for (long seed = first; System.nanoTime() - began < nanos || seed == first; seed++) {
      try {
        new Simulation(seed, figures).run();
      } catch (Throwable e) {
        fail("rerun with: make sim SEED=" + seed + " MINUTES=" + minutes, e);
      }
    }

    report(first, figures, Duration.ofNanos(System.nanoTime() - began));
  }

  private static Optional<String> property(String name) {
    return Optional.ofNullable(System.getProperty(name)).filter(text -> !text.isBlank());
  }

  private static long anySeed() {
    return new SplittableRandom().nextLong(1, 1_000_000_000L);
  }

  private static void report(long seed, Simulation.Figures figures, Duration took) {
    System.out.printf(
        "simulation: seed %d, %d worlds in %d s: %d steps, %d tasks, %d writes checked,"
            + " %d provider calls, %d crashes, %d stalls, %d doubts found, %d proved never made%n",
        seed,
        figures.worlds,
        took.toSeconds(),
        figures.steps,
        figures.tasks,
        figures.writes,
        figures.calls,
        figures.crashes,
        figures.stalls,
        figures.found,
        figures.neverCreated);
  }
}
