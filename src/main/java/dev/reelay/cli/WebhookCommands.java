package dev.reelay.cli;

import dev.reelay.webhook.Endpoint;
import dev.reelay.webhook.EndpointId;
import dev.reelay.webhook.Endpoints;
import dev.reelay.webhook.Endpoints.Addition;
import dev.reelay.webhook.EventType;
import dev.reelay.webhook.SigningSecret;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Who is told of events; what they were told is in {@link DeliveryCommands}. */
@Command(name = "webhook", description = "Endpoints of tenants that are told of events.")
final class WebhookCommands extends Group {
  /** What an endpoint is told, and how; one that is left out stays as it is. */
  static final class WishOptions {
    @Option(
        names = "--event",
        paramLabel = "TYPE",
        description =
            "task.succeeded, task.failed, task.canceled or endpoint.disabled; repeatable; all if"
                + " left out.")
    private List<String> events = List.of();

    @Option(
        names = "--format",
        paramLabel = "WORD",
        description = "reelay or openai; default: reelay.")
    private Optional<Endpoint.Format> format = Optional.empty();

    @Option(names = "--description", paramLabel = "TEXT", description = "A note for people.")
    private Optional<String> description = Optional.empty();

    Endpoint.Wishes wishes() {
      var usual = Endpoint.Wishes.USUAL;
      try {
        return new Endpoint.Wishes(
            format.orElse(usual.format()),
            events.isEmpty() ? usual.types() : types(),
            description.orElse(usual.description()));
      } catch (IllegalArgumentException e) {
        throw Refusal.usage(String.valueOf(e.getMessage()));
      }
    }

    private Set<EventType> types() {
      var types = new HashSet<EventType>();
      for (var word : events) {
        types.add(
            EventType.find(word)
                .filter(EventType.choices()::contains)
                .orElseThrow(
                    () ->
                        Refusal.usage(
                            "an event is one of "
                                + String.join(", ", EventType.words(EventType.choices())))));
      }
      return types;
    }
  }

  /** Adds an endpoint. */
  @Command(
      name = "add",
      description = {
        "Add an endpoint of a tenant and print its signing secret: this once and never again.",
        "A receiver without TLS or inside must stand in webhooks.allowed-hosts."
      },
      footerHeading = "%nExample:%n",
      footer = "  reelay webhook add acme https://hooks.example/reelay --event task.succeeded")
  static final class Add extends OperatorCommand {
    @Parameters(index = "0", paramLabel = "TENANT", description = "Whose it is: a name or number.")
    private String tenant = "";

    @Parameters(index = "1", paramLabel = "URL", description = "Where messages go.")
    private URI url = URI.create("");

    @Mixin private WishOptions wishes = new WishOptions();

    Add(Terms terms) {
      super(terms);
    }

    @Override
    Answer act(Desk desk) {
      var owner = tenant(desk, tenant).id();
      requireWebAddress(url);
      var secret = desk.hooks().secrets().get();
      var added = new Endpoints.NewEndpoint(owner, url, wishes.wishes(), secret);
      return switch (desk.hooks().endpoints().add(added)) {
        case Addition.Added(Endpoint endpoint) ->
            withSecret("endpoint " + endpoint.id() + " is added", endpoint, secret);
        case Addition.TooMany _ ->
            throw Refusal.failed(
                "a tenant has at most " + Endpoint.PER_TENANT_MAX + " endpoints; delete one first");
      };
    }
  }

  /** Lists endpoints. */
  @Command(name = "list", description = "Every endpoint, or those of one tenant; never a secret.")
  static final class ListAll extends OperatorCommand {
    @Option(names = "--tenant", paramLabel = "TENANT", description = "Only this tenant's.")
    private Optional<String> tenant = Optional.empty();

    ListAll(Terms terms) {
      super(terms);
    }

    @Override
    Answer act(Desk desk) {
      var owner = tenant.map(name -> tenant(desk, name).id());
      return Answer.list(
          "endpoints",
          desk.hooks().endpoints().list(owner).stream().map(WebhookDocs::endpoint).toList());
    }
  }

  /** Shows an endpoint. */
  @Command(name = "show", description = "One endpoint; never its secret.")
  static final class Show extends OperatorCommand {
    @Parameters(paramLabel = "ID", description = "Such as ep_01k9….")
    private String id = "";

    Show(Terms terms) {
      super(terms);
    }

