package dev.reelay.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FactorsTest {
  private static final int MICROS = 6;
  private static final Usage ASKED = Usage.of(5_000, Resolution.P720, false);

  @Test
  void both_factors_count_and_are_rounded_once() {
    // 3 micros times 0.5 times 0.5 is 0.75: 1; rounded in between it would be 2 and then 1 as well,
    // but 1 micro is 0.25: 0, and in between it would be 1 and then 1.
    var half = new Factors(500_000, 500_000);

    assertThat(hold(3, half)).isEqualTo(new Money(1));
    assertThat(hold(1, half)).isEqualTo(Money.ZERO);
    assertThat(half).hasToString("0.25");
    assertThat(new Factors(800_000, 900_000)).hasToString("0.72");
    assertThat(new Factors(1, 1)).hasToString("0.000000000001");
    assertThat(Factors.ONE).hasToString("1");
  }

  @Test
  void a_factor_out_of_bounds_is_refused_and_the_largest_multiply_exactly() {
    assertThatThrownBy(() -> new Factors(-1, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Factors(1, Factors.MILLIONTHS_MAX + 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(new Factors(Factors.MILLIONTHS_MAX, Factors.MILLIONTHS_MAX).ratio())
        .isEqualTo(new Ratio(1_000_000_000_000_000_000L, 1_000_000_000_000L));
  }

  @Test
  void a_hold_is_the_price_times_both_factors_as_decimals_would_have_it() {
    var seed = 20_261_126L;
    var random = new SplittableRandom(seed);
    for (var i = 0; i < 2_000; i++) {
      var micros = random.nextLong(100_000_000);
      var factors = new Factors(random.nextLong(3_000_000), random.nextLong(3_000_000));

      var expected =
          BigDecimal.valueOf(micros)
              .multiply(BigDecimal.valueOf(factors.planMillionths(), MICROS))
              .multiply(BigDecimal.valueOf(factors.tenantMillionths(), MICROS))
              .setScale(0, RoundingMode.HALF_UP);

      assertThat(hold(micros, factors).micros())
          .as("seed %d", seed)
          .isEqualTo(expected.longValueExact());
    }
  }

  private static Money hold(long micros, Factors factors) {
    var rule = new PriceRule(1, "m", 1, new Price.PerVideo(Rates.flat(new Money(micros))));
    return Quote.hold(rule, factors, ASKED).orElseThrow().max();
  }
}
