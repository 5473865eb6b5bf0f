package dev.reelay.cli;

import dev.reelay.money.Money;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.json.JsonMapper;

/**
 * Named facts in an order, from which both the JSON document and the text for people are made, so
 * that neither says what the other does not. Names are {@code lower_snake}; they are a promise to
 * scripts. Money is written as whole micros in a text, under the name with {@code _micros}.
 */
final class Doc {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Map<String, Cell> cells = new LinkedHashMap<>();

  /** A fact. */
  sealed interface Cell {
    record Text(String text) implements Cell {}

    record Whole(long number) implements Cell {}

    record Claim(boolean holds) implements Cell {}

    record Amount(Money money) implements Cell {}

    record Moment(Instant at) implements Cell {}

    record Part(Doc doc) implements Cell {}

    record Words(List<String> words) implements Cell {}

    record Rows(List<Doc> rows) implements Cell {}

    /** Nothing of that kind; the flag says whether it would be money. */
    record Nothing(boolean isMoney) implements Cell {}
  }

  Doc text(String name, String text) {
    return put(name, new Cell.Text(text));
  }

  Doc text(String name, Optional<String> text) {
    return put(name, text.<Cell>map(Cell.Text::new).orElse(new Cell.Nothing(false)));
  }

  Doc number(String name, long number) {
    return put(name, new Cell.Whole(number));
  }

  Doc number(String name, OptionalInt number) {
    return number.isPresent()
        ? number(name, number.getAsInt())
        : put(name, new Cell.Nothing(false));
  }

  Doc claim(String name, boolean holds) {
    return put(name, new Cell.Claim(holds));
  }

  Doc money(String name, Money amount) {
    return put(name, new Cell.Amount(amount));
  }

  Doc money(String name, Optional<Money> amount) {
    return put(name, amount.<Cell>map(Cell.Amount::new).orElse(new Cell.Nothing(true)));
  }

  Doc time(String name, Instant at) {
    return put(name, new Cell.Moment(at));
  }

  Doc time(String name, Optional<Instant> at) {
    return put(name, at.<Cell>map(Cell.Moment::new).orElse(new Cell.Nothing(false)));
  }

  Doc part(String name, Doc doc) {
    return put(name, new Cell.Part(doc));
  }

  Doc words(String name, List<String> words) {
    return put(name, new Cell.Words(List.copyOf(words)));
  }

  Doc rows(String name, List<Doc> rows) {
    return put(name, new Cell.Rows(List.copyOf(rows)));
  }

  Map<String, Cell> cells() {
    return Collections.unmodifiableMap(cells);
  }

  /** One JSON document of several lines. */
  String json() {
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(plain());
  }

  private Doc put(String name, Cell cell) {
    cells.put(name, cell);
    return this;
  }

  private Map<String, Object> plain() {
    var plain = new LinkedHashMap<String, Object>();
    cells.forEach((name, cell) -> plain.put(key(name, cell), plain(cell)));
    return plain;
  }

  private static String key(String name, Cell cell) {
    return switch (cell) {
      case Cell.Amount _ -> name + "_micros";
      case Cell.Nothing(boolean isMoney) -> isMoney ? name + "_micros" : name;
      case Cell.Text _,
          Cell.Whole _,
          Cell.Claim _,
          Cell.Moment _,
          Cell.Part _,
          Cell.Words _,
          Cell.Rows _ ->
          name;
    };
  }

  private static Object plain(Cell cell) {
    return switch (cell) {
      case Cell.Text(String text) -> text;
      case Cell.Whole(long number) -> number;
      case Cell.Claim(boolean holds) -> holds;
      case Cell.Amount(Money money) -> String.valueOf(money.micros());
      case Cell.Moment(Instant at) -> at.toString();
      case Cell.Part(Doc doc) -> doc.plain();
      case Cell.Words(List<String> words) -> words;
      case Cell.Rows(List<Doc> rows) -> rows.stream().map(Doc::plain).toList();
      // Jackson writes an empty Optional as null.
      case Cell.Nothing _ -> Optional.empty();
    };
  }

  /** All names that occur in the rows, in the order of their first occurrence. */
  static List<String> names(List<Doc> rows) {
    var names = new ArrayList<String>();
    for (var row : rows) {
      row.cells.keySet().stream().filter(name -> !names.contains(name)).forEach(names::add);
    }
    return names;
  }
}
