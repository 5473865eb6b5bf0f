package dev.reelay.cli;

import dev.reelay.money.CostRule;
import dev.reelay.money.Price;
import dev.reelay.money.Ratio;
import dev.reelay.routing.ModelName;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What providers ask as a file in YAML: a list {@code costs}, each with its {@code channel}, the
 * provider's own name of the {@code model}, one kind of price in the provider's currency, {@code
 * exchange} if that is not ours, and {@code from} if it does not begin at once. A file of prices
 * can be read as well, for channels that are named beside it.
 */
final class CostFile {
  static final String KEY = "costs";
  private static final String CHANNEL = "channel";
  private static final String MODEL = "model";
  private static final String EXCHANGE = "exchange";

  private CostFile() {}

  /** What a file says. */
  sealed interface Content {
    /** Costs of channels. */
    record OfChannels(List<Line> lines) implements Content {
      public OfChannels {
        lines = List.copyOf(lines);
      }
    }

    /** Prices of models, whoever asks them. */
    record OfModels(List<Priced> prices) implements Content {
      public OfModels {
        prices = List.copyOf(prices);
      }
    }
  }

  /** A price that some provider asks for a model. */
  record Priced(ModelName model, Price price, Optional<Instant> from) {}

  /**
   * An entry.
   *
   * @param channel its name
   * @param model the provider's own name of it
   * @param exchange empty where it does not say
   */
  record Line(
      String channel,
      String model,
      Price price,
      Optional<Ratio> exchange,
      Optional<Instant> from) {}

  /**
   * The content of a file, in its order.
   *
   * @throws Refusal that names the entry and what is wrong with it
   */
  static Content read(String text) {
    var listed = PriceYaml.entries(text, Set.of(KEY, PriceFile.KEY));
    if (listed.key().equals(PriceFile.KEY)) {
      return new Content.OfModels(
          PriceFile.read(listed.entries()).stream()
              .map(price -> new Priced(price.model(), price.price(), price.from()))
              .toList());
    }
    var lines = new ArrayList<Line>();
    for (int i = 0; i < listed.entries().size(); i++) {
      try {
        lines.add(line(PriceYaml.map(listed.entries().get(i))));
      } catch (IllegalArgumentException | DateTimeParseException e) {
        throw Refusal.failed("entry " + (i + 1) + " of the costs: " + e.getMessage());
      }
    }
    return new Content.OfChannels(lines);
  }

  private static Line line(Map<String, Object> entry) {
    var price = PriceYaml.price(entry, Set.of(CHANNEL, MODEL, EXCHANGE, PriceYaml.FROM));
    return new Line(
        PriceYaml.text(CHANNEL, PriceYaml.value(entry, CHANNEL)),
        PriceYaml.text(MODEL, PriceYaml.value(entry, MODEL)),
        price,
        Optional.ofNullable(entry.get(EXCHANGE))
            .map(told -> Ratio.parse(PriceYaml.text(EXCHANGE, told))),
        PriceYaml.from(entry));
  }

  /** Costs in force, by the name of their channel; read again, it changes nothing. */
  static String write(List<Map.Entry<String, CostRule>> rules) {
    return rules.stream()
        .map(rule -> entry(rule.getKey(), rule.getValue()))
        .collect(Collectors.joining("", KEY + ":\n", ""));
  }

  private static String entry(String channel, CostRule rule) {
    var exchange =
        rule.exchange().equals(Ratio.ONE) ? "" : PriceYaml.line(EXCHANGE, rule.exchange());
    return "  - "
        + CHANNEL
        + ": "
        + PriceYaml.scalar(channel)
        + "\n"
        + PriceYaml.line(MODEL, PriceYaml.scalar(rule.upstreamModel()))
        + exchange
        + PriceYaml.body(rule.price());
  }
}
