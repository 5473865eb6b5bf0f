package dev.reelay.cli;

import dev.reelay.money.PriceRule;
import dev.reelay.routing.ModelName;
import dev.reelay.routing.Models.NewPrice;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What models cost. */
@Command(name = "price", description = "What models cost, in versions.")
final class PriceCommands extends Group {

  /** Sets a price. */
  @Command(
      name = "set",
      description = {
        "Set a model's price: its next version. Tasks already accepted keep theirs.",
        "A create holds the most that the task may cost."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  reelay price set veo3.1-fast --per-video 0.40",
        "  reelay price set sora-2-pro --per-second 0.10 --rate 1080p=0.16",
        "  reelay price set talking --per-second 0.05 --rate 1080p+audio=0.12 --rate audio=0.08"
      })
  static final class SetPrice extends OperatorCommand {
    @Parameters(paramLabel = "MODEL", description = "The model's public name.")
    private ModelName model = new ModelName("-");

    @ArgGroup(exclusive = false, multiplicity = "1")
    private PriceOptions price = new PriceOptions();

    @Option(
        names = "--from",
        paramLabel = "TIME",
        description = "When it begins, such as 2026-12-01T00:00:00Z; at once if left out.")
    private Optional<Instant> from = Optional.empty();

    SetPrice(Terms terms) {
      super(terms);
    }

    @Override
    Answer act(Desk desk) {
      var wanted = price.price();
      ModelCommands.require(desk.offer().catalogue().load(), model);
      requireNotPast("price", model.value(), from);
      var rule =
          desk.offer().models().setPrices(List.of(new NewPrice(model, wanted, from))).getFirst();
      return Answer.done(
          model
              + " costs "
              + PriceWords.of(wanted)
              + from.map(at -> " from " + at).orElse(" from now on")
              + " (version "
              + rule.version()
              + ")",
          rule(rule),
          String.valueOf(rule.version()));
    }
  }

  /** Lists the prices in force. */
  @Command(name = "list", description = "The price in force of every model.")
  static final class ListAll extends OperatorCommand {
    ListAll(Terms terms) {
      super(terms);
    }

    @Override
    Answer act(Desk desk) {
      var prices = desk.offer().catalogue().load().prices().values();
      return Answer.list(
          "prices",
          prices.stream()
              .sorted(Comparator.comparing(PriceRule::model))
              .map(PriceCommands::rule)
              .toList());
    }
  }

  /** Shows all versions of one price. */
  @Command(name = "history", description = "All versions of a model's price, the newest first.")
  static final class History extends OperatorCommand {
    @Parameters(paramLabel = "MODEL", description = "The model's public name.")
    private ModelName model = new ModelName("-");

    History(Terms terms) {
      super(terms);
    }

    @Override
    Answer act(Desk desk) {
      var versions = desk.offer().models().priceHistory(model);
      return Answer.list(
          "versions",
          versions.stream()
              .map(version -> rule(version.rule()).time("valid_from", version.validFrom()))
              .toList());
    }
  }

  private static Doc rule(PriceRule rule) {
    return new Doc()
        .text("model", rule.model())
        .number("version", rule.version())
        .text("price", PriceWords.of(rule.price()))
        .rows("rates", PriceWords.rates(rule.price()));
  }
}
