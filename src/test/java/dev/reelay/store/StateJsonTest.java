package dev.reelay.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reelay.money.Factors;
import dev.reelay.money.Money;
import dev.reelay.money.Price;
import dev.reelay.money.PriceRule;
import dev.reelay.money.PriceSnapshot;
import dev.reelay.money.Rate;
import dev.reelay.money.Rates;
import dev.reelay.money.Resolution;
import dev.reelay.money.Usage;
import dev.reelay.task.TaskState;
import dev.reelay.testkit.StateSamples;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StateJsonTest {
  static Stream<TaskState> states() {
    return StateSamples.everyShape().stream();
  }

  static Stream<Price> prices() {
    var rates =
        new Rates(
            List.of(
                Rate.flat(new Money(Long.MAX_VALUE)),
                new Rate(Optional.of(Resolution.P4K), Optional.of(true), new Money(1)),
                new Rate(Optional.of(new Resolution(704)), Optional.empty(), Money.ZERO)));
    return Stream.of(
        new Price.PerVideo(rates),
        new Price.PerSecond(rates),
        new Price.PerToken(new Money(3), 9_000_000_000L),
        new Price.PerUnit(new Money(4), 5),
        new Price.ReportedCost(130, new Money(6)));
  }

  @ParameterizedTest
  @MethodSource("states")
  void a_state_is_read_as_it_was_written(TaskState state) {
    assertThat(StateJson.read(state.kind(), StateJson.write(state))).isEqualTo(state);
  }

  @Test
  void the_samples_leave_no_state_out() {
    assertThat(states().map(TaskState::kind)).containsAll(Arrays.asList(TaskState.Name.values()));
  }

  @ParameterizedTest
  @MethodSource("prices")
  void a_price_snapshot_is_read_as_it_was_written(Price price) {
    var full =
        new Usage(
            1,
            Optional.of(Resolution.P480),
            Optional.of(false),
            OptionalLong.of(Long.MAX_VALUE),
            Optional.of(new Money(2)));
    var bare =
        new Usage(0, Optional.empty(), Optional.empty(), OptionalLong.empty(), Optional.empty());
    var rule = new PriceRule(1, "模型 \"x\"", 2, price);

    assertThat(List.of(full, bare, full.withReferences(true)))
        .map(usage -> new PriceSnapshot(rule, new Factors(1_500_000, 900_000), usage))
        .allSatisfy(
            snapshot ->
                assertThat(SnapshotJson.read(SnapshotJson.write(snapshot))).isEqualTo(snapshot));
  }

  @Test
  void money_is_kept_as_whole_micros() {
    var succeeded =
        states()
            .filter(state -> state.kind() == TaskState.Name.SUCCEEDED)
            .findFirst()
            .orElseThrow();

    assertThat(StateJson.write(succeeded)).contains("\"charged\":400000,");
  }

  @Test
  void a_body_that_nobody_wrote_is_noticed() {
    assertThatThrownBy(() -> StateJson.read(TaskState.Name.RUNNING, "{}"))
        .isInstanceOf(StoreBroken.class)
        .hasMessageContaining("job");
    assertThatThrownBy(() -> StateJson.read(TaskState.Name.RUNNING, "[1"))
        .isInstanceOf(StoreBroken.class);
  }

  @Test
  void text_that_no_database_takes_is_made_storable() {
    assertThat(StorableText.of("a\0b")).isEqualTo("a\uFFFDb");
    assertThat(StorableText.of("\uD83D")).isEqualTo("\uFFFD");
    assertThat(StorableText.of("x\uDE00y")).isEqualTo("x\uFFFDy");
    assertThat(StorableText.of("🐈 猫")).isEqualTo("🐈 猫");
  }
}
