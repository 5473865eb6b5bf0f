package dev.reelay.http.webhook;

import dev.reelay.access.TenantId;
import dev.reelay.http.ApiError;
import dev.reelay.http.Callers;
import dev.reelay.http.JsonText;
import dev.reelay.http.Reply;
import dev.reelay.http.Request;
import dev.reelay.http.dialect.WebAddress;
import dev.reelay.task.ErrorCode;
import dev.reelay.webhook.Courier;
import dev.reelay.webhook.Deliveries;
import dev.reelay.webhook.Endpoint;
import dev.reelay.webhook.Endpoint.Wishes;
import dev.reelay.webhook.EndpointId;
import dev.reelay.webhook.Endpoints;
import dev.reelay.webhook.Endpoints.Addition;
import dev.reelay.webhook.EventType;
import dev.reelay.webhook.RotateSecret;
import dev.reelay.webhook.SigningSecret;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * {@code /v1/webhooks/endpoints}: who is told. Another tenant's endpoint and one that does not
 * exist are the same 404.
 */
public final class EndpointRequests {
  static final int URL_CHARS_MAX = 2_048;
  private static final Set<String> NEW = Set.of("url", "events", "format", "description");
  private static final Set<String> CHANGE =
      Set.of("url", "events", "format", "description", "enabled");
  private static final Set<String> RANGE = Set.of("from", "to");

  private final Callers callers;
  private final Endpoints endpoints;
  private final Deliveries deliveries;
  private final Courier courier;
  private final InstantSource clock;
  private final RandomGenerator random;

  /**
   * What is asked and changed.
   *
   * @param courier says which addresses are never called
   */
  public record Ports(Endpoints endpoints, Deliveries deliveries, Courier courier) {}

  /**
   * @param random makes secrets, so it must be a secure one
   */
  public EndpointRequests(
      Callers callers, Ports ports, InstantSource clock, RandomGenerator random) {
    this.callers = callers;
    this.endpoints = ports.endpoints();
    this.deliveries = ports.deliveries();
    this.courier = ports.courier();
    this.clock = clock;
    this.random = random;
  }

  public Reply create(Request request) {
    var tenant = tenant(request);
    var body = StrictBody.of(request, NEW);
    var url = url(body).orElseThrow(() -> StrictBody.missing("url"));
    var secret = SigningSecret.generate(random);
    var wishes = wishes(body, Wishes.USUAL);
    return switch (endpoints.add(new Endpoints.NewEndpoint(tenant, url, wishes, secret))) {
      case Addition.Added(Endpoint endpoint) -> shown(201, endpoint, Optional.of(secret));
      case Addition.TooMany _ ->
          throw ApiError.of(
                  ErrorCode.ENDPOINT_LIMIT,
                  "There may be " + Endpoint.PER_TENANT_MAX + " endpoints; delete one first.",
                  "最多 " + Endpoint.PER_TENANT_MAX + " 个端点，请先删除一个。")
              .fact("limit", String.valueOf(Endpoint.PER_TENANT_MAX))
              .refusal();
    };
  }

  public Reply list(Request request) {
    var json = new JsonText().object().field("object", "list").array("data");
    for (var endpoint : endpoints.list(Optional.of(tenant(request)))) {
      if (endpoint.target() instanceof Endpoint.Target.Address) {
        json.object();
        WebhookJson.endpoint(json, endpoint);
        json.endObject();
      }
    }
    return Reply.json(200, json.endArray().endObject().bytes());
  }

  public Reply show(Request request) {
    return shown(200, found(tenant(request), request), Optional.empty());
  }

  public Reply change(Request request) {
    var tenant = tenant(request);
    var id = found(tenant, request).id();
    var body = StrictBody.of(request, CHANGE);
    var changed =
        endpoints
            .update(tenant, id, changes(body, clock.instant()))
            .orElseThrow(EndpointRequests::notFound);
    return shown(200, changed, Optional.empty());
  }

  private UnaryOperator<Endpoint> changes(StrictBody body, Instant now) {
    var url = url(body);
    // Read once before any row is locked, so that a refusal is one for the fields alone.
    wishes(body, Wishes.USUAL);
    var enabled = body.claim("enabled");
    return before -> {
      var after = before.wishing(wishes(body, before.wishes()));
      if (url.isPresent()) {
        after = after.movedTo(url.get());
      }
      if (enabled.isEmpty()) {
        return after;
      }
      return enabled.get() ? after.enabled() : after.disabledFor(Endpoint.Reason.BY_HAND, now);
    };
  }

  public Reply remove(Request request) {
    var tenant = tenant(request);
    var id = found(tenant, request).id();
    if (!endpoints.remove(tenant, id)) {
      throw notFound();
    }
    var json = new JsonText().object().field("id", id.toString());
    json.field("object", "webhook_endpoint").field("deleted", true);
    return Reply.json(200, json.endObject().bytes());
  }

  public Reply rotate(Request request) {
    var tenant = tenant(request);
    return rotated(found(tenant, request), request);
  }

  public Reply callback(Request request) {
    return shown(200, endpoints.perRequest(tenant(request)), Optional.empty());
  }

