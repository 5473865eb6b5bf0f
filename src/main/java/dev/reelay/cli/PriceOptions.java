package dev.reelay.cli;

import dev.reelay.money.Money;
import dev.reelay.money.Price;
import dev.reelay.money.Rate;
import dev.reelay.money.Rates;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** A price as it is written on the command line: one kind, with what belongs to it. */
final class PriceOptions {
  @Option(names = "--per-video", paramLabel = "USD", description = "One amount a video.")
  private Optional<Money> perVideo = Optional.empty();

  @Option(names = "--per-second", paramLabel = "USD", description = "One amount a second.")
  private Optional<Money> perSecond = Optional.empty();

  @Option(
      names = "--rate",
      paramLabel = "FOR=USD",
      description =
          "Another amount for a resolution, sound, reference input or several of these: 1080p,"
              + " audio, silent, references, no-references, 1080p+audio.")
  private Map<String, Money> special = new LinkedHashMap<>();

  @Option(
      names = "--per-million-tokens",
      paramLabel = "USD",
      description = "By tokens used; needs --most.")
  private Optional<Money> perMillionTokens = Optional.empty();

  @Option(
      names = "--per-unit",
      paramLabel = "USD",
      description = "By the provider's units or credits; needs --most.")
  private Optional<Money> perUnit = Optional.empty();

  @Option(
      names = "--most",
      paramLabel = "N",
      description = "The most tokens or units that one video may take.")
  private Optional<Long> most = Optional.empty();

  @Option(
      names = "--cost-percent",
      paramLabel = "P",
      description = "Percent of the cost that the provider reports; needs --max.")
  private Optional<Long> costPercent = Optional.empty();

  @Option(
      names = "--max",
      paramLabel = "USD",
      description = "The most that --cost-percent may come to.")
  private Optional<Money> max = Optional.empty();

  /**
   * The price that is meant.
   *
   * @throws Refusal if it is not exactly one kind, or something of it is missing or too much
   */
  Price price() {
    var kinds = Stream.of(perVideo, perSecond, perMillionTokens, perUnit, costPercent);
    if (kinds.filter(Optional::isPresent).count() != 1) {
      throw Refusal.usage(
          "say one of --per-video, --per-second, --per-million-tokens, --per-unit, --cost-percent");
    }
    requireNothingStray();
    try {
      return one();
    } catch (IllegalArgumentException e) {
      throw Refusal.usage(String.valueOf(e.getMessage()));
    }
  }

  private Price one() {
    if (perVideo.isPresent()) {
      return new Price.PerVideo(rates(perVideo.get()));
    }
    if (perSecond.isPresent()) {
      return new Price.PerSecond(rates(perSecond.get()));
    }
    if (perMillionTokens.isPresent()) {
      return new Price.PerToken(perMillionTokens.get(), needed(most, "--most"));
    }
    if (perUnit.isPresent()) {
      return new Price.PerUnit(perUnit.get(), needed(most, "--most"));
    }
    return new Price.ReportedCost(costPercent.orElseThrow(), needed(max, "--max"));
  }

  private void requireNothingStray() {
    var table = perVideo.isPresent() || perSecond.isPresent();
    var counted = perMillionTokens.isPresent() || perUnit.isPresent();
    if (!table && !special.isEmpty()) {
      throw Refusal.usage("--rate goes with --per-video or --per-second");
    }
    if (!counted && most.isPresent()) {
      throw Refusal.usage("--most goes with --per-million-tokens or --per-unit");
    }
    if (costPercent.isEmpty() && max.isPresent()) {
      throw Refusal.usage("--max goes with --cost-percent");
    }
  }

  private Rates rates(Money usual) {
    var lines = new ArrayList<Rate>();
    lines.add(Rate.flat(usual));
    special.forEach((condition, amount) -> lines.add(PriceYaml.rate(condition, amount)));
    return new Rates(lines);
  }

  private static <T> T needed(Optional<T> value, String option) {
    return value.orElseThrow(
        () -> Refusal.usage(option + " is missing: what is the most that a video may take?"));
  }
}
