package dev.reelay.cli;

import dev.reelay.access.Secret;
import dev.reelay.cli.OperatorCommand.Terms;
import dev.reelay.cli.RelayClient.Told;
import dev.reelay.webhook.MessageId;
import dev.reelay.webhook.Signature;
import dev.reelay.webhook.SigningSecret;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Fetches a tenant's events from a relay and posts them to a program on this machine, signed as a
 * webhook is: for trying webhooks without a public address.
 */
@Command(
    name = "listen",
    description = {
      "Fetch the events of your tasks and post them to a program on this machine,",
      "signed like webhooks with the secret in REELAY_WEBHOOK_SECRET, or a new one.",
      "No public address is needed. Ctrl-C ends it."
    },
    footerHeading = "%nExample:%n",
    footer = "  reelay listen --forward-to http://127.0.0.1:3000/hooks")
final class ListenCommand extends VideoCommands.ClientCommand {
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final int FORWARD_TRIES_MAX = 3;
  static final String SECRET_VARIABLE = "REELAY_WEBHOOK_SECRET";

  @Option(
      names = "--forward-to",
      required = true,
      paramLabel = "URL",
      description = "Where your program takes webhooks.")
  private URI target = URI.create("");

  @Option(
      names = "--after",
      paramLabel = "EVENT",
      description = "Begin behind this event, such as evt_01k9…, or with start; else with now.")
  private Optional<String> after = Optional.empty();

  @Option(
      names = "--max",
      paramLabel = "N",
      description = "End after so many events; 0 for no end; default: ${DEFAULT-VALUE}.")
  private int max;

  ListenCommand(Terms terms) {
    super(terms);
  }

  @Override
  Answer act(RelayClient client) {
    requireWebAddress();
    var secret = secret();
    var stopped = new AtomicBoolean();
    var next = after.or(() -> client.feed(Optional.empty()).text("next"));
    var forwarded = 0L;
    try (var _ = surroundings().time().interrupts().whenInterrupted(() -> stopped.set(true))) {
      while (!stopped.get() && !isEnough(forwarded)) {
        var page = client.feed(next);
        for (var event : page.body().path("data")) {
          if (!isEnough(forwarded)) {
            forwarded++;
            forward(client, secret, event, forwarded);
          }
        }
        next = page.text("next");
      }
    }
    var last = next.orElse("start");
    var doc = new Doc().number("forwarded", forwarded).text("last", last);
    return Answer.done(forwarded + " events forwarded; go on with --after " + last, doc, last);
  }

  /** One that the program knows; or a new one, told beside the answer. */
  private SigningSecret secret() {
    var known = surroundings().variable(SECRET_VARIABLE);
    if (known.isEmpty()) {
      var made = SigningSecret.generate(new SecureRandom());
      hint("signing with " + made.text().reveal() + "; " + SECRET_VARIABLE + " sets another");
      return made;
    }
    try {
      return new SigningSecret(new Secret(known.get()));
    } catch (IllegalArgumentException e) {
      throw Refusal.usage(
          SECRET_VARIABLE + " is whsec_ and the base64 of 24 to 64 bytes: " + e.getMessage());
    }
  }

  private boolean isEnough(long forwarded) {
    return max > 0 && forwarded >= max;
  }

  private void forward(RelayClient client, SigningSecret secret, JsonNode event, long number) {
    var id = new Told(event, Optional.empty()).text("id").flatMap(MessageId::parse);
    if (id.isEmpty() || !(event instanceof ObjectNode object)) {
      throw Refusal.unreachable("the relay's event has no id: is it a Reelay?");
    }
    var body = object.put("sequence", number).toString();
    for (var tries = 1; ; tries++) {
      var at = surroundings().time().clock().instant();
      var signature = Signature.of(id.get(), at, body, List.of(secret));
      var answer = client.forward(target, id.get().toString(), at, signature, body);
      hint(event.path("type").asString() + " " + id.get() + " -> " + answer);
      if (answer.startsWith("2") || tries == FORWARD_TRIES_MAX) {
        return;
      }
      surroundings().time().pause().await(PAUSE);
    }
  }

  private void requireWebAddress() {
    var scheme = Optional.ofNullable(target.getScheme()).orElse("");
    if (!scheme.matches("https?") || target.getHost() == null) {
      throw Refusal.usage("--forward-to takes an address such as http://127.0.0.1:3000/hooks");
    }
  }
}
