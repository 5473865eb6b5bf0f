package dev.reelay.cli;

import dev.reelay.money.Money;
import dev.reelay.money.Price;
import dev.reelay.money.Rate;
import dev.reelay.money.Rates;
import dev.reelay.money.Resolution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/**
 * What files of prices and of costs have in common: one key with a list of entries, each with one
 * kind of price. Values are texts, so that YAML's own guesses about numbers play no part.
 */
final class PriceYaml {
  static final int FILE_CHARS_MAX = 1 << 20;
  private static final String PLAIN =
      "[A-Za-z0-9_./][A-Za-z0-9_./:@-]*[A-Za-z0-9_./@-]|[A-Za-z0-9]";
  static final String FROM = "from";
  private static final String USUAL = "usual";
  private static final String SOUND = "audio";
  private static final String SILENT = "silent";
  private static final String REFERENCES = "references";
  private static final String NO_REFERENCES = "no-references";
  private static final Set<String> KINDS =
      Set.of("per_video", "per_second", "per_million_tokens", "per_unit", "cost_percent");
  private static final Map<String, String> BOUNDS =
      Map.of("per_million_tokens", "tokens_max", "per_unit", "units_max", "cost_percent", "max");

  private PriceYaml() {}

  /**
   * A file as it is.
   *
   * @throws Refusal if it cannot be read or is too large
   */
  static String text(Path file) {
    try {
      if (Files.size(file) > FILE_CHARS_MAX) {
        throw Refusal.failed(file + " is larger than " + FILE_CHARS_MAX + " bytes");
      }
      return Files.readString(file);
    } catch (IOException e) {
      throw Refusal.failed("cannot read " + file + ": " + e.getClass().getSimpleName());
    }
  }

  /** The entries under the only key of a text. */
  record Listed(String key, List<?> entries) {}

  /**
   * Reads them.
   *
   * @param keys the keys that there may be
   * @throws Refusal if the text is no YAML, or something else
   */
  static Listed entries(String text, Set<String> keys) {
    var settings =
        LoadSettings.builder()
            .setSchema(new FailsafeSchema())
            .setCodePointLimit(FILE_CHARS_MAX)
            .build();
    try {
      if (new Load(settings).loadFromString(text) instanceof Map<?, ?> map && map.size() == 1) {
        var only = map.entrySet().iterator().next();
        var key = String.valueOf(only.getKey());
        if (keys.contains(key) && only.getValue() instanceof List<?> entries) {
          return new Listed(key, entries);
        }
      }
    } catch (YamlEngineException e) {
      throw Refusal.failed("this is no YAML: " + e.getMessage());
    }
    throw Refusal.failed(
        "such a file has one key, "
            + String.join(" or ", keys.stream().sorted().toList())
            + ", with a list");
  }

  static Map<String, Object> map(Object entry) {
    if (!(entry instanceof Map<?, ?> map)) {
      throw new IllegalArgumentException("not keys with values");
    }
    var named = new LinkedHashMap<String, Object>();
    map.forEach((key, value) -> named.put(String.valueOf(key), value));
    return named;
  }

  /**
   * The price of an entry.
   *
   * @param others what else the entry may have
   */
  static Price price(Map<String, Object> entry, Set<String> others) {
    var kinds = entry.keySet().stream().filter(KINDS::contains).toList();
    if (kinds.size() != 1) {
      throw new IllegalArgumentException(
          "needs exactly one of " + String.join(", ", KINDS.stream().sorted().toList()));
    }
    var kind = kinds.getFirst();
    for (var key : entry.keySet()) {
      boolean isKnown = others.contains(key) || key.equals(kind);
      if (!isKnown && !key.equals(BOUNDS.get(kind))) {
        throw new IllegalArgumentException(key + " does not go with " + kind);
      }
    }
    return ofKind(kind, entry);
  }

  static Optional<Instant> from(Map<String, Object> entry) {
    return Optional.ofNullable(entry.get(FROM)).map(at -> Instant.parse(text(FROM, at)));
  }

