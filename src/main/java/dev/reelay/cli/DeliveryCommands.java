package dev.reelay.cli;

import dev.reelay.access.TenantId;
import dev.reelay.webhook.Deliveries;
import dev.reelay.webhook.Delivery;
import dev.reelay.webhook.DeliveryId;
import dev.reelay.webhook.DeliveryState;
import dev.reelay.webhook.Endpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What endpoints were told, and telling them again; subcommands of {@link WebhookCommands}. */
final class DeliveryCommands {
  private DeliveryCommands() {}

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
      var endpoint = WebhookCommands.endpoint(desk, id);
      return switch (desk.hooks().deliveries().test(endpoint.tenant(), endpoint.id())) {
        case Deliveries.Testing.Made(Delivery delivery) ->
            Answer.done(
                "delivery " + delivery.id() + " is on its way once a relay runs",
                WebhookDocs.delivery(delivery),
                delivery.id().toString());
        case Deliveries.Testing.Missing _ -> throw WebhookCommands.unknown(id);
        case Deliveries.Testing.Disabled _ -> throw WebhookCommands.disabled(id);
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
      var endpoint = WebhookCommands.endpoint(desk, id);
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
        case Deliveries.Replay.Disabled _ -> throw WebhookCommands.disabled("of " + id);
      };
    }

    private Answer range(Desk desk) {
      var endpoint = WebhookCommands.endpoint(desk, id);
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
        case Deliveries.RangeReplay.Missing _ -> throw WebhookCommands.unknown(id);
        case Deliveries.RangeReplay.Disabled _ -> throw WebhookCommands.disabled(id);
      };
    }

    private static Instant from(Instant now, Duration back) {
      return now.minus(back);
    }
  }
}
