package dev.reelay.cli;

import dev.reelay.money.Money;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** An amount of 0 or more, or the word {@code none} for no limit. */
record Cap(Optional<Money> amount) {
  /** Reads it from the command line. */
  static final class Reader implements ITypeConverter<Cap> {
    private final MoneyReader money = new MoneyReader();

    @Override
    public Cap convert(String text) {
      return new Cap(
          text.equals(Bound.NONE_WORD) ? Optional.empty() : Optional.of(money.convert(text)));
    }
  }

  /** Reads an amount of 0 or more from the command line. */
  static final class MoneyReader implements ITypeConverter<Money> {
    @Override
    public Money convert(String text) {
      try {
        var amount = Money.parse(text);
        if (!amount.isNegative()) {
          return amount;
        }
      } catch (IllegalArgumentException _) {
        // Told below.
      }
      throw new TypeConversionException(
          "'" + text + "' is no amount in USD such as 25 or 0.50, with at most six decimal places");
    }
  }
}
