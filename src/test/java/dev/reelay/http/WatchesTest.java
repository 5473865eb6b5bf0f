package dev.reelay.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.access.TenantId;
import dev.reelay.http.Watches.Heard;
import dev.reelay.task.TaskId;
import dev.reelay.testkit.Crowd;
import dev.reelay.testkit.TaskSamples;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who is woken by what, and how many may wait. */
class WatchesTest {
  private static final TaskId ONE = TaskSamples.taskId(1);
  private static final TaskId OTHER = TaskSamples.taskId(2);
  private static final TenantId MINE = new TenantId(1);
  private static final TenantId YOURS = new TenantId(2);

  private final Watches watches = new Watches();

  @Test
  void news_between_two_waits_is_heard_once() {
    try (var watch = watches.watch(List.of(ONE))) {
      watches.changed(ONE);
      watches.changed(ONE);

      assertThat(watch.await(Duration.ofHours(1))).isEqualTo(Heard.NEWS);
      assertThat(watch.await(Duration.ZERO)).isEqualTo(Heard.NOTHING);
    }
  }

  @Test
  void only_who_watches_a_task_hears_of_it() {
    try (var one = watches.watch(List.of(ONE));
        var both = watches.watch(List.of(ONE, OTHER, OTHER))) {
      watches.changed(OTHER);

      assertThat(both.await(Duration.ZERO)).isEqualTo(Heard.NEWS);
      assertThat(one.await(Duration.ZERO)).isEqualTo(Heard.NOTHING);
      watches.changedAll();
      assertThat(one.await(Duration.ZERO)).isEqualTo(Heard.NEWS);
    }
  }

  @Test
  void nothing_is_kept_of_those_who_left_and_the_others_still_hear() {
    var left = watches.watch(List.of(ONE));
    try (var stays = watches.watch(List.of(ONE))) {
      left.close();
      watches.changed(ONE);

      assertThat(watches.count()).isEqualTo(1);
      assertThat(left.await(Duration.ZERO)).isEqualTo(Heard.NOTHING);
      assertThat(stays.await(Duration.ZERO)).isEqualTo(Heard.NEWS);
    }
    assertThat(watches.count()).isZero();
  }

  @Test
  void the_end_wakes_everybody_also_those_who_come_later() {
    try (var before = watches.watch(List.of(ONE))) {
      watches.close();
      try (var after = watches.watch(List.of(OTHER))) {
        assertThat(before.await(Duration.ofHours(1))).isEqualTo(Heard.STOPPING);
        assertThat(after.await(Duration.ofHours(1))).isEqualTo(Heard.STOPPING);
      }
    }
  }

  @Test
  void news_told_while_thousands_come_and_go_reaches_each() {
    var heard =
        Crowd.run(
            2_000,
            _ ->
                () -> {
                  try (var watch = watches.watch(List.of(ONE))) {
                    watches.changed(ONE);
                    return watch.await(Duration.ofHours(1));
                  }
                });

    assertThat(heard).containsOnly(Heard.NEWS);
    assertThat(watches.count()).isZero();
  }

  @Test
  void places_are_bounded_for_each_tenant_and_in_all() {
    var room = new WaitingRoom(3, 2);

    var first = room.enter(MINE);
    var second = room.enter(MINE);
    var third = room.enter(MINE);
    var other = room.enter(YOURS);
    var fifth = room.enter(YOURS);

    assertThat(List.of(first, second, other)).allMatch(Optional::isPresent);
    assertThat(third).isEmpty();
    assertThat(fifth).isEmpty();
    assertThat(room.taken()).isEqualTo(3);
    first.orElseThrow().close();
    first.orElseThrow().close();
    assertThat(room.taken()).isEqualTo(2);
    assertThat(room.enter(MINE)).isPresent();
  }

  @Test
  void refused_crowds_leave_nothing_taken() {
    var room = new WaitingRoom(50, 20);

    var places = Crowd.run(500, i -> () -> room.enter(i % 2 == 0 ? MINE : YOURS));
    places.forEach(place -> place.ifPresent(WaitingRoom.Place::close));

    assertThat(places.stream().filter(Optional::isPresent).count()).isBetween(1L, 40L);
    assertThat(room.taken()).isZero();
    assertThat(room.enter(MINE)).isPresent();
  }
}
