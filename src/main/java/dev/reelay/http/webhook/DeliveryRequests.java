package dev.reelay.http.webhook;

import dev.reelay.http.ApiError;
import dev.reelay.http.Callers;
import dev.reelay.http.JsonText;
import dev.reelay.http.Reply;
import dev.reelay.http.Request;
import dev.reelay.http.dialect.PageLimit;
import dev.reelay.task.ErrorCode;
import dev.reelay.webhook.Deliveries;
import dev.reelay.webhook.Delivery;
import dev.reelay.webhook.DeliveryId;
import dev.reelay.webhook.DeliveryState;
import dev.reelay.webhook.EndpointId;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** {@code /v1/webhooks/deliveries}: what was sent, what came of it, and again. */
public final class DeliveryRequests {
  private final Callers callers;
  private final Deliveries deliveries;

  public DeliveryRequests(Callers callers, Deliveries deliveries) {
    this.callers = callers;
    this.deliveries = deliveries;
  }

  public Reply list(Request request) {
    var tenant = callers.of(request).tenant().id();
    var limit = PageLimit.of(request);
    var query =
        new Deliveries.Query(tenant, endpoint(request), state(request), before(request), limit + 1);
    var found = deliveries.list(query);
    var page = found.subList(0, Math.min(limit, found.size()));
    var json = new JsonText().object().field("object", "list").array("data");
    for (var delivery : page) {
      json.object();
      WebhookJson.delivery(json, delivery);
      json.endObject();
    }
    json.endArray().field("has_more", found.size() > limit);
    if (page.isEmpty()) {
      json.nulls("last_id");
    } else {
      json.field("last_id", page.getLast().id().toString());
    }
    return Reply.json(200, json.endObject().bytes());
  }

  private static Optional<EndpointId> endpoint(Request request) {
    var text = text(request, "endpoint");
    return text.map(
        id ->
            EndpointId.parse(id)
                .orElseThrow(() -> ApiError.of(ErrorCode.ENDPOINT_NOT_FOUND).refusal()));
  }

  private static Optional<DeliveryState.Name> state(Request request) {
    var names = DeliveryState.Name.values();
    return text(request, "state")
        .map(
            word ->
                Arrays.stream(names)
                    .filter(name -> WebhookJson.word(name).equals(word))
                    .findFirst()
                    .orElseThrow(
                        () -> {
                          var words = Arrays.stream(names).map(WebhookJson::word).toList();
                          return ApiError.field(
                                  "state",
                                  "`state` may be " + String.join(", ", words) + ".",
                                  "`state` 可用：" + String.join("、", words) + "。")
                              .allowing(words)
                              .refusal();
                        }));
  }

  private static Optional<DeliveryId> before(Request request) {
    return text(request, "after")
        .map(
            id ->
                DeliveryId.parse(id)
                    .orElseThrow(() -> StrictBody.wrong("after", "a delivery id", "投递 ID")));
  }

  private static Optional<String> text(Request request, String name) {
    return request.query(name).map(String::strip).filter(text -> !text.isEmpty());
  }

  public Reply show(Request request) {
    var tenant = callers.of(request).tenant().id();
    var delivery =
        DeliveryId.parse(request.parameter("id"))
            .flatMap(id -> deliveries.find(tenant, id))
            .orElseThrow(DeliveryRequests::notFound);
    var json = new JsonText().object();
    WebhookJson.delivery(json, delivery);
    WebhookJson.attempts(json, deliveries.attempts(delivery.id()));
    return Reply.json(200, json.endObject().bytes());
  }

  public Reply replay(Request request) {
    var tenant = callers.of(request).tenant().id();
    StrictBody.of(request, Set.of());
    var id = DeliveryId.parse(request.parameter("id")).orElseThrow(DeliveryRequests::notFound);
    return switch (deliveries.replay(tenant, id)) {
      case Deliveries.Replay.Again(Delivery delivery) -> shown(202, delivery);
      case Deliveries.Replay.Missing _ -> throw notFound();
      case Deliveries.Replay.Disabled _ -> throw EndpointRequests.disabled();
    };
  }

  static Reply shown(int status, Delivery delivery) {
    var json = new JsonText().object();
    WebhookJson.delivery(json, delivery);
    return Reply.json(status, json.endObject().bytes());
  }

  private static RuntimeException notFound() {
    return ApiError.of(ErrorCode.DELIVERY_NOT_FOUND).refusal();
  }
}
