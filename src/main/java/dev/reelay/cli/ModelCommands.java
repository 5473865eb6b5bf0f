package dev.reelay.cli;

import dev.reelay.money.Resolution;
import dev.reelay.routing.Alias;
import dev.reelay.routing.AspectRatio;
import dev.reelay.routing.Capability;
import dev.reelay.routing.Catalogue;
import dev.reelay.routing.Model;
import dev.reelay.routing.ModelName;
import dev.reelay.routing.Preference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What can be asked for. */
@Command(name = "model", description = "Models under their public names, and aliases.")
final class ModelCommands extends Group {

  /** Whether a model makes sound. */
  enum Audio {
    no,
    yes,
    both;

    private List<Boolean> makes() {
      return switch (this) {
        case no -> List.of(false);
        case yes -> List.of(true);
        case both -> List.of(false, true);
      };
    }
  }

  /** Adds a model. */
  @Command(
      name = "add",
      description = {
        "Add a model, or replace what it can make.",
        "The first of each list is the default."
      })
  static final class Add extends OperatorCommand {
    @Parameters(paramLabel = "NAME", description = "The public name.")
    private ModelName name = new ModelName("-");

    @Option(
        names = "--seconds",
        split = ",",
        required = true,
        paramLabel = "N",
        description = "Lengths it makes, such as 5,10.")
    private List<Integer> seconds = List.of();

    @Option(
        names = {"--resolutions", "--resolution"},
        split = ",",
        paramLabel = "P",
        description = "Resolutions, such as 720p,1080p; default: 720p.")
    private List<Resolution> resolutions = List.of(Resolution.P720);

    @Option(
        names = {"--ratios", "--ratio"},
        split = ",",
        paramLabel = "W:H",
        description = "Ratios, such as 16:9,9:16; default: these two.")
    private List<AspectRatio> ratios = List.of(AspectRatio.LANDSCAPE, AspectRatio.PORTRAIT);

    @Option(
        names = "--audio",
        paramLabel = "no|yes|both",
        description = "Whether it makes sound; default: ${DEFAULT-VALUE}.")
    private Audio audio = Audio.no;

    @Mixin private PictureOptions pictures = new PictureOptions();

    @Mixin private ClipOptions clips = new ClipOptions();

    Add(Terms terms) {
      super(terms);
    }

    @Override
    Answer act(Desk desk) {
      var preference =
          desk.offer()
              .catalogue()
              .load()
              .find(name)
              .map(Model::preference)
              .orElse(Preference.WEIGHT);
      var model = new Model(name, capability(), preference);
      desk.offer().models().save(model);
      var catalogue = desk.offer().catalogue().load();
      return Answer.done("saved model " + name + missing(catalogue), Docs.model(model), "" + name);
    }

    private Capability capability() {
      try {
        return new Capability(
            seconds, resolutions, ratios, audio.makes(), pictures.takes(), clips.takes());
      } catch (IllegalArgumentException e) {
        throw Refusal.usage(String.valueOf(e.getMessage()));
      }
    }

    private String missing(Catalogue catalogue) {
      var next = new ArrayList<String>();
      if (catalogue.price(name).isEmpty()) {
        next.add("reelay price set " + name + " …");
      }
      if (!catalogue.isServed(name)) {
        next.add("reelay channel map CHANNEL " + name);
      }
      return next.isEmpty() ? "" : "; still to do: " + String.join(", ", next);
    }
  }

  /** Lists models and aliases. */
  @Command(name = "list", description = "Every model and alias; whether it has price and channel.")
  static final class ListAll extends OperatorCommand {
    ListAll(Terms terms) {
      super(terms);
    }

    @Override
    Answer act(Desk desk) {
      var catalogue = desk.offer().catalogue().load();
      var models =
          catalogue.models().values().stream()
              .sorted(Comparator.comparing(model -> model.name().value()))
              .map(model -> state(Docs.model(model), model.name(), catalogue))
              .toList();
      var aliases =
          catalogue.aliases().values().stream()
              .sorted(Comparator.comparing(alias -> alias.name().value()))
              .map(ModelCommands::alias)
              .toList();
      var doc = new Doc().rows("models", models).rows("aliases", aliases);
      var names = catalogue.models().keySet().stream().map(ModelName::value).sorted().toList();
      return Answer.page(doc, String.join("\n", names));
    }

