package dev.reelay.provider;

import static java.util.stream.Collectors.joining;

import dev.reelay.task.Recovery;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the cards of the providers say, as Markdown. */
final class ProvidersPage {
  private static final String TABLE =
      """
      | Provider | Speaks to | Makes videos of | Calls back | Says what it took | Checked against |
      |---|---|---|---|---|---|
      """;
  private static final String FRONT_TABLE =
      """
      | Provider | Speaks to | Lost answers are resolved by | Cancel |
      |---|---|---|---|
      """;
  private static final String MODELS =
      """

      | Their model | Sold as | Seconds | Resolutions | Ratios | Sound |
      |---|---|---|---|---|---|
      """;

  private ProvidersPage() {}

  /** A table of all, then a part for each. */
  static String of(Providers providers) {
    return TABLE
        + providers.list().stream().map(ProvidersPage::row).collect(joining())
        + providers.list().stream().map(ProvidersPage::part).collect(joining());
  }

  /** The short one. */
  static String frontTable(Providers providers) {
    return providers.list().stream()
        .map(
            provider ->
                cells(
                    code(provider.name()),
                    provider.card().title(),
                    lostAnswers(provider),
                    cancel(provider)))
        .collect(joining("", FRONT_TABLE, ""));
  }

  private static String row(Provider provider) {
    var card = provider.card();
    return cells(
        "[" + code(provider.name()) + "](#" + provider.name() + ")",
        card.title(),
        words(card.features(), Card.Feature.values()),
        push(card.push()),
        cost(card.cost()),
        words(card.checked(), Card.Evidence.values()));
  }

  private static String part(Provider provider) {
    var card = provider.card();
    return "\n## `%s`\n\n".formatted(provider.name())
        + facts(provider)
        + settings(card.settings())
        + models(card.models())
        + notes(card.notes());
  }

  private static String facts(Provider provider) {
    var card = provider.card();
    var abilities = provider.abilities(Map.of());
    return fact("Speaks to", card.title())
        + fact("Base URL", card.baseUrl().map(url -> code(url.toString())).orElse("as it is there"))
        + fact("Credential", card.credential())
        + fact("Makes videos of", words(card.features(), Card.Feature.values()))
        + fact("Lost answers are resolved by", lostAnswers(provider))
        + fact("Cancel", cancel(provider))
        + fact("Calls back", push(card.push()))
        + fact(
            "Polled",
            "every %s to %s".formatted(time(abilities.pollFloor()), time(abilities.pollCeiling()))
                + together(provider))
        + fact("A result's address", results(card.results()))
        + fact("Says what it took", cost(card.cost()))
        + fact("Checked against", words(card.checked(), Card.Evidence.values()));
  }

  private static String together(Provider provider) {
    var max = provider.askedAtOnceMax("1");
    return max == 1 ? "" : ", up to %d jobs in a call".formatted(max);
  }

  private static String fact(String name, String value) {
    return "- **" + name + "**: " + value + "\n";
  }

  private static String settings(List<Card.Setting> settings) {
    return settings.isEmpty()
        ? ""
        : settings.stream()
            .map(s -> cells(code(s.name()), allowed(s), s.meaning()))
            .collect(
                joining("", "\n| Setting | Values, usual first | Means |\n|---|---|---|\n", ""));
  }

  private static String allowed(Card.Setting setting) {
    return setting.allowed().stream()
        .map(value -> value.isEmpty() ? "nothing" : code(value))
        .collect(joining(", "));
  }

  private static String models(List<Card.OfferedModel> models) {
    return models.isEmpty()
        ? ""
        : models.stream().map(ProvidersPage::model).collect(joining("", MODELS, ""));
  }

  private static String model(Card.OfferedModel model) {
    var can = model.capability();
    return cells(
        code(model.upstream()),
        code(model.suggested()),
        listed(can.seconds()),
        listed(can.resolutions()),
        listed(can.ratios()),
        can.audio().size() == 2 ? "if asked for" : can.audio().getFirst() ? "always" : "no");
  }

  private static String listed(List<?> values) {
    return values.stream().map(String::valueOf).collect(joining(", "));
  }

  private static String notes(List<String> notes) {
    return notes.stream().map(note -> "- " + note + "\n").collect(joining("", "\n", ""));
  }

  /** What is there by itself, then what a setting adds. */
  private static String lostAnswers(Provider provider) {
    var always = recipes(provider.abilities(Map.of()).recovery()).toList();
    var ever =
        provider.card().abilitySettings().stream()
            .flatMap(settings -> recipes(provider.abilities(settings).recovery()))
            .distinct()
            .filter(recipe -> !always.contains(recipe))
            .sorted()
            .toList();
    var bySetting = ever.isEmpty() ? Stream.<String>of() : Stream.of(where(ever));
    return Stream.of(always.stream(), bySetting, Stream.of("else operator or deadline"))
        .flatMap(parts -> parts)
        .collect(joining("; "));
  }

  private static String where(List<String> recipes) {
    return "where a setting says so: " + String.join(", ", recipes);
  }

  private static Stream<String> recipes(Recovery recovery) {
    return Stream.of(
            recovery.token().map(_ -> "idempotency token"),
            recovery.reference().map(_ -> "look-up by our reference"),
            recovery.callback() ? Optional.of("callback") : Optional.<String>empty(),
            recovery.list().map(_ -> "list"))
        .flatMap(Optional::stream);
  }

  private static String cancel(Provider provider) {
    var can =
        provider.card().abilitySettings().stream()
            .map(settings -> provider.abilities(settings).cancel())
            .collect(Collectors.toSet());
    return can.size() == 2 ? "where a setting says so" : can.contains(true) ? "yes" : "no";
  }

  private static String push(Card.Push push) {
    return switch (push) {
      case NONE -> "no";
      case SIGNED -> "yes, signed, to a secret address";
      case SIGNED_BY_SECRET -> "yes, signed with a secret, to a secret address";
      case SECRET_ADDRESS -> "yes, to a secret address";
      case CHALLENGE -> "yes, after a challenge, to a secret address";
    };
  }

  private static String cost(Card.Cost cost) {
    return switch (cost) {
      case NONE -> "no";
      case TOKENS -> "in tokens";
      case UNITS -> "in units";
      case MONEY -> "in money";
    };
  }

  private static String results(Card.Results results) {
    var life =
        results.life().isZero()
            ? "is good for as long as that server likes"
            : "is good for " + time(results.life());
    return life + (results.needsKey() ? ", with the key" : "");
  }

  private static <E extends Enum<E>> String words(Set<E> there, E[] inOrder) {
    return Arrays.stream(inOrder)
        .filter(there::contains)
        .map(ProvidersPage::word)
        .collect(joining(", "));
  }

  private static String word(Enum<?> value) {
    return value == Card.Evidence.VENDOR_SDK
        ? "vendor SDK"
        : value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String time(Duration duration) {
    return duration.toMillisPart() > 0
        ? duration.toMillis() + " ms"
        : duration.toSecondsPart() > 0
            ? duration.toSeconds() + " s"
            : duration.toMinutesPart() > 0
                ? duration.toMinutes() + " min"
                : duration.toHours() + " h";
  }

  private static String code(String text) {
    return "`" + text + "`";
  }

  private static String cells(String... cells) {
    return Arrays.stream(cells)
        .map(cell -> cell.replace("|", "\\|"))
        .collect(joining(" | ", "| ", " |\n"));
  }
}
