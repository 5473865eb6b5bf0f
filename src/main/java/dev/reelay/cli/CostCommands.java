package dev.reelay.cli;

import dev.reelay.money.CostRule;
import dev.reelay.money.Ratio;
import dev.reelay.routing.Catalogue;
import dev.reelay.routing.Channel;
import dev.reelay.routing.CostKey;
import dev.reelay.routing.Costs.NewCost;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What providers ask of us. */
@Command(name = "cost", description = "What providers ask of you, in versions; see reelay margin.")
final class CostCommands extends Group {

  /** Sets a cost. */
  @Command(
      name = "set",
      description = {
        "Set what the provider of a channel asks for one of its models: the next version.",
        "Attempts already sent keep theirs. Customers never see it. What a provider reports",
        "itself comes before this."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  reelay cost set main kling-v3 --per-second 0.60 --rate 1080p=0.80 --exchange 1/7.12",
        "  reelay cost set fast seedance-2.0 --per-million-tokens 7.00 --most 400000"
      })
  static final class SetCost extends OperatorCommand {
    @Parameters(index = "0", paramLabel = "CHANNEL", description = "The channel's name.")
    private String channel = "";

    @Parameters(
        index = "1",
        paramLabel = "UPSTREAM_MODEL",
        description = "The provider's own name of the model.")
    private String model = "";

    @ArgGroup(exclusive = false, multiplicity = "1")
    private PriceOptions price = new PriceOptions();

    @Option(
        names = "--exchange",
        paramLabel = "R",
        description = {
          "What one of the provider's currency is in USD, such as 0.14 or 1/7.12;",
          "default: ${DEFAULT-VALUE}, the amounts are USD."
        })
    private Ratio exchange = Ratio.ONE;

    @Option(
        names = "--from",
        paramLabel = "TIME",
        description = "When it begins, such as 2026-12-01T00:00:00Z; at once if left out.")
    private Optional<Instant> from = Optional.empty();

    SetCost(Terms terms) {
      super(terms);
    }

    @Override
    Answer act(Desk desk) {
      var wanted = price.price();
      var known = desk.offer().catalogue().load();
      var of = key(channel(known, channel), model);
      requireNotPast("cost", model, from);
      var rule =
          desk.offer().costs().set(List.of(new NewCost(of, wanted, exchange, from))).getFirst();
      return Answer.done(
          channel
              + " asks for "
              + model
              + ": "
              + PriceWords.of(rule)
              + from.map(at -> ", from " + at).orElse(", from now on")
              + " (version "
              + rule.version()
              + ")",
          rule(channel, rule),
          String.valueOf(rule.version()));
    }
  }

  /** Lists the costs in force. */
  @Command(name = "list", description = "What providers ask now, by channel and model.")
  static final class ListAll extends OperatorCommand {
    ListAll(Terms terms) {
      super(terms);
    }

    @Override
    Answer act(Desk desk) {
      var known = desk.offer().catalogue().load();
      return Answer.list(
          "costs", inForce(known).stream().map(one -> rule(one.getKey(), one.getValue())).toList());
    }
  }

  /** Shows all versions of one cost. */
  @Command(name = "history", description = "All versions of a cost, the newest first.")
  static final class History extends OperatorCommand {
    @Parameters(index = "0", paramLabel = "CHANNEL", description = "The channel's name.")
    private String channel = "";

    @Parameters(
        index = "1",
        paramLabel = "UPSTREAM_MODEL",
        description = "The provider's own name of the model.")
    private String model = "";

    History(Terms terms) {
      super(terms);
    }

    @Override
    Answer act(Desk desk) {
      var known = desk.offer().catalogue().load();
      var of = new CostKey(channel(known, channel).id(), model);
      return Answer.list(
          "versions",
          desk.offer().costs().history(of).stream()
              .map(version -> rule(channel, version.rule()).time("valid_from", version.validFrom()))
              .toList());
    }
  }

  /** The costs in force by the name of their channel, in order. */
  static List<Map.Entry<String, CostRule>> inForce(Catalogue known) {
    return known.costs().entrySet().stream()
        .flatMap(
            cost ->
                known.channel(cost.getKey().channel()).stream()
                    .map(channel -> Map.entry(channel.name(), cost.getValue())))
        .sorted(
            Comparator.<Map.Entry<String, CostRule>, String>comparing(Map.Entry::getKey)
                .thenComparing(cost -> cost.getValue().upstreamModel()))
        .toList();
  }

  static Channel channel(Catalogue known, String name) {
    return known.channels().stream()
        .filter(channel -> channel.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                Refusal.failed("there is no channel " + name + "; reelay channel list shows them"));
  }

  /** A model that the channel has; one misspelled would never cost anything. */
  static CostKey key(Channel channel, String upstreamModel) {
    if (!channel.models().containsValue(upstreamModel)) {
      throw Refusal.failed(
          "channel "
              + channel.name()
              + " maps no model to "
              + upstreamModel
              + "; it has "
              + String.join(", ", channel.models().values().stream().distinct().sorted().toList()));
    }
    return new CostKey(channel.id(), upstreamModel);
  }

  private static Doc rule(String channel, CostRule rule) {
    return new Doc()
        .text("channel", channel)
        .text("upstream_model", rule.upstreamModel())
        .number("version", rule.version())
        .text("cost", PriceWords.of(rule))
        .text("exchange", rule.exchange().toString())
        .rows("rates", PriceWords.rates(rule.price()));
  }
}
