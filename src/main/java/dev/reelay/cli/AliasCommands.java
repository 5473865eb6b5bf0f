package dev.reelay.cli;

import dev.reelay.routing.Alias;
import dev.reelay.routing.AliasSet;
import dev.reelay.routing.Catalogue;
import dev.reelay.routing.ModelName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Ready-made aliases. */
@Command(name = "alias", description = "Ready-made aliases for programs whose models are gone.")
final class AliasCommands extends Group {

  /** Shows and applies a set. */
  @Command(
      name = "import",
      description = {
        "Show the aliases of a ready-made set over the models that are here; with --apply, make"
            + " them.",
        "sora: the names of Sora's models, whose API ended on 2026-09-24.",
        "Names that are models here stay models. One alias: reelay model alias."
      },
      footerHeading = "%nExample:%n",
      footer = "  reelay alias import sora --to veo-3.1-fast,seedance-2.0 --apply")
  static final class Import extends OperatorCommand {
    @Parameters(paramLabel = "SET", description = "The set: sora.")
    private String name = "";

    @Option(
        names = "--to",
        split = ",",
        paramLabel = "MODEL",
        description = "Models that stand in, in this order, instead of the usual ones.")
    private List<ModelName> chosen = List.of();

    @Option(names = "--apply", description = "Make them; else they are only shown.")
    private boolean apply;

    Import(Terms terms) {
      super(terms);
    }

    @Override
    Answer act(Desk desk) {
      var set = AliasSet.find(name).orElseThrow(() -> Refusal.usage("the sets are: " + names()));
      var known = desk.offer().catalogue().load();
      chosen.forEach(target -> ModelCommands.require(known, target));
      var proposal = set.over(known, chosen);
      if (proposal.aliases().isEmpty()) {
        throw Refusal.failed(
            "none of the usual models is here to stand in; name yours with --to MODEL");
      }
      if (apply) {
        proposal.aliases().forEach(desk.offer().models()::saveAlias);
      }
      var rows = proposal.aliases().stream().map(alias -> row(alias, known)).toList();
      return shown(rows, proposal.models());
    }

    private Answer shown(List<Doc> rows, List<ModelName> models) {
      var list = Answer.list("aliases", rows);
      var kept =
          models.isEmpty() ? "" : "already models and left alone: " + words(models.stream()) + "\n";
      var next = apply ? "made " + rows.size() + " aliases\n" : "nothing is made without --apply\n";
      return new Answer(list.json(), list.text() + kept + next, list.bare(), list.exit());
    }

    private static Doc row(Alias alias, Catalogue known) {
      var before = Optional.ofNullable(known.aliases().get(alias.name())).map(Alias::targets);
      return new Doc()
          .text("name", alias.name().value())
          .text("stands_for", words(alias.targets().stream()))
          .text("before", before.map(targets -> words(targets.stream())))
          .claim("served", alias.targets().stream().anyMatch(known::isServed));
    }

    private static String words(Stream<ModelName> names) {
      return names.map(ModelName::value).collect(Collectors.joining(", "));
    }

    private static String names() {
      return AliasSet.all().stream().map(AliasSet::name).collect(Collectors.joining(", "));
    }
  }
}