    @Override
    Answer act(Desk desk) {
      return Answer.page(WebhookDocs.endpoint(endpoint(desk, id)), id);
    }
  }

  /** Gives an endpoint a new secret. */
  @Command(
      name = "rotate",
      description = {
        "Make a new signing secret and print it: this once and never again.",
        "Messages are signed with the old one too for 24 hours."
      })
  static final class Rotate extends OperatorCommand {
    @Parameters(paramLabel = "ID", description = "The endpoint.")
    private String id = "";

    Rotate(Terms terms) {
      super(terms);
    }

    @Override
    Answer act(Desk desk) {
      var endpoint = endpoint(desk, id);
      var secret = desk.hooks().rotateSecret().rotate(endpoint).orElseThrow(() -> unknown(id));
      return withSecret("endpoint " + id + " has a new secret", endpoint, secret);
    }
  }

  /** Puts an endpoint into use. */
  @Command(name = "enable", description = "Put an endpoint into use again.")
  static final class Enable extends OperatorCommand {
    @Parameters(paramLabel = "ID", description = "The endpoint.")
    private String id = "";

    Enable(Terms terms) {
      super(terms);
    }

    @Override
    Answer act(Desk desk) {
      var now = changed(desk, id, Endpoint::enabled);
      return Answer.done(
          "endpoint " + id + " is in use; reelay webhook replay sends what it missed",
          WebhookDocs.endpoint(now),
          id);
    }
  }

  /** Takes an endpoint out of use. */
  @Command(name = "disable", description = "Send nothing more to an endpoint.")
  static final class Disable extends OperatorCommand {
    @Parameters(paramLabel = "ID", description = "The endpoint.")
    private String id = "";

    Disable(Terms terms) {
      super(terms);
    }

    @Override
    Answer act(Desk desk) {
      requireAddress(endpoint(desk, id));
      var at = surroundings().time().clock().instant();
      var now = changed(desk, id, found -> found.disabledFor(Endpoint.Reason.BY_HAND, at));
      return Answer.done("endpoint " + id + " is out of use", WebhookDocs.endpoint(now), id);
    }
  }

  /** Removes an endpoint. */
  @Command(name = "delete", description = "Remove an endpoint and all its deliveries.")
  static final class Delete extends OperatorCommand {
    @Parameters(paramLabel = "ID", description = "The endpoint.")
    private String id = "";

    Delete(Terms terms) {
      super(terms);
    }

    @Override
    Answer act(Desk desk) {
      var endpoint = endpoint(desk, id);
      requireAddress(endpoint);
      desk.hooks().endpoints().remove(endpoint.tenant(), endpoint.id());
      return Answer.done("endpoint " + id + " is removed", new Doc().text("id", id), id);
    }
  }

  /** Whether it may be called is looked at when it is: the list may be another by then. */
  private static void requireWebAddress(URI url) {
    var scheme = Optional.ofNullable(url.getScheme()).orElse("");
    if (!scheme.matches("https?") || url.getHost() == null || url.getRawUserInfo() != null) {
      throw Refusal.usage("the address must be such as https://hooks.example/reelay");
    }
  }

  private static Answer withSecret(String done, Endpoint endpoint, SigningSecret secret) {
    var text = secret.text().reveal();
    var doc = WebhookDocs.endpoint(endpoint).text("secret", text);
    return Answer.done(done + "; its secret, shown this once:%n%n  %s".formatted(text), doc, text);
  }

  static Endpoint endpoint(Desk desk, String id) {
    return EndpointId.parse(id)
        .flatMap(found -> desk.hooks().endpoints().find(found))
        .orElseThrow(() -> unknown(id));
  }

  private static Endpoint changed(Desk desk, String id, UnaryOperator<Endpoint> change) {
    var before = endpoint(desk, id);
    return desk.hooks()
        .endpoints()
        .update(before.tenant(), before.id(), change)
        .orElseThrow(() -> unknown(id));
  }

  private static void requireAddress(Endpoint endpoint) {
    if (endpoint.target() instanceof Endpoint.Target.PerRequest) {
      throw Refusal.failed(
          endpoint.id()
              + " stands for the addresses that requests name; it cannot be switched off");
    }
  }

  static Refusal unknown(String id) {
    return Refusal.failed("there is no endpoint " + id + "; reelay webhook list shows them");
  }

  static Refusal disabled(String id) {
    return Refusal.failed("endpoint " + id + " is out of use; reelay webhook enable first");
  }
}
