package dev.reelay.cli;

import dev.reelay.access.AddressRange;
import dev.reelay.access.KeyScope;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What a key may be used for and from where; a list that is left out stays as it is. */
final class ScopeOptions {
  @Option(
      names = "--models",
      paramLabel = "NAME,...|none",
      description = "The only models and aliases it may ask for; none allows all.")
  private Optional<Models> models = Optional.empty();

  @Option(
      names = "--addresses",
      paramLabel = "CIDR,...|none",
      description = "The only addresses it may be used from; none allows all.")
  private Optional<Addresses> addresses = Optional.empty();

  boolean isEmpty() {
    return models.isEmpty() && addresses.isEmpty();
  }

  KeyScope over(KeyScope before) {
    return new KeyScope(
        models.map(Models::names).orElse(before.models()),
        addresses.map(Addresses::ranges).orElse(before.addresses()));
  }

  /** Names divided by commas; empty for the word {@code none}. */
  record Models(Set<String> names) {
    Models {
      names = Set.copyOf(names);
    }

    /** Reads them from the command line. */
    static final class Reader implements ITypeConverter<Models> {
      @Override
      public Models convert(String text) {
        return new Models(entries(text).stream().collect(Collectors.toSet()));
      }
    }
  }

  /** Blocks divided by commas; empty for the word {@code none}. */
  record Addresses(List<AddressRange> ranges) {
    Addresses {
      ranges = List.copyOf(ranges);
    }

    /** Reads them from the command line. */
    static final class Reader implements ITypeConverter<Addresses> {
      @Override
      public Addresses convert(String text) {
        return new Addresses(entries(text).stream().map(Addresses::range).toList());
      }
    }

    private static AddressRange range(String entry) {
      try {
        return AddressRange.parse(entry);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException("'" + entry + "' " + e.getMessage());
      }
    }
  }

  private static List<String> entries(String text) {
    if (text.equals(Bound.NONE_WORD)) {
      return List.of();
    }
    var entries = Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    if (entries.size() > KeyScope.ENTRIES_MAX || entries.contains("")) {
      throw new TypeConversionException(
          "'" + text + "' is no list of 1 to " + KeyScope.ENTRIES_MAX + " entries and not none");
    }
    return entries;
  }
}