  private static Price ofKind(String kind, Map<String, Object> entry) {
    var value = value(entry, kind);
    return switch (kind) {
      case "per_video" -> new Price.PerVideo(rates(kind, value));
      case "per_second" -> new Price.PerSecond(rates(kind, value));
      case "per_million_tokens" -> new Price.PerToken(money(kind, value), whole(kind, entry));
      case "per_unit" -> new Price.PerUnit(money(kind, value), whole(kind, entry));
      default ->
          new Price.ReportedCost(
              Long.parseLong(text(kind, value)), money("max", value(entry, "max")));
    };
  }

  private static long whole(String kind, Map<String, Object> entry) {
    var bound = Optional.ofNullable(BOUNDS.get(kind)).orElseThrow();
    return Long.parseLong(text(bound, value(entry, bound)));
  }

  private static Rates rates(String kind, Object value) {
    if (!(value instanceof Map<?, ?>)) {
      return Rates.flat(money(kind, value));
    }
    var lines = new ArrayList<Rate>();
    map(value).forEach((condition, amount) -> lines.add(rate(condition, money(kind, amount))));
    return new Rates(lines);
  }

  /** One line of a table: {@code usual}, {@code 1080p}, {@code audio}, {@code 720p+references}. */
  static Rate rate(String condition, Money amount) {
    if (condition.equals(USUAL)) {
      return Rate.flat(amount);
    }
    var resolution = Optional.<Resolution>empty();
    var audio = Optional.<Boolean>empty();
    var references = Optional.<Boolean>empty();
    for (var word : List.of(condition.split("\\+"))) {
      switch (word) {
        case SOUND, SILENT -> audio = Optional.of(word.equals(SOUND));
        case REFERENCES, NO_REFERENCES -> references = Optional.of(word.equals(REFERENCES));
        default -> resolution = Optional.of(Resolution.parse(word));
      }
    }
    return new Rate(resolution, audio, references, amount);
  }

  private static String condition(Rate rate) {
    var words = new ArrayList<String>();
    rate.resolution().ifPresent(resolution -> words.add(resolution.toString()));
    rate.audio().ifPresent(audio -> words.add(audio ? SOUND : SILENT));
    rate.references().ifPresent(given -> words.add(given ? REFERENCES : NO_REFERENCES));
    return words.isEmpty() ? USUAL : String.join("+", words);
  }

  /** The lines of a price in an entry. */
  static String body(Price price) {
    return switch (price) {
      case Price.PerVideo(Rates rates) -> table("per_video", rates);
      case Price.PerSecond(Rates rates) -> table("per_second", rates);
      case Price.PerToken(Money perMillion, long tokensMax) ->
          line("per_million_tokens", perMillion) + line("tokens_max", tokensMax);
      case Price.PerUnit(Money perUnit, long unitsMax) ->
          line("per_unit", perUnit) + line("units_max", unitsMax);
      case Price.ReportedCost(long percent, Money max) ->
          line("cost_percent", percent) + line("max", max);
    };
  }

  private static String table(String kind, Rates rates) {
    return rates.lines().stream()
        .map(rate -> "  " + line(condition(rate), rate.amount()))
        .collect(Collectors.joining("", "    " + kind + ":\n", ""));
  }

  /** A text as YAML reads it back, whatever is in it. */
  static String scalar(String text) {
    return text.matches(PLAIN) ? text : "'" + text.replace("'", "''") + "'";
  }

  static String line(String key, Object value) {
    return "    " + key + ": " + value + "\n";
  }

  private static Money money(String name, Object value) {
    return Money.parse(text(name, value));
  }

  static Object value(Map<String, Object> entry, String name) {
    return entry.getOrDefault(name, "");
  }

  static String text(String name, Object value) {
    if (value instanceof String text && !text.isBlank()) {
      return text.strip();
    }
    throw new IllegalArgumentException(name + " is missing or no plain value");
  }
}