    private static Doc state(Doc doc, ModelName name, Catalogue catalogue) {
      return doc.claim("priced", catalogue.price(name).isPresent())
          .claim("served", catalogue.isServed(name));
    }
  }

  /** Says which channels a model prefers. */
  @Command(
      name = "prefer",
      description = {
        "How channels of one priority that are equal otherwise are put in order for a model:",
        "weight, drawn by their weight, or cheapest, by what they are expected to cost you",
        "(reelay cost); those of which nobody said it come last."
      })
  static final class Prefer extends OperatorCommand {
    @Parameters(index = "0", paramLabel = "MODEL", description = "The model's public name.")
    private ModelName name = new ModelName("-");

    @Parameters(index = "1", paramLabel = "weight|cheapest", description = "Which it is.")
    private Preference preference = Preference.WEIGHT;

    Prefer(Terms terms) {
      super(terms);
    }

    @Override
    Answer act(Desk desk) {
      var before = desk.offer().catalogue().load().find(name).orElseThrow(() -> unknown(name));
      var after = new Model(name, before.capability(), preference);
      desk.offer().models().save(after);
      return Answer.done(
          name
              + switch (preference) {
                case WEIGHT -> ": equal channels are drawn by weight";
                case CHEAPEST -> ": of equal channels the cheapest goes first";
              },
          Docs.model(after),
          name.value());
    }
  }

  /** Removes a model. */
  @Command(name = "remove", description = "Remove a model; prices and accepted tasks stay.")
  static final class Remove extends OperatorCommand {
    @Parameters(paramLabel = "NAME", description = "The public name.")
    private ModelName name = new ModelName("-");

    Remove(Terms terms) {
      super(terms);
    }

    @Override
    Answer act(Desk desk) {
      if (!desk.offer().models().remove(name)) {
        throw unknown(name);
      }
      return Answer.done(
          "removed model " + name,
          new Doc().text("name", name.value()).claim("removed", true),
          name.value());
    }
  }

  /** Makes or removes an alias. */
  @Command(
      name = "alias",
      description = {
        "Let a name stand for other models, tried in this order.",
        "With --remove and no models, forget the alias."
      })
  static final class MakeAlias extends OperatorCommand {
    @Parameters(index = "0", paramLabel = "NAME", description = "The alias.")
    private ModelName name = new ModelName("-");

    @Parameters(index = "1..*", paramLabel = "MODEL", description = "The models it stands for.")
    private List<ModelName> targets = List.of();

    @Option(names = "--remove", description = "Forget the alias.")
    private boolean remove;

    MakeAlias(Terms terms) {
      super(terms);
    }

    @Override
    Answer act(Desk desk) {
      if (remove) {
        return forget(desk);
      }
      var known = desk.offer().catalogue().load();
      for (var target : targets) {
        require(known, target);
      }
      if (known.models().containsKey(name)) {
        throw Refusal.failed(
            name + " is a model itself; an alias of that name would never be used");
      }
      if (targets.isEmpty() || targets.contains(name)) {
        throw Refusal.usage("an alias names at least one other model");
      }
      var alias = new Alias(name, targets);
      desk.offer().models().saveAlias(alias);
      return Answer.done(
          name + " stands for " + String.join(", ", words(targets)), alias(alias), name.value());
    }

    private Answer forget(Desk desk) {
      if (!targets.isEmpty()) {
        throw Refusal.usage("--remove takes no models");
      }
      if (!desk.offer().models().removeAlias(name)) {
        throw Refusal.failed("there is no alias " + name + "; reelay model list shows them");
      }
      return Answer.done(
          "forgot the alias " + name,
          new Doc().text("name", name.value()).claim("removed", true),
          name.value());
    }
  }

  /** Refuses a name that is no model. */
  static void require(Catalogue catalogue, ModelName name) {
    if (catalogue.find(name).isEmpty()) {
      throw unknown(name);
    }
  }

  private static Refusal unknown(ModelName name) {
    return Refusal.failed("there is no model " + name + "; reelay model list shows them");
  }

  private static Doc alias(Alias alias) {
    return new Doc().text("name", alias.name().value()).words("models", words(alias.targets()));
  }

  private static List<String> words(List<ModelName> names) {
    return names.stream().map(ModelName::value).toList();
  }
}
