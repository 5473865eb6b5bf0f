package dev.reelay.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** When a key ends: never, at a moment, or a time from now. */
sealed interface Expiry {
  Pattern LENGTH = Pattern.compile("([1-9][0-9]{0,4})([hd])");

  record Never() implements Expiry {}

  record At(Instant moment) implements Expiry {}

  record In(Duration length) implements Expiry {}

  /** The moment that is meant; empty for never. */
  default Optional<Instant> from(Instant now) {
    return switch (this) {
      case Never _ -> Optional.empty();
      case At(Instant moment) -> Optional.of(moment);
      case In(Duration length) -> Optional.of(now.plus(length));
    };
  }

  /** A time such as {@code 12h} or {@code 30d}. */
  static Optional<Duration> length(String text) {
    var length = LENGTH.matcher(text);
    if (!length.matches()) {
      return Optional.empty();
    }
    var number = Long.parseLong(length.group(1));
    return Optional.of(
        length.group(2).equals("h") ? Duration.ofHours(number) : Duration.ofDays(number));
  }

  /** Reads it from the command line. */
  final class Reader implements ITypeConverter<Expiry> {
    @Override
    public Expiry convert(String text) {
      if (text.equals(Bound.NONE_WORD)) {
        return new Never();
      }
      var length = length(text);
      if (length.isPresent()) {
        return new In(length.get());
      }
      try {
        return text.contains("T")
            ? new At(OffsetDateTime.parse(text).toInstant())
            : new At(LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC));
      } catch (DateTimeException _) {
        throw new TypeConversionException(
            "'" + text + "' is none of 30d, 12h, 2027-01-31, 2027-01-31T12:00:00Z and none");
      }
    }
  }
}
