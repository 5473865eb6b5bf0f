package dev.reelay.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MoneyTest {
  @ParameterizedTest
  @CsvSource({
    "3, 1, 2, 2", // 1.5
    "5, 1, 2, 3", // 2.5: up, not to even
    "-5, 1, 2, -3", // away from zero
    "-1, 1, 3, 0",
    "1, 499999, 1000000, 0",
    "1, 500000, 1000000, 1",
    "0, 7, 3, 0",
    "9223372036854775807, 3, 3, 9223372036854775807"
  })
  void a_product_is_exact_and_rounded_once_half_up(long micros, long n, long d, long expected) {
    assertThat(new Money(micros).timesHalfUp(new Ratio(n, d))).isEqualTo(new Money(expected));
  }

  @Test
  void two_ratios_are_one_product_with_one_rounding() {
    // 1 * 1/2 * 1/2 = 0.25 -> 0; rounded twice it would be 1.
    assertThat(new Money(1).timesHalfUp(new Ratio(1, 2), new Ratio(1, 2))).isEqualTo(Money.ZERO);
  }

  @Test
  void what_does_not_fit_is_an_error_and_never_wraps() {
    var most = new Money(Long.MAX_VALUE);

    assertThatThrownBy(() -> most.plus(new Money(1))).isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> most.timesHalfUp(new Ratio(2, 1)))
        .isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> new Ratio(1, 0)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "1.25, 1250000, 1.25",
    "' 2 ', 2000000, 2.00",
    "0.000001, 1, 0.000001",
    "-0.5, -500000, -0.50",
    "1e2, 100000000, 100.00"
  })
  void a_decimal_is_read_and_written_exactly(String text, long micros, String written) {
    assertThat(Money.parse(text)).isEqualTo(new Money(micros));
    assertThat(Money.parse(text)).hasToString(written);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "abc", "0.0000001", "1e30", "1e-999999999", "NaN", "1,5"})
  void what_is_no_amount_is_refused(String text) {
    assertThatThrownBy(() -> Money.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
