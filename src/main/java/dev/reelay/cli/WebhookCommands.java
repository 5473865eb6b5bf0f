package dev.reelay.cli;

import dev.reelay.access.TenantId;
import dev.reelay.webhook.Deliveries;
import dev.reelay.webhook.Delivery;
import dev.reelay.webhook.DeliveryId;
import dev.reelay.webhook.DeliveryState;
import dev.reelay.webhook.Endpoint;
import dev.reelay.webhook.EndpointId;
import dev.reelay.webhook.Endpoints;
import dev.reelay.webhook.Endpoints.Addition;
import dev.reelay.webhook.EventType;
import dev.reelay.webhook.SigningSecret;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Who is told of events, and what they were told. */
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

  /** Sends a test. */
  @Command(name = "test", description = "Send a webhook.test to an endpoint.")
  static final class SendTest extends OperatorCommand {
    @Parameters(paramLabel = "ID", description = "The endpoint.")
    private String id = "";

    SendTest(Terms terms) {
      super(terms);
    }

    @Override
    Answer act(Desk desk) {
      var endpoint = endpoint(desk, id);
      return switch (desk.hooks().deliveries().test(endpoint.tenant(), endpoint.id())) {
        case Deliveries.Testing.Made(Delivery delivery) ->
            Answer.done(
                "delivery " + delivery.id() + " is on its way once a relay runs",
                WebhookDocs.delivery(delivery),
                delivery.id().toString());
        case Deliveries.Testing.Missing _ -> throw unknown(id);
        case Deliveries.Testing.Disabled _ -> throw disabled(id);
      };
    }
  }

  /** Lists deliveries. */
  @Command(name = "deliveries", description = "What an endpoint was sent, newest first.")
  static final class ShowDeliveries extends OperatorCommand {
    private static final int LIMIT_DEFAULT = 20;

    @Parameters(paramLabel = "ID", description = "The endpoint, or a delivery for its attempts.")
    private String id = "";

    @Option(
        names = "--state",
        paramLabel = "WORD",
        description = "Only pending, delivered or failed ones.")
    private Optional<DeliveryState.Name> state = Optional.empty();

    @Option(
        names = "--limit",
        paramLabel = "N",
        description = "At most so many; default: ${DEFAULT-VALUE}.")
    private int limit = LIMIT_DEFAULT;

    ShowDeliveries(Terms terms) {
      super(terms);
    }

    @Override
    Answer act(Desk desk) {
      if (limit < 1 || limit > Deliveries.Query.LIMIT_MAX) {
        throw Refusal.usage("--limit is 1 to " + Deliveries.Query.LIMIT_MAX);
      }
      var deliveries = desk.hooks().deliveries();
      var delivery = DeliveryId.parse(id);
      if (delivery.isPresent()) {
        return Answer.list(
            "attempts",
            deliveries.attempts(delivery.get()).stream().map(WebhookDocs::attempt).toList());
      }
      var endpoint = endpoint(desk, id);
      var query =
          new Deliveries.Query(
              endpoint.tenant(), Optional.of(endpoint.id()), state, Optional.empty(), limit);
      return Answer.list(
          "deliveries", deliveries.list(query).stream().map(WebhookDocs::delivery).toList());
    }
  }

  /** Sends again. */
  @Command(
      name = "replay",
      description = {
        "Send again what an endpoint did not get of the last hours or days,",
        "or one delivery whatever came of it."
      },
      footerHeading = "%nExample:%n",
      footer = "  reelay webhook replay ep_01k9… --since 3d")
  static final class Replay extends OperatorCommand {
    @Parameters(paramLabel = "ID", description = "The endpoint, or one delivery.")
    private String id = "";

    @Option(
        names = "--since",
        paramLabel = "TIME",
        description = "How far back for an endpoint, such as 3d or 12h.")
    private Optional<Overlap> since = Optional.empty();

    @Option(
        names = "--tenant",
        paramLabel = "TENANT",
        description = "Whose it is, for one delivery: a name or number.")
    private Optional<String> tenant = Optional.empty();

    Replay(Terms terms) {
      super(terms);
    }

    @Override
    Answer act(Desk desk) {
      var delivery = DeliveryId.parse(id);
      return delivery.isPresent() ? one(desk, delivery.get()) : range(desk);
    }

    private Answer one(Desk desk, DeliveryId delivery) {
      TenantId owner =
          tenant
              .map(name -> tenant(desk, name).id())
              .orElseThrow(() -> Refusal.usage("say whose it is: --tenant"));
      return switch (desk.hooks().deliveries().replay(owner, delivery)) {
        case Deliveries.Replay.Again(Delivery again) ->
            Answer.done("delivery " + id + " is sent again", WebhookDocs.delivery(again), id);
        case Deliveries.Replay.Missing _ -> throw Refusal.failed("there is no delivery " + id);
        case Deliveries.Replay.Disabled _ -> throw disabled("of " + id);
      };
    }

    private Answer range(Desk desk) {
      var endpoint = endpoint(desk, id);
      var now = surroundings().time().clock().instant();
      var back = since.map(Overlap::length).orElse(Duration.ZERO);
      if (!back.isPositive()) {
        throw Refusal.usage("say how far back: --since 3d");
      }
      var range = new Deliveries.Range(from(now, back), now);
      var again = 0;
      var made = 0;
      Deliveries.RangeReplay.Done done;
      do {
        done = part(desk, endpoint, range);
        again += done.again();
        made += done.made();
      } while (done.mayHaveMore());
      return Answer.done(
          again + " deliveries are sent again, " + made + " events for the first time",
          new Doc().text("endpoint", id).number("replayed", again).number("made", made),
          id);
    }

    private Deliveries.RangeReplay.Done part(Desk desk, Endpoint endpoint, Deliveries.Range range) {
      return switch (desk.hooks().deliveries().replay(endpoint.tenant(), endpoint.id(), range)) {
        case Deliveries.RangeReplay.Done done -> done;
        case Deliveries.RangeReplay.Missing _ -> throw unknown(id);
        case Deliveries.RangeReplay.Disabled _ -> throw disabled(id);
      };
    }

    private static Instant from(Instant now, Duration back) {
      return now.minus(back);
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

  private static Endpoint endpoint(Desk desk, String id) {
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

  private static Refusal unknown(String id) {
    return Refusal.failed("there is no endpoint " + id + "; reelay webhook list shows them");
  }

  private static Refusal disabled(String id) {
    return Refusal.failed("endpoint " + id + " is out of use; reelay webhook enable first");
  }
}
