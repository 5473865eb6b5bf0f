package dev.reelay.cli;

import dev.reelay.money.PriceRule;
import dev.reelay.routing.Catalogue;
import dev.reelay.routing.Models.NewPrice;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prices as a file: kept, reviewed and set all together. */
final class PriceFileCommands {
  private PriceFileCommands() {}

  /** Writes the prices in force. */
  @Command(
      name = "export",
      description = "The prices in force as YAML, for reelay price import.",
      footerHeading = "%nExample:%n",
      footer = "  reelay price export > prices.yaml")
  static final class Export extends OperatorCommand {
    Export(Terms terms) {
      super(terms);
    }

    @Override
    Answer act(Desk desk) {
      var rules = desk.offer().catalogue().load().prices().values();
      var yaml = PriceFile.write(rules);
      return new Answer(new Doc().text("yaml", yaml).json(), yaml, yaml, Exit.OK);
    }
  }

  /** Shows what a file would change. */
  @Command(name = "diff", description = "What reelay price import of a file would change.")
  static final class Diff extends OperatorCommand {
    @Parameters(paramLabel = "FILE", description = "Prices as YAML.")
    private Path file = Path.of("");

    Diff(Terms terms) {
      super(terms);
    }

    @Override
    Answer act(Desk desk) {
      return plan(this, desk, file).shown();
    }
  }

  /** Sets the prices of a file. */
  @Command(
      name = "import",
      description = {
        "Set the prices of a file, all or none: the next version of each that differs.",
        "Without --yes it is only shown what would change. Models that are not here are left",
        "out, prices that are not in the file stay. Tasks already accepted keep theirs.",
        "An entry has model, one of per_video, per_second (an amount, or amounts for usual,",
        "1080p, audio, 1080p+references …), per_million_tokens with tokens_max, per_unit with",
        "units_max, cost_percent with max; and from, if it shall begin later."
      },
      footerHeading = "%nExample:%n",
      footer = "  reelay price import prices.yaml --yes")
  static final class Import extends OperatorCommand {
    @Parameters(paramLabel = "FILE", description = "Prices as YAML.")
    private Path file = Path.of("");

    @Option(names = "--yes", description = "Set them; else they are only shown.")
    private boolean yes;

    Import(Terms terms) {
      super(terms);
    }

    @Override
    Answer act(Desk desk) {
      return plan(this, desk, file).carriedOut(yes, "prices", desk.offer().models()::setPrices);
    }
  }

  private static FilePlan<NewPrice> plan(OperatorCommand command, Desk desk, Path file) {
    var known = desk.offer().catalogue().load();
    var wanted =
        PriceFile.read(PriceYaml.text(command.surroundings().workingFolder().resolve(file)));
    var changes = new ArrayList<NewPrice>();
    for (var price : wanted) {
      command.requireNotPast("price", price.model().value(), price.from());
      var before = known.price(price.model()).map(PriceRule::price);
      boolean isHere = known.find(price.model()).isPresent();
      if (isHere && (price.from().isPresent() || !before.equals(Optional.of(price.price())))) {
        changes.add(price);
      }
    }
    var strange =
        wanted.stream()
            .map(NewPrice::model)
            .filter(model -> known.find(model).isEmpty())
            .map(Object::toString)
            .distinct()
            .collect(Collectors.toList());
    return new FilePlan<>(
        changes, change -> row(known, change), "left out, not models here", strange);
  }

  private static Doc row(Catalogue known, NewPrice change) {
    return new Doc()
        .text("model", change.model().value())
        .text("before", known.price(change.model()).map(rule -> PriceWords.of(rule.price())))
        .text("after", PriceWords.of(change.price()))
        .text("from", change.from().map(Instant::toString));
  }
}