  public Reply rotateCallback(Request request) {
    return rotated(endpoints.perRequest(tenant(request)), request);
  }

  private Reply rotated(Endpoint endpoint, Request request) {
    StrictBody.of(request, Set.of());
    var rotation = new RotateSecret(endpoints, clock, random).rotate(endpoint);
    var secret = rotation.orElseThrow(EndpointRequests::notFound);
    return shown(200, endpoint, Optional.of(secret));
  }

  public Reply test(Request request) {
    var tenant = tenant(request);
    StrictBody.of(request, Set.of());
    return switch (deliveries.test(tenant, found(tenant, request).id())) {
      case Deliveries.Testing.Made(var delivery) -> DeliveryRequests.shown(202, delivery);
      case Deliveries.Testing.Missing _ -> throw notFound();
      case Deliveries.Testing.Disabled _ -> throw disabled();
    };
  }

  public Reply replay(Request request) {
    var tenant = tenant(request);
    var id = found(tenant, request).id();
    var body = StrictBody.of(request, RANGE);
    var from = body.moment("from").orElseThrow(() -> StrictBody.missing("from"));
    var to = body.moment("to").orElse(clock.instant());
    if (!from.isBefore(to)) {
      throw StrictBody.wrong("from", "earlier than `to`", "早于 `to` 的时间");
    }
    return switch (deliveries.replay(tenant, id, new Deliveries.Range(from, to))) {
      case Deliveries.RangeReplay.Done done -> {
        var json = new JsonText().object().field("object", "webhook_replay");
        json.field("endpoint", id.toString());
        json.field("replayed", done.again()).field("made", done.made());
        yield Reply.json(202, json.field("has_more", done.mayHaveMore()).endObject().bytes());
      }
      case Deliveries.RangeReplay.Missing _ -> throw notFound();
      case Deliveries.RangeReplay.Disabled _ -> throw disabled();
    };
  }

  private TenantId tenant(Request request) {
    return callers.of(request).tenant().id();
  }

  private Endpoint found(TenantId tenant, Request request) {
    return EndpointId.parse(request.parameter("id"))
        .flatMap(id -> endpoints.find(tenant, id))
        .filter(endpoint -> endpoint.target() instanceof Endpoint.Target.Address)
        .orElseThrow(EndpointRequests::notFound);
  }

  private static RuntimeException notFound() {
    return ApiError.of(ErrorCode.ENDPOINT_NOT_FOUND).refusal();
  }

  static RuntimeException disabled() {
    return ApiError.of(
            ErrorCode.ENDPOINT_DISABLED,
            "The endpoint is disabled; set `enabled` to true first.",
            "该端点已停用；请先将 `enabled` 设为 true。")
        .refusal();
  }

  private static Reply shown(int status, Endpoint endpoint, Optional<SigningSecret> secret) {
    var json = new JsonText().object();
    WebhookJson.endpoint(json, endpoint);
    secret.ifPresent(made -> WebhookJson.secret(json, made));
    return Reply.json(status, json.endObject().bytes());
  }

  private Optional<URI> url(StrictBody body) {
    return body.text("url", URL_CHARS_MAX).map(this::url);
  }

  private URI url(String text) {
    if (!WebAddress.is(text)) {
      throw StrictBody.wrong("url", "an https address", " https 地址");
    }
    try {
      var url = URI.create(text);
      var refusal = courier.refusal(url);
      if (refusal.isEmpty()) {
        return url;
      }
      throw ApiError.field(
              "url", "`url` cannot be called: " + refusal.get() + ".", "`url` 无法调用：仅支持公网 https 地址。")
          .refusal();
    } catch (IllegalArgumentException _) {
      throw StrictBody.wrong("url", "an https address", " https 地址");
    }
  }

  private static Wishes wishes(StrictBody body, Wishes before) {
    var format = body.text("format", URL_CHARS_MAX).map(EndpointRequests::format);
    var types = body.texts("events").map(EndpointRequests::types);
    var description = body.text("description", Wishes.DESCRIPTION_CHARS_MAX);
    return new Wishes(
        format.orElse(before.format()),
        types.orElse(before.types()),
        description.orElse(before.description()));
  }

  private static Endpoint.Format format(String word) {
    var known = Arrays.stream(Endpoint.Format.values()).map(WebhookJson::word).toList();
    return Arrays.stream(Endpoint.Format.values())
        .filter(format -> WebhookJson.word(format).equals(word))
        .findFirst()
        .orElseThrow(() -> oneOf("format", known));
  }

  private static Set<EventType> types(List<String> words) {
    var choices = EventType.words(EventType.choices());
    var types = new HashSet<EventType>();
    for (var word : words) {
      if (!choices.contains(word)) {
        throw oneOf("events", choices);
      }
      EventType.find(word).ifPresent(types::add);
    }
    return types;
  }

  private static RuntimeException oneOf(String name, List<String> words) {
    var known = new ArrayList<>(words);
    return ApiError.field(
            name,
            "`" + name + "` may be " + String.join(", ", known) + ".",
            "`" + name + "` 可用：" + String.join("、", known) + "。")
        .allowing(known)
        .refusal();
  }
}
