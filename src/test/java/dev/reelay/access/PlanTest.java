package dev.reelay.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanTest {
  private static final OptionalInt NONE = OptionalInt.empty();

  @ParameterizedTest
  @CsvSource({"1, 600", "5, 600", "6, 720", "100, 12000", "2000000000, 1000000"})
  void a_query_rate_that_nobody_set_follows_from_the_open_tasks(int openTasks, int perMinute) {
    var rates = plan(OptionalInt.of(openTasks), RequestRates.NONE).effectiveRates();

    assertThat(rates.queryPerMinute()).hasValue(perMinute);
    assertThat(rates.createPerMinute()).isEmpty();
  }

  @Test
  void a_plan_without_an_open_task_limit_has_no_rates_but_those_that_are_set() {
    var create = new RequestRates(OptionalInt.of(5), NONE);

    assertThat(plan(NONE, RequestRates.NONE).effectiveRates()).isEqualTo(RequestRates.NONE);
    assertThat(plan(NONE, create).effectiveRates()).isEqualTo(create);
  }

  @Test
  void a_query_rate_that_is_set_counts_whatever_the_open_tasks() {
    var rates = new RequestRates(OptionalInt.of(5), OptionalInt.of(10));

    assertThat(plan(OptionalInt.of(100), rates).effectiveRates()).isEqualTo(rates);
  }

  @Test
  void a_rate_is_one_call_to_a_million() {
    assertThatThrownBy(() -> new RequestRates(OptionalInt.of(0), NONE))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new RequestRates(NONE, OptionalInt.of(1_000_001)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Plan plan(OptionalInt openTasksMax, RequestRates rates) {
    return new Plan(1, "gold", openTasksMax, 1_000_000, rates);
  }
}
