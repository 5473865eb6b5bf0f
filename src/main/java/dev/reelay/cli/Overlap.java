package dev.reelay.cli;

import dev.reelay.access.RotateKey;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How long a rotated key goes on beside the new one. */
record Overlap(Duration length) {
  /** Reads it from the command line. */
  static final class Reader implements ITypeConverter<Overlap> {
    @Override
    public Overlap convert(String text) {
      var length =
          text.equals(Bound.NONE_WORD) ? Duration.ZERO : Expiry.length(text).orElse(Duration.ZERO);
      if (length.compareTo(RotateKey.OVERLAP_MAX) > 0
          || (length.isZero() && !text.equals(Bound.NONE_WORD))) {
        throw new TypeConversionException(
            "'%s' is no time such as 24h or 7d, up to %dd, and not none"
                .formatted(text, RotateKey.OVERLAP_MAX.toDays()));
      }
      return new Overlap(length);
    }
  }
}
