package dev.reelay.http.dialect;

import dev.reelay.money.Factors;
import dev.reelay.money.Hold;
import dev.reelay.money.Money;
import dev.reelay.money.PriceRule;
import dev.reelay.money.Quote;
import dev.reelay.money.Resolution;
import dev.reelay.money.Usage;
import dev.reelay.routing.Capability;
import dev.reelay.routing.Catalogue;
import dev.reelay.routing.Model;
import dev.reelay.routing.ModelName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What one public name offers to one tenant: what its model can make, without that which has no
 * price. Made of the same data that a create is fitted and priced by.
 *
 * @param models all models behind the name, in order
 * @param first the first of them that is served and priced: what it makes is made unchanged
 * @param rule its price
 * @param factors of the tenant who asks
 */
public record Offer(
    ModelName name,
    boolean isAlias,
    List<ModelName> models,
    Capability first,
    PriceRule rule,
    Factors factors) {
  private static final long MILLIS_PER_SECOND = 1_000;

  public Offer {
    models = List.copyOf(models);
  }

  /** Empty if nobody serves the name now, or nothing of it has a price. */
  public static Optional<Offer> of(Catalogue now, ModelName name, Factors factors) {
    var behind = now.behind(name);
    var names = behind.stream().map(Model::name).toList();
    return behind.stream()
        .filter(model -> now.isServed(model.name()))
        .flatMap(
            model ->
                now
                    .price(model.name())
                    .flatMap(rule -> priced(model.capability(), rule))
                    .map(priced -> priced.offer(now, name, names, factors))
                    .stream())
        .findFirst();
  }

  /** What is left of a capability once it has a price. */
  private record Priced(Capability capability, PriceRule rule) {
    Offer offer(Catalogue now, ModelName name, List<ModelName> models, Factors factors) {
      return new Offer(name, now.isAlias(name), models, capability, rule, factors);
    }
  }

  private static Optional<Priced> priced(Capability all, PriceRule rule) {
    var resolutions =
        all.resolutions().stream()
            .filter(r -> all.audio().stream().anyMatch(a -> hasPrice(all, rule, r, a)))
            .toList();
    var audio =
        all.audio().stream()
            .filter(a -> all.resolutions().stream().anyMatch(r -> hasPrice(all, rule, r, a)))
            .toList();
    return resolutions.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Priced(
                new Capability(
                    all.seconds(),
                    resolutions,
                    all.ratios(),
                    audio,
                    pictures(all, rule),
                    clips(all, rule)),
                rule));
  }

  private static boolean hasPrice(
      Capability all, PriceRule rule, Resolution resolution, boolean audio) {
    return amount(rule, Factors.ONE, usage(all.seconds().getFirst(), resolution, audio))
        .isPresent();
  }

  /** References that have no price are not offered. */
  private static Capability.Pictures pictures(Capability all, PriceRule rule) {
    var takes = all.pictures();
    return hasReferencePrice(all, rule)
        ? takes
        : new Capability.Pictures(takes.firstFrame(), takes.lastFrame(), 0, takes.together());
  }

  private static Capability.Clips clips(Capability all, PriceRule rule) {
    return hasReferencePrice(all, rule) ? all.clips() : Capability.Clips.NONE;
  }

  private static boolean hasReferencePrice(Capability all, PriceRule rule) {
    return all.resolutions().stream()
        .flatMap(r -> all.audio().stream().map(a -> usage(all.seconds().getFirst(), r, a)))
        .anyMatch(usage -> amount(rule, Factors.ONE, usage.withReferences(true)).isPresent());
  }

  /** The least that one video may hold. */
  public Money least() {
    return holds().min(Money::compareTo).orElse(Money.ZERO);
  }

  /** The most that one video may hold. */
  public Money most() {
    return holds().max(Money::compareTo).orElse(Money.ZERO);
  }

  private Stream<Money> holds() {
    return first.seconds().stream()
        .flatMap(seconds -> first.resolutions().stream().flatMap(r -> usages(seconds, r)))
        .flatMap(usage -> amount(rule, factors, usage).stream());
  }

  private Stream<Usage> usages(int seconds, Resolution resolution) {
    var plain = first.audio().stream().map(audio -> usage(seconds, resolution, audio)).toList();
    return first.pictures().referencesMax() == 0 && first.clips().isNone()
        ? plain.stream()
        : plain.stream().flatMap(usage -> Stream.of(usage, usage.withReferences(true)));
  }

  private static Usage usage(int seconds, Resolution resolution, boolean audio) {
    return Usage.of(seconds * MILLIS_PER_SECOND, resolution, audio);
  }

  private static Optional<Money> amount(PriceRule rule, Factors factors, Usage usage) {
    return Quote.hold(rule, factors, usage).map(Hold::max);
  }
}
