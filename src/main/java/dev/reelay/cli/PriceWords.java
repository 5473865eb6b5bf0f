package dev.reelay.cli;

import dev.reelay.money.Money;
import dev.reelay.money.Price;
import dev.reelay.money.Rate;
import dev.reelay.money.Rates;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Prices in words and as facts. */
final class PriceWords {
  private PriceWords() {}

  /** Such as {@code 0.10 USD a second, 1080p 0.16}. */
  static String of(Price price) {
    return switch (price) {
      case Price.PerVideo(Rates rates) -> rates(rates, "a video");
      case Price.PerSecond(Rates rates) -> rates(rates, "a second");
      case Price.PerToken(Money perMillion, long tokensMax) ->
          perMillion + " USD a million tokens, at most " + tokensMax + " tokens a video";
      case Price.PerUnit(Money perUnit, long unitsMax) ->
          perUnit + " USD a unit, at most " + unitsMax + " units a video";
      case Price.ReportedCost(long factorPercent, Money max) ->
          factorPercent + "% of the provider's cost, at most " + max + " USD a video";
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
        .collect(Collectors.joining(", ", "", " USD " + per));
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
