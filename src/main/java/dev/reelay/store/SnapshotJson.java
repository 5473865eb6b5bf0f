package dev.reelay.store;

import dev.reelay.money.CostRule;
import dev.reelay.money.Factors;
import dev.reelay.money.PriceRule;
import dev.reelay.money.PriceSnapshot;
import dev.reelay.money.Ratio;
import dev.reelay.money.Resolution;
import dev.reelay.money.Usage;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a task keeps of prices, usage and what its attempt's provider asked, as the store keeps it:
 * every amount in micros.
 */
final class SnapshotJson {
  private SnapshotJson() {}

  static String write(PriceSnapshot snapshot) {
    var rule = snapshot.rule();
    return JsonFields.empty()
        .with("rule", rule.id())
        .with("model", rule.model())
        .with("version", rule.version())
        .with("kind", PriceJson.kind(rule.price()))
        .with("price", PriceJson.body(rule.price()))
        .with("factor_millionths", snapshot.factors().planMillionths())
        .with("tenant_factor_millionths", snapshot.factors().tenantMillionths())
        .with("asked", usage(snapshot.asked()))
        .json();
  }

  static PriceSnapshot read(String json) {
    var fields = JsonFields.parse(json);
    var price = PriceJson.read(fields.text("kind"), fields.node("price"));
    var version = Math.toIntExact(fields.number("version"));
    return new PriceSnapshot(
        new PriceRule(fields.number("rule"), fields.text("model"), version, price),
        new Factors(
            fields.number("factor_millionths"),
            fields
                .maybe("tenant_factor_millionths", fields::number)
                .orElse(Factors.ONE_MILLIONTHS)),
        usage(fields.object("asked")));
  }

  static JsonFields costs(CostRule rule) {
    return JsonFields.empty()
        .with("rule", rule.id())
        .with("version", rule.version())
        .with("kind", PriceJson.kind(rule.price()))
        .with("price", PriceJson.body(rule.price()))
        .with("exchange_numerator", rule.exchange().numerator())
        .with("exchange_denominator", rule.exchange().denominator());
  }

  static CostRule costs(String upstreamModel, JsonFields fields) {
    return new CostRule(
        fields.number("rule"),
        upstreamModel,
        Math.toIntExact(fields.number("version")),
        PriceJson.read(fields.text("kind"), fields.node("price")),
        new Ratio(fields.number("exchange_numerator"), fields.number("exchange_denominator")));
  }

  private static JsonFields usage(Usage usage) {
    var fields = JsonFields.empty().with("millis", usage.millis());
    usage.resolution().ifPresent(resolution -> fields.with("lines", resolution.lines()));
    usage.audio().ifPresent(audio -> fields.with("audio", audio));
    usage.units().ifPresent(units -> fields.with("units", units));
    usage.cost().ifPresent(cost -> fields.with("cost", cost));
    return usage.references() ? fields.with("references", true) : fields;
  }

  private static Usage usage(JsonFields fields) {
    return new Usage(
        fields.number("millis"),
        resolution(fields),
        fields.maybe("audio", fields::flag),
        units(fields),
        fields.maybe("cost", fields::money),
        fields.maybe("references", fields::flag).orElse(false));
  }

  private static Optional<Resolution> resolution(JsonFields fields) {
    return fields
        .maybe("lines", fields::number)
        .map(lines -> new Resolution(Math.toIntExact(lines)));
  }

  static OptionalLong units(JsonFields fields) {
    return fields.maybe("units", fields::number).stream().mapToLong(Long::longValue).findFirst();
  }
}
