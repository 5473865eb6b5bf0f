package dev.reelay.cli;

import dev.reelay.routing.Channels;
import dev.reelay.routing.Channels.Addition;
import dev.reelay.routing.Channels.Listed;
import dev.reelay.routing.ModelName;
import dev.reelay.routing.SandboxCatalogue;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Accounts at providers. */
@Command(name = "channel", description = "Accounts at providers: who makes the videos.")
final class ChannelCommands extends Group {
  static final String FIRST_CREDENTIAL = "main";
  private static final String DECLARATIVE = "declarative";
  private static final String DESCRIPTION = "description";

  /** Adds a channel. */
  @Command(
      name = "add",
      description = {
        "Add an account at a provider, with its secret.",
        "The first real channel leaves the sandbox only the model sandbox-video, for good."
      },
      footerHeading = "%nExample:%n",
      footer =
          "  reelay channel add other-relay --provider unified --base-url https://relay.example"
              + " --map sora-2 --credential-file key.txt")
  static final class Add extends OperatorCommand {
    @Parameters(paramLabel = "NAME", description = "A name that no other channel has.")
    private String name = "";

    @Option(
        names = "--provider",
        required = true,
        paramLabel = "PROVIDER",
        description = "The adapter, such as unified.")
    private String provider = "";

    @Option(
        names = "--base-url",
        paramLabel = "URL",
        description = "Where it is; the provider's own place if it has one.")
    private Optional<URI> url = Optional.empty();

    @Option(
        names = "--map",
        paramLabel = "MODEL[=THEIRS]",
        description = "A model it makes, and their name of it if it differs; repeatable.")
    private List<String> models = List.of();

    @Option(
        names = "--setting",
        paramLabel = "NAME=VALUE",
        description = "What the adapter reads beside these; repeatable.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(
        names = "--describe",
        paramLabel = "FILE",
        description = "The provider's description in YAML, for the adapter declarative.")
    private Optional<String> description = Optional.empty();

    @Mixin private ChannelTerms.Options share = new ChannelTerms.Options();
    @Mixin private SecretOptions secret = new SecretOptions();

    Add(Terms terms) {
      super(terms);
    }

    @Override
    Answer act(Desk desk) {
      var added = newChannel();
      var channels = desk.offer().channels();
      return switch (channels.add(added, FIRST_CREDENTIAL, secret.read(surroundings()))) {
        case Addition.Added _ ->
            Answer.done(
                "added channel " + name + missing(desk, added),
                Docs.channel(channel(desk, name)),
                name);
        case Addition.NameTaken _ ->
            throw Refusal.failed("there is a channel " + name + " already; choose another name");
        case Addition.SandboxIsBuiltIn _ ->
            throw Refusal.failed(
                "the sandbox is built in; switch it on with REELAY_SANDBOX=true instead");
      };
    }

    private Channels.NewChannel newChannel() {
      var place = place();
      requireWebAddress(place);
      var mapped = new LinkedHashMap<ModelName, String>();
      for (var text : models) {
        var parts = text.split("=", 2);
        mapped.put(modelName(parts[0]), parts.length == 2 ? parts[1] : parts[0]);
      }
      try {
        return new Channels.NewChannel(
            name, provider, place, share.over(Channels.Terms.DEFAULT), mapped, allSettings());
      } catch (IllegalArgumentException e) {
        throw Refusal.usage(String.valueOf(e.getMessage()));
      }
    }

    private URI place() {
      return url.or(() -> ports().places().of(provider))
          .orElseThrow(
              () ->
                  Refusal.usage(
                      "--base-url URL is missing, and " + provider + " has no place of its own"));
    }

    /** A description is kept as a setting, so that every node that knows the channel has it. */
    private Map<String, String> allSettings() {
      if (provider.equals(DECLARATIVE) != (description.isPresent() || isDescribed())) {
        throw Refusal.usage("--describe FILE goes with --provider " + DECLARATIVE);
      }
      var all = new LinkedHashMap<>(settings);
      description.ifPresent(
          file -> all.put(DESCRIPTION, DescriptionCommand.read(ports(), file).yaml()));
      return all;
    }

    private boolean isDescribed() {
      return settings.containsKey(DESCRIPTION);
    }

    /** A channel may come before its models. */
    private static String missing(Desk desk, Channels.NewChannel added) {
      var known = desk.offer().catalogue().load();
      var next =
          added.models().keySet().stream()
              .filter(model -> known.find(model).isEmpty())
              .map(model -> "reelay model add " + model + " …")
              .sorted()
              .collect(Collectors.joining(", "));
      return next.isEmpty() ? "; check it with reelay doctor" : "; still to do: " + next;
    }
  }

  /** Lists channels. */
  @Command(name = "list", description = "Every channel; never a secret.")
  static final class ListAll extends OperatorCommand {
    ListAll(Terms terms) {
      super(terms);
    }

    @Override
    Answer act(Desk desk) {
      return Answer.list(
          "channels", desk.offer().channels().list().stream().map(Docs::channel).toList());
    }
  }

  /** Puts a channel into use. */
  @Command(name = "enable", description = "Put a channel into use.")
  static final class Enable extends OperatorCommand {
    @Parameters(paramLabel = "NAME", description = "The channel.")
    private String name = "";

    Enable(Terms terms) {
      super(terms);
    }

    @Override
    Answer act(Desk desk) {
      return use(desk, name, true);
    }
  }

  /** Takes a channel out of use. */
  @Command(
      name = "disable",
      description = "Give a channel no new work; what it is making goes on to its end.")
  static final class Disable extends OperatorCommand {
    @Parameters(paramLabel = "NAME", description = "The channel.")
    private String name = "";

