package dev.reelay.cli;

import dev.reelay.task.TaskId;
import dev.reelay.webhook.Delivery;
import dev.reelay.webhook.Delivery.Subject;
import dev.reelay.webhook.DeliveryAttempt;
import dev.reelay.webhook.DeliveryAttempt.Outcome;
import dev.reelay.webhook.DeliveryState;
import dev.reelay.webhook.Endpoint;
import dev.reelay.webhook.EndpointId;
import dev.reelay.webhook.EventType;
import java.net.URI;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** The documents of endpoints and deliveries; never a secret. */
final class WebhookDocs {
  private static final int DETAIL_CHARS_MAX = 200;

  private WebhookDocs() {}

  static Doc endpoint(Endpoint endpoint) {
    var doc = new Doc().text("id", endpoint.id().toString());
    doc.number("tenant", endpoint.tenant().value())
        .text("url", url(endpoint.target()))
        .text("state", endpoint.disabled().map(d -> "disabled, " + word(d.reason())).orElse("on"))
        .words("events", EventType.words(endpoint.wishes().types()))
        .text("format", word(endpoint.wishes().format()))
        .number("failing_days", endpoint.health().failingDays())
        .time("disabled_at", endpoint.disabled().map(Endpoint.Disabled::at))
        .text("description", endpoint.wishes().description());
    return doc;
  }

  private static String url(Endpoint.Target target) {
    return switch (target) {
      case Endpoint.Target.Address(URI url) -> url.toString();
      case Endpoint.Target.PerRequest _ -> "(callback_url of each request)";
    };
  }

  static Doc delivery(Delivery delivery) {
    var happening = delivery.happening();
    var doc =
        new Doc()
            .text("id", delivery.id().toString())
            .text("type", happening.type().wire())
            .text("about", about(happening.subject()))
            .text("state", word(delivery.state().name()))
            .text("why", why(delivery.state()))
            .number("attempts", delivery.attempts())
            .time("next_attempt_at", due(delivery.state()))
            .time("happened_at", happening.at())
            .text("url", delivery.url().toString());
    return doc;
  }

  private static String about(Subject subject) {
    return switch (subject) {
      case Subject.OfTask(TaskId task) -> task.prefixed();
      case Subject.OfEndpoint(EndpointId endpoint) -> endpoint.toString();
    };
  }

  private static Optional<String> why(DeliveryState state) {
    return state instanceof DeliveryState.Failed(var why, _)
        ? Optional.of(word(why))
        : Optional.empty();
  }

  private static Optional<Instant> due(DeliveryState state) {
    return state instanceof DeliveryState.Pending(Instant at) ? Optional.of(at) : Optional.empty();
  }

  static Doc attempt(DeliveryAttempt attempt) {
    var doc =
        new Doc()
            .number("number", attempt.number())
            .time("at", attempt.at())
            .number("milliseconds", attempt.took().toMillis());
    return switch (attempt.outcome()) {
      case Outcome.Answered(int status, String text, _) ->
          doc.text("status", String.valueOf(status)).text("detail", shortened(text));
      case Outcome.Silence(String why) -> doc.text("status", "none").text("detail", why);
      case Outcome.Refused(String why) -> doc.text("status", "not sent").text("detail", why);
    };
  }

  private static String shortened(String text) {
    return DocText.printable(
        text.length() > DETAIL_CHARS_MAX ? text.substring(0, DETAIL_CHARS_MAX) : text);
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
