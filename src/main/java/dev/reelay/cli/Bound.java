package dev.reelay.cli;

import java.util.OptionalInt;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A number of 1 or more, or the word {@code none} for no bound. */
record Bound(OptionalInt limit) {
  static final Bound NONE = new Bound(OptionalInt.empty());
  static final String NONE_WORD = "none";

  /** Reads it from the command line. */
  static final class Reader implements ITypeConverter<Bound> {
    @Override
    public Bound convert(String text) {
      if (text.equals(NONE_WORD)) {
        return NONE;
      }
      try {
        var number = Integer.parseInt(text);
        if (number >= 1) {
          return new Bound(OptionalInt.of(number));
        }
      } catch (NumberFormatException _) {
        // Told below.
      }
      throw new TypeConversionException("'" + text + "' is neither a number from 1 nor none");
    }
  }
}
