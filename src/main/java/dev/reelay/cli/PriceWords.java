package dev.reelay.cli;

import dev.reelay.money.CostRule;
import dev.reelay.money.Money;
import dev.reelay.money.Price;
import dev.reelay.money.Rate;
import dev.reelay.money.Rates;
import dev.reelay.money.Ratio;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Prices in words and as facts. */
final class PriceWords {
  private PriceWords() {}

  private static final String OURS = "USD";
  private static final String THEIRS = "of its currency";

  /** Such as {@code 0.10 USD a second, 1080p 0.16}. */
  static String of(Price price) {
    return of(price, OURS);
  }

  /** What a provider asks, in its currency, and what one of that is in ours. */
  static String of(CostRule rule) {
    return rule.exchange().equals(Ratio.ONE)
        ? of(rule.price())
        : of(rule.price(), THEIRS) + "; one of it is " + rule.exchange() + " USD";
  }

  private static String of(Price price, String money) {
    return switch (price) {
      case Price.PerVideo(Rates rates) -> rates(rates, money + " a video");
      case Price.PerSecond(Rates rates) -> rates(rates, money + " a second");
      case Price.PerToken(Money perMillion, long tokensMax) ->
          perMillion + " " + money + " a million tokens, at most " + tokensMax + " tokens a video";
      case Price.PerUnit(Money perUnit, long unitsMax) ->
          perUnit + " " + money + " a unit, at most " + unitsMax + " units a video";
      case Price.ReportedCost(long factorPercent, Money max) ->
          factorPercent + "% of the provider's cost, at most " + max + " " + money + " a video";
    };
  }

  /** The lines of a rate table; the only line for a price without one. */
  static List<Doc> rates(Price price) {
    return switch (price) {
      case Price.PerVideo(Rates rates) -> lines("video", rates);
      case Price.PerSecond(Rates rates) -> lines("second", rates);
      case Price.PerToken(Money perMillion, long tokensMax) ->
          List.of(line("million_tokens", perMillion).number("tokens_max", tokensMax));
      case Price.PerUnit(Money perUnit, long unitsMax) ->
          List.of(line("unit", perUnit).number("units_max", unitsMax));
      case Price.ReportedCost(long factorPercent, Money max) ->
          List.of(
              new Doc()
                  .text("per", "reported_cost")
                  .number("percent", factorPercent)
                  .money("max", max));
    };
  }

  private static Doc line(String per, Money amount) {
    return new Doc().text("per", per).money("amount", amount);
  }

  private static List<Doc> lines(String per, Rates rates) {
    return rates.lines().stream()
        .map(
            rate ->
                line(per, rate.amount())
                    .text("resolution", rate.resolution().map(Object::toString))
                    .text("audio", rate.audio().map(audio -> audio ? "yes" : "no"))
                    .text("references", rate.references().map(given -> given ? "yes" : "no")))
        .toList();
  }

  private static String rates(Rates rates, String per) {
    return rates.lines().stream()
        .map(rate -> condition(rate) + rate.amount())
        .collect(Collectors.joining(", ", "", " " + per));
  }

  private static String condition(Rate rate) {
    var words = new ArrayList<String>();
    rate.resolution().ifPresent(resolution -> words.add(resolution.toString()));
    rate.audio().ifPresent(audio -> words.add(audio ? "with sound" : "silent"));
    rate.references()
        .ifPresent(given -> words.add(given ? "with references" : "without references"));
    return words.isEmpty() ? "" : String.join(" ", words) + " ";
  }
}
