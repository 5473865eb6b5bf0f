package dev.reelay.http.webhook;

import dev.reelay.http.JsonText;
import dev.reelay.task.TaskId;
import dev.reelay.webhook.Delivery;
import dev.reelay.webhook.Delivery.Subject;
import dev.reelay.webhook.DeliveryAttempt;
import dev.reelay.webhook.DeliveryAttempt.Outcome;
import dev.reelay.webhook.DeliveryState;
import dev.reelay.webhook.Endpoint;
import dev.reelay.webhook.EndpointId;
import dev.reelay.webhook.EventType;
import dev.reelay.webhook.SigningSecret;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How endpoints and deliveries are shown. A secret is written by {@link #secret} alone. */
final class WebhookJson {
  private WebhookJson() {}

  static void endpoint(JsonText json, Endpoint endpoint) {
    json.field("id", endpoint.id().toString()).field("object", "webhook_endpoint");
    switch (endpoint.target()) {
      case Endpoint.Target.Address(URI url) -> json.field("url", url.toString());
      case Endpoint.Target.PerRequest _ -> json.nulls("url");
    }
    json.strings("events", EventType.words(endpoint.wishes().types()))
        .field("format", word(endpoint.wishes().format()))
        .field("description", endpoint.wishes().description())
        .field("enabled", endpoint.disabled().isEmpty());
    optional(json, "disabled_reason", endpoint.disabled().map(d -> word(d.reason())));
    optional(json, "disabled_at", endpoint.disabled().map(d -> d.at().toString()));
    json.field("failing_days", endpoint.health().failingDays())
        .field("created_at", endpoint.createdAt().getEpochSecond());
  }

  /** Shown in the answer that made it, and never again. */
  static void secret(JsonText json, SigningSecret secret) {
    json.field("secret", secret.text().reveal());
  }

  static void delivery(JsonText json, Delivery delivery) {
    var happening = delivery.happening();
    json.field("id", delivery.id().toString())
        .field("object", "webhook_delivery")
        .field("endpoint", delivery.endpoint().toString())
        .field("event", happening.message().toString())
        .field("type", happening.type().wire());
    switch (happening.subject()) {
      case Subject.OfTask(TaskId task) -> json.field("task", task.prefixed());
      case Subject.OfEndpoint(EndpointId about) -> json.field("about", about.toString());
    }
    json.field("url", delivery.url().toString())
        .field("sequence", delivery.sequence())
        .field("state", word(delivery.state().name()))
        .field("attempts", delivery.attempts())
        .field("happened_at", happening.at().toString());
    switch (delivery.state()) {
      case DeliveryState.Pending(Instant at) -> json.field("next_attempt_at", at.toString());
      case DeliveryState.Delivered(Instant at) -> json.field("delivered_at", at.toString());
      case DeliveryState.Failed(DeliveryState.Why why, Instant at) ->
          json.field("failed_reason", word(why)).field("failed_at", at.toString());
    }
  }

  static void attempts(JsonText json, List<DeliveryAttempt> attempts) {
    json.array("attempt_log");
    for (var attempt : attempts) {
      json.object()
          .field("number", attempt.number())
          .field("at", attempt.at().toString())
          .field("milliseconds", attempt.took().toMillis());
      switch (attempt.outcome()) {
        case Outcome.Answered(int status, String text, Optional<Duration> retryAfter) -> {
          json.field("status", status).field("answer", text);
          retryAfter.ifPresent(wait -> json.field("retry_after", wait.toSeconds()));
        }
        case Outcome.Silence(String why) -> json.nulls("status").field("error", why);
        case Outcome.Refused(String why) ->
            json.nulls("status").field("error", why).field("refused", true);
      }
      json.endObject();
    }
    json.endArray();
  }

  private static void optional(JsonText json, String name, Optional<String> text) {
    text.ifPresentOrElse(found -> json.field(name, found), () -> json.nulls(name));
  }

  static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
