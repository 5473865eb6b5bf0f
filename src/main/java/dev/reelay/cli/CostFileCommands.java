package dev.reelay.cli;

import dev.reelay.money.CostRule;
import dev.reelay.money.Price;
import dev.reelay.money.Ratio;
import dev.reelay.routing.Catalogue;
import dev.reelay.routing.Channel;
import dev.reelay.routing.CostKey;
import dev.reelay.routing.Costs.NewCost;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What providers ask as a file: kept, reviewed and set all together. */
final class CostFileCommands {
  private CostFileCommands() {}

  /** Writes the costs in force. */
  @Command(
      name = "export",
      description = "What providers ask now as YAML, for reelay cost import.",
      footerHeading = "%nExample:%n",
      footer = "  reelay cost export > costs.yaml")
  static final class Export extends OperatorCommand {
    Export(Terms terms) {
      super(terms);
    }

    @Override
    Answer act(Desk desk) {
      var yaml = CostFile.write(CostCommands.inForce(desk.offer().catalogue().load()));
      return new Answer(new Doc().text("yaml", yaml).json(), yaml, yaml, Exit.OK);
    }
  }

  /** A file, and what it leaves open. */
  static final class FileOptions {
    @Parameters(paramLabel = "FILE", description = "Costs, or prices, as YAML.")
    private Path file = Path.of("");

    @Option(
        names = "--channel",
        split = ",",
        paramLabel = "NAME",
        description = "For a file of prices: whose costs they are; those of its models are taken.")
    private List<String> channels = List.of();

    @Option(
        names = "--exchange",
        paramLabel = "R",
        description = "For entries without one: what one of their currency is in USD; default: 1.")
    private Optional<Ratio> exchange = Optional.empty();
  }

  /** Shows what a file would change. */
  @Command(name = "diff", description = "What reelay cost import of a file would change.")
  static final class Diff extends OperatorCommand {
    @Mixin private FileOptions options = new FileOptions();

    Diff(Terms terms) {
      super(terms);
    }

    @Override
    Answer act(Desk desk) {
      return plan(this, desk, options).shown();
    }
  }

  /** Sets the costs of a file. */
  @Command(
      name = "import",
      description = {
        "Set the costs of a file, all or none: the next version of each that differs.",
        "Without --yes it is only shown what would change. Channels and models that are not",
        "here are left out, costs that are not in the file stay.",
        "An entry of costs has channel, the provider's own name of the model, one kind of",
        "price as in reelay price import, exchange if the amounts are not USD, and from, if it",
        "shall begin later. A file of prices is taken for the channels that --channel names."
      },
      footerHeading = "%nExample:%n",
      footer = "  reelay cost import prices/upstream-2026-11.yaml --channel kling-main --yes")
  static final class Import extends OperatorCommand {
    @Mixin private FileOptions options = new FileOptions();

    @Option(names = "--yes", description = "Set them; else they are only shown.")
    private boolean yes;

    Import(Terms terms) {
      super(terms);
    }

    @Override
    Answer act(Desk desk) {
      return plan(this, desk, options).carriedOut(yes, "costs", desk.offer().costs()::set);
    }
  }

  private static FilePlan<NewCost> plan(OperatorCommand command, Desk desk, FileOptions options) {
    var known = desk.offer().catalogue().load();
    var path = command.surroundings().workingFolder().resolve(options.file);
    var reading = new Reading(known, options);
    switch (CostFile.read(PriceYaml.text(path))) {
      case CostFile.Content.OfChannels(var lines) -> lines.forEach(reading::take);
      case CostFile.Content.OfModels(var prices) -> reading.takeFor(prices);
    }
    for (var cost : reading.wanted) {
      command.requireNotPast("cost", cost.of().upstreamModel(), cost.from());
    }
    var changes = reading.wanted.stream().filter(cost -> differs(known, cost)).toList();
    return new FilePlan<>(
        changes, change -> row(known, change), "left out, not here", reading.strange);
  }

  private static Doc row(Catalogue known, NewCost change) {
    var of = change.of();
    var after = new CostRule(0, of.upstreamModel(), 1, change.price(), change.exchange());
    return new Doc()
        .text("channel", known.channel(of.channel()).map(Channel::name))
        .text("upstream_model", of.upstreamModel())
        .text("before", known.cost(of.channel(), of.upstreamModel()).map(PriceWords::of))
        .text("after", PriceWords.of(after))
        .text("from", change.from().map(Instant::toString));
  }

  private static boolean differs(Catalogue known, NewCost cost) {
    return cost.from().isPresent()
        || known
            .cost(cost.of().channel(), cost.of().upstreamModel())
            .filter(rule -> rule.price().equals(cost.price()))
            .filter(rule -> rule.exchange().equals(cost.exchange()))
            .isEmpty();
  }

  /** Finds what a file is about among what is here. */
  private static final class Reading {
    private final Catalogue known;
    private final FileOptions options;
    private final List<NewCost> wanted = new ArrayList<>();
    private final TreeSet<String> strange = new TreeSet<>();
    private final HashSet<List<Object>> seen = new HashSet<>();

    Reading(Catalogue known, FileOptions options) {
      this.known = known;
      this.options = options;
    }

    void take(CostFile.Line line) {
      if (!options.channels.isEmpty()) {
        throw Refusal.usage("--channel is for a file of prices; this one names its channels");
      }
      var channel =
          known.channels().stream().filter(one -> one.name().equals(line.channel())).findFirst();
      if (channel.filter(one -> one.models().containsValue(line.model())).isEmpty()) {
        strange.add(line.model() + " on " + line.channel());
        return;
      }
      add(
          new CostKey(channel.get().id(), line.model()),
          line.price(),
          line.exchange(),
          line.from());
    }

    void takeFor(List<CostFile.Priced> prices) {
      if (options.channels.isEmpty()) {
        throw Refusal.usage("a file of prices needs --channel: whose costs are they?");
      }
      for (var name : options.channels) {
        var channel = CostCommands.channel(known, name);
        prices.forEach(priced -> takeFor(channel, priced));
      }
    }

    /** By our name of the model, or by the provider's. */
    private void takeFor(Channel channel, CostFile.Priced priced) {
      var theirs =
          Optional.ofNullable(channel.models().get(priced.model()))
              .or(
                  () ->
                      channel.models().values().stream()
                          .filter(priced.model().value()::equals)
                          .findFirst());
      if (theirs.isEmpty()) {
        strange.add(priced.model() + " on " + channel.name());
        return;
      }
      add(new CostKey(channel.id(), theirs.get()), priced.price(), Optional.empty(), priced.from());
    }

    private void add(CostKey of, Price price, Optional<Ratio> own, Optional<Instant> from) {
      if (!seen.add(List.of(of, from))) {
        throw Refusal.failed(of.upstreamModel() + " begins twice at the same time on one channel");
      }
      var exchange = own.or(() -> options.exchange).orElse(Ratio.ONE);
      wanted.add(new NewCost(of, price, exchange, from));
    }
  }
}
