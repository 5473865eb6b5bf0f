package dev.reelay.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class LanesTest {
  /** What the executor was given and has not run: each stands for a call that hangs. */
  private final ArrayDeque<Runnable> started = new ArrayDeque<>();

  private final List<String> done = new ArrayList<>();
  private final Lanes lanes = new Lanes(started::add);

  @Test
  void a_lane_that_hangs_delays_no_other() {
    run("hanging", 1, "a");
    run("hanging", 1, "b");

    run("other", 1, "c");
    Objects.requireNonNull(started.pollLast()).run();

    assertThat(done).containsExactly("c");
    assertThat(lanes.running()).isEqualTo(1);
  }

  @Test
  void no_more_run_at_once_than_the_lane_allows_and_the_rest_in_order() {
    for (var name : List.of("a", "b", "c", "d")) {
      run("lane", 2, name);
    }
    assertThat(started).hasSize(2);

    runAll();

    assertThat(done).containsExactly("a", "b", "c", "d");
    assertThat(lanes.running()).isZero();
  }

  @Test
  void a_full_lane_takes_nothing_more() {
    assertThat(run("lane", 1, "a")).isZero();
    for (var i = 0; i < 10; i++) {
      assertThat(run("lane", 1, "waits")).isZero();
    }

    assertThat(run("lane", 1, "too many")).isPositive();

    runAll();
    assertThat(done).hasSize(11).doesNotContain("too many");
  }

  @Test
  void a_large_backlog_is_asked_back_some_at_a_time_and_nobody_waits_for_long() {
    fill("lane");
    var waits = new HashMap<Duration, Integer>();

    for (var i = 0; i < 10 * Lanes.COME_AGAIN_SECONDS_MAX * 2; i++) {
      waits.merge(run("lane", 1, "too many"), 1, Integer::sum);
    }

    assertThat(waits).hasSize(Lanes.COME_AGAIN_SECONDS_MAX);
    assertThat(waits.values()).containsOnly(20);
    assertThat(waits).containsKeys(Duration.ofSeconds(1), Duration.ofSeconds(30));
  }

  @Test
  void a_lane_that_had_room_meanwhile_asks_the_next_back_soon() {
    fill("lane");
    for (var i = 0; i < 15; i++) {
      run("lane", 1, "too many");
    }
    started.remove().run();

    assertThat(run("lane", 1, "waits")).isZero();
    assertThat(run("lane", 1, "too many")).isEqualTo(Duration.ofSeconds(1));
  }

  private void fill(String lane) {
    for (var i = 0; i < 11; i++) {
      assertThat(run(lane, 1, "takes a place")).isZero();
    }
  }

  @Test
  void work_that_throws_frees_its_place() {
    lanes.run(
        "lane",
        1,
        10,
        () -> {
          throw new IllegalStateException("as broken work does");
        });
    run("lane", 1, "after");

    try {
      started.remove().run();
    } catch (IllegalStateException expected) {
      done.add(Objects.requireNonNull(expected.getMessage()));
    }
    runAll();

    assertThat(done).containsExactly("as broken work does", "after");
  }

  private Duration run(String lane, int atOnceMax, String name) {
    return lanes.run(lane, atOnceMax, 10, () -> done.add(name));
  }

  private void runAll() {
    while (!started.isEmpty()) {
      started.remove().run();
    }
  }
}
