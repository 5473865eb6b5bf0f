package dev.reelay.cli;

import dev.reelay.money.PriceRule;
import dev.reelay.routing.ModelName;
import dev.reelay.routing.Models.NewPrice;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Prices as a file in YAML: a list {@code prices}, each with its {@code model}, one kind of price
 * and, if it does not begin at once, {@code from}.
 */
final class PriceFile {
  static final String KEY = "prices";
  private static final String MODEL = "model";

  private PriceFile() {}

  /**
   * The prices of a file, in its order.
   *
   * @throws Refusal that names the entry and what is wrong with it
   */
  static List<NewPrice> read(String text) {
    return read(PriceYaml.entries(text, Set.of(KEY)).entries());
  }

  static List<NewPrice> read(List<?> entries) {
    var prices = new ArrayList<NewPrice>();
    var seen = new HashSet<List<Object>>();
    for (int i = 0; i < entries.size(); i++) {
      var where = "entry " + (i + 1);
      try {
        var price = price(PriceYaml.map(entries.get(i)));
        if (!seen.add(List.of(price.model(), price.from()))) {
          throw new IllegalArgumentException(price.model() + " begins twice at the same time");
        }
        prices.add(price);
      } catch (IllegalArgumentException | DateTimeParseException e) {
        throw Refusal.failed(where + " of the prices: " + e.getMessage());
      }
    }
    return prices;
  }

  /** The same for prices in force: read again, it changes nothing. */
  static String write(Collection<PriceRule> rules) {
    return rules.stream()
        .sorted(Comparator.comparing(PriceRule::model))
        .map(rule -> "  - model: " + rule.model() + "\n" + PriceYaml.body(rule.price()))
        .collect(Collectors.joining("", KEY + ":\n", ""));
  }

  private static NewPrice price(Map<String, Object> entry) {
    var price = PriceYaml.price(entry, Set.of(MODEL, PriceYaml.FROM));
    var model = new ModelName(PriceYaml.text(MODEL, PriceYaml.value(entry, MODEL)));
    return new NewPrice(model, price, PriceYaml.from(entry));
  }
}
