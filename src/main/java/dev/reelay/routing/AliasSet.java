package dev.reelay.routing;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Names that programs ask for although nobody makes these models any more, and models to stand in
 * for them. What stands in is tried in order; only what the operator has can be named.
 *
 * @param names what programs ask for
 * @param standIns public names under which operators usually have the models, the nearest first
 */
public record AliasSet(String name, List<ModelName> names, List<ModelName> standIns) {
  /**
   * For programs written for Sora, whose API ended on 2026-09-24: the names that OpenAI's own SDK
   * knows (openai-java 4.101.0), and the one by which relays of the unified format sold it with
   * pictures. The stand-ins make lengths near 4, 8 and 12 seconds with sound, or else in 720p.
   */
  public static final AliasSet SORA =
      new AliasSet(
          "sora",
          models(
              "sora-2",
              "sora-2-pro",
              "sora-2-2025-10-06",
              "sora-2-2025-12-08",
              "sora-2-pro-2025-10-06",
              "sora-2-all"),
          models(
              "veo-3.1",
              "veo3.1",
              "veo-3.1-fast",
              "veo3.1-fast",
              "seedance-2.0",
              "seedance-2.0-fast",
              "seedance-1.5-pro",
              "kling-v3",
              "kling-v2-6",
              "wan-3.0",
              "wan-2.7",
              "wan-2.6",
              "grok-imagine-video",
              "hailuo-02"));

  public AliasSet {
    names = List.copyOf(names);
    standIns = List.copyOf(standIns);
  }

  private static List<ModelName> models(String... names) {
    return Stream.of(names).map(ModelName::new).toList();
  }

  /** Every set there is. */
  public static List<AliasSet> all() {
    return List.of(SORA);
  }

  public static Optional<AliasSet> find(String name) {
    return all().stream().filter(set -> set.name().equals(name)).findFirst();
  }

  /**
   * What it would mean here.
   *
   * @param chosen models to stand in instead of the usual ones; empty for these
   */
  public Proposal over(Catalogue catalogue, List<ModelName> chosen) {
    var targets =
        (chosen.isEmpty() ? standIns : chosen)
            .stream().filter(catalogue.models()::containsKey).distinct().toList();
    var free = names.stream().filter(name -> !catalogue.models().containsKey(name)).toList();
    var left = names.stream().filter(catalogue.models()::containsKey).toList();
    return new Proposal(
        targets.isEmpty()
            ? List.of()
            : free.stream().map(name -> new Alias(name, targets)).toList(),
        left);
  }

  /**
   * @param aliases what would be made; empty if no model can stand in
   * @param models names that are models here and stay so
   */
  public record Proposal(List<Alias> aliases, List<ModelName> models) {
    public Proposal {
      aliases = List.copyOf(aliases);
      models = List.copyOf(models);
    }
  }
}