    Disable(Terms terms) {
      super(terms);
    }

    @Override
    Answer act(Desk desk) {
      return use(desk, name, false);
    }
  }

  /** Moves a channel. */
  @Command(name = "url", description = "Change where the provider is.")
  static final class Move extends OperatorCommand {
    @Parameters(index = "0", paramLabel = "NAME", description = "The channel.")
    private String name = "";

    @Parameters(index = "1", paramLabel = "URL", description = "The new address.")
    private URI url = URI.create("");

    Move(Terms terms) {
      super(terms);
    }

    @Override
    Answer act(Desk desk) {
      requireWebAddress(url);
      desk.offer().channels().setBaseUrl(channel(desk, name).channel().id(), url);
      return Answer.done(
          "channel " + name + " is at " + url, Docs.channel(channel(desk, name)), name);
    }
  }

  /** Says what a channel makes. */
  @Command(name = "map", description = "Let a channel make a model, or no longer.")
  static final class MapModel extends OperatorCommand {
    @Parameters(index = "0", paramLabel = "NAME", description = "The channel.")
    private String name = "";

    @Parameters(index = "1", paramLabel = "MODEL", description = "The model's public name.")
    private ModelName model = new ModelName("-");

    @Parameters(
        index = "2",
        arity = "0..1",
        paramLabel = "THEIRS",
        description = "The provider's name of it, if it differs.")
    private Optional<String> theirs = Optional.empty();

    @Option(names = "--remove", description = "The channel makes the model no longer.")
    private boolean remove;

    MapModel(Terms terms) {
      super(terms);
    }

    @Override
    Answer act(Desk desk) {
      var found = channel(desk, name).channel();
      var channels = desk.offer().channels();
      if (remove) {
        if (!channels.unmap(found.id(), model)) {
          throw Refusal.failed("channel " + name + " does not make " + model);
        }
        return now(desk, "channel " + name + " makes " + model + " no longer");
      }
      ModelCommands.require(desk.offer().catalogue().load(), model);
      if (!channels.map(found.id(), model, theirs.orElse(model.value()))) {
        throw Refusal.failed(
            "beside real channels the sandbox makes only " + SandboxCatalogue.ALWAYS);
      }
      return now(desk, "channel " + name + " makes " + model);
    }

    private Answer now(Desk desk, String done) {
      return Answer.done(done, Docs.channel(channel(desk, name)), name);
    }
  }

  /** Changes secrets. */
  @Command(
      name = "credential",
      description = {
        "Add a secret to a channel, or replace the one of that name.",
        "Secrets go in and never come out again."
      })
  static final class Credential extends OperatorCommand {
    @Parameters(index = "0", paramLabel = "CHANNEL", description = "The channel.")
    private String name = "";

    @Parameters(
        index = "1",
        arity = "0..1",
        paramLabel = "CREDENTIAL",
        description = "Its name; default: ${DEFAULT-VALUE}.")
    private String credential = FIRST_CREDENTIAL;

    @Option(
        names = "--enabled",
        paramLabel = "yes|no",
        description = "Put the stored one into use or out of it; its secret stays.")
    private Optional<Use> enabled = Optional.empty();

    @Mixin private SecretOptions secret = new SecretOptions();

    Credential(Terms terms) {
      super(terms);
    }

    @Override
    Answer act(Desk desk) {
      var found = channel(desk, name);
      if (enabled.isPresent()) {
        if (!secret.isEmpty()) {
          throw Refusal.usage("--enabled takes no secret");
        }
        return use(desk, found, enabled.get() == Use.yes);
      }
      desk.offer()
          .channels()
          .saveCredential(found.channel().id(), credential, secret.read(surroundings()));
      return now(desk, "stored credential " + credential + " of channel " + name);
    }

    private Answer use(Desk desk, Listed found, boolean inUse) {
      var line =
          found.credentials().stream()
              .filter(stored -> stored.name().equals(credential))
              .findFirst()
              .orElseThrow(
                  () -> Refusal.failed("channel " + name + " has no credential " + credential));
      desk.offer().channels().setCredentialEnabled(line.id(), inUse);
      return now(desk, "credential " + credential + " is " + (inUse ? "in use" : "out of use"));
    }

    private Answer now(Desk desk, String done) {
      return Answer.done(done, Docs.channel(channel(desk, name)), credential);
    }
  }

  /** In use or not. */
  enum Use {
    yes,
    no
  }

  private static Answer use(Desk desk, String name, boolean inUse) {
    desk.offer().channels().setEnabled(channel(desk, name).channel().id(), inUse);
    return Answer.done(
        "channel " + name + " is " + (inUse ? "in use" : "out of use"),
        Docs.channel(channel(desk, name)),
        name);
  }

  static Listed channel(Desk desk, String name) {
    return desk.offer()
        .channels()
        .find(name)
        .orElseThrow(
            () ->
                Refusal.failed("there is no channel " + name + "; reelay channel list shows them"));
  }

  private static ModelName modelName(String text) {
    try {
      return new ModelName(text);
    } catch (IllegalArgumentException e) {
      throw Refusal.usage(String.valueOf(e.getMessage()));
    }
  }

  private static void requireWebAddress(URI url) {
    var scheme = Optional.ofNullable(url.getScheme()).orElse("");
    if (!scheme.matches("https?") || url.getHost() == null || url.getUserInfo() != null) {
      throw Refusal.usage("the address must be such as https://relay.example, without a password");
    }
  }
}
