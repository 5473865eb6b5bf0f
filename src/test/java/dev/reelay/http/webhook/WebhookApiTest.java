package dev.reelay.http.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.access.ApiKey;
import dev.reelay.access.Caller;
import dev.reelay.access.KeyAnswer;
import dev.reelay.access.KeyDirectory;
import dev.reelay.access.KeyId;
import dev.reelay.access.MasterKey;
import dev.reelay.access.Plan;
import dev.reelay.access.ResultSignature;
import dev.reelay.access.Tenant;
import dev.reelay.access.TenantAlias;
import dev.reelay.access.TenantId;
import dev.reelay.http.ApiRoutes;
import dev.reelay.http.Callers;
import dev.reelay.http.ErrorMapper;
import dev.reelay.http.ResultAddresses;
import dev.reelay.http.Route;
import dev.reelay.http.dialect.unified.UnifiedErrors;
import dev.reelay.http.dialect.unified.UnifiedView;
import dev.reelay.http.helidon.HttpServer;
import dev.reelay.task.TaskId;
import dev.reelay.testkit.ApiContract;
import dev.reelay.testkit.EdgeKit;
import dev.reelay.testkit.InMemoryWebhooks;
import dev.reelay.testkit.ManualClock;
import dev.reelay.testkit.ScriptedCourier;
import dev.reelay.testkit.TaskSamples;
import dev.reelay.webhook.Deliveries;
import dev.reelay.webhook.Endpoint;
import dev.reelay.webhook.EndpointId;
import dev.reelay.webhook.EventType;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How a tenant manages webhooks over HTTP, before a real server. */
class WebhookApiTest {
  private static final ApiContract CONTRACT = ApiContract.read();
  private static final String ENDPOINTS = "/v1/webhooks/endpoints";
  private static final String DELIVERIES = "/v1/webhooks/deliveries";
  private static final String FEED = "/v1/webhooks/feed";
  private static final String NEW = "{'url':'https://hooks.example/x'}";
  private static final TenantId OWNER = new TenantId(1);
  private static final MasterKey MASTER =
      MasterKey.parse("000102030405060708090a0b0c0d0e0f".repeat(2));

  private final ManualClock clock = new ManualClock();
  private final InMemoryWebhooks store = new InMemoryWebhooks(clock);
  private final FeedBell bell = new FeedBell();
  private final HttpClient client = HttpClient.newHttpClient();
  private final HttpServer server = EdgeKit.serve(routes());
  private int tasks;

  private Route[] routes() {
    var callers = new Callers(new TwoKeys(), clock);
    var random = new SplittableRandom(3);
    var ports = new EndpointRequests.Ports(store, store, new ScriptedCourier());
    var view =
        new UnifiedView(
            new TenantAlias(MASTER)::of, new ResultAddresses(new ResultSignature(MASTER)), "USD");
    var messages =
        new TaskMessages(
            id -> Optional.of(TaskSamples.queued(id, TaskSamples.queued().accepted())),
            view,
            () -> "https://relay.example");
    var mapper = new ErrorMapper(new UnifiedErrors(false), _ -> false);
    var handlers =
        new ApiRoutes.Webhooks(
            new EndpointRequests(callers, ports, clock, random),
            new DeliveryRequests(callers, store),
            new FeedRequests(callers, store, messages, bell, clock));
    return ApiRoutes.webhooks(handlers)
        .map(r -> new Route(r.method(), r.pattern(), r.isOpen(), mapper.around(r.handler())))
        .toArray(Route[]::new);
  }

  /** The key {@code one} is the first tenant's, {@code two} the second's. */
  private static final class TwoKeys implements KeyDirectory {
    @Override
    public KeyAnswer find(String presented) {
      var id = presented.endsWith("one") ? 1 : 2;
      var tenant = new TenantId(id);
      var key =
          new ApiKey(
              new KeyId(id),
              tenant,
              "a key",
              "…",
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              OptionalInt.empty(),
              true);
      var plan = new Plan(1, "default", OptionalInt.empty(), 1_000_000);
      return new KeyAnswer.Known(new Caller(key, new Tenant(tenant, "tenant", plan)));
    }

    @Override
    public Optional<KeyAnswer> recall(String presented) {
      return Optional.empty();
    }
  }

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  /** Status and body. */
  private record Answer(int status, JsonNode body) {
    String text(String field) {
      return body.path(field).asString();
    }

    String code() {
      return body.path("error").path("code").asString();
    }
  }

  private Answer call(String key, String method, String path, String body) {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .header("Authorization", "Bearer " + key)
            .method(method, BodyPublishers.ofString(body.replace('\'', '"')))
            .build();
    try {
      var reply = client.send(request, BodyHandlers.ofString());
      var answer = new Answer(reply.statusCode(), JsonMapper.shared().readTree(reply.body()));
      requireDescribed(method, path, answer);
      return answer;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Every answer here is one that the published contract describes. */
  private static void requireDescribed(String method, String path, Answer answer) {
    var pattern =
        path.replaceFirst("\\?.*", "").replaceFirst("/(endpoints|deliveries)/[^/]+", "/$1/{id}");
    assertThat(CONTRACT.faults(method, pattern, answer.status(), answer.body()))
        .as(method + " " + path + " answered " + answer.body())
        .isEmpty();
  }

  private Answer post(String path, String body) {
    return call("one", "POST", path, body);
  }

  private Answer get(String path) {
    return call("one", "GET", path, "");
  }

  private TaskId happen() {
    tasks++;
    var task = TaskSamples.taskId(tasks);
    store.happen(OWNER, task, EventType.TASK_SUCCEEDED, Optional.empty());
    store.publish(100);
    return task;
  }

  @Test
  void an_endpoint_is_made_with_a_secret_that_is_shown_this_once() {
    var made = post(ENDPOINTS, "{'url':'https://hooks.example/x','description':'shop'}");

    assertThat(made.status()).isEqualTo(201);
    assertThat(made.text("id")).startsWith("ep_");
    assertThat(made.text("secret")).startsWith("whsec_");
    assertThat(made.text("format")).isEqualTo("reelay");
    assertThat(made.body().path("events")).hasSize(4);
    var shown = get(ENDPOINTS + "/" + made.text("id"));
    assertThat(shown.status()).isEqualTo(200);
    assertThat(shown.text("description")).isEqualTo("shop");
    assertThat(shown.body().has("secret")).isFalse();
    assertThat(get(ENDPOINTS).body().toString()).contains(made.text("id")).doesNotContain("whsec_");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | url",
        "{'url':'http://hooks.example/x'} | url",
        "{'url':'hooks.example'} | url",
        "{'url':'https://hooks.example/x','events':[]} | events",
        "{'url':'https://hooks.example/x','events':['task.begun']} | events",
        "{'url':'https://hooks.example/x','events':['webhook.test']} | events",
        "{'url':'https://hooks.example/x','format':'xml'} | format",
        "{'url':'https://hooks.example/x','description':7} | description",
        "{'url':'https://hooks.example/x','secret':'mine'} | secret",
        "{'url':'https://hooks.example/x','tenant':2} | tenant"
      })
  void what_is_wrong_or_unknown_is_refused_by_its_name(String body, String param) {
    var answer = post(ENDPOINTS, body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("invalid_field");
    assertThat(answer.body().path("error").path("param").asString()).isEqualTo(param);
    assertThat(store.list(Optional.of(OWNER))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "{", "7", "{} {}"})
  void what_is_no_object_is_refused(String body) {
    assertThat(post(ENDPOINTS, body).code()).isEqualTo("invalid_json");
  }

  @Test
  void only_what_is_sent_is_changed() {
    var id = post(ENDPOINTS, NEW).text("id");

    var changed = post(ENDPOINTS + "/" + id, "{'format':'openai','events':['task.failed']}");

    assertThat(changed.status()).isEqualTo(200);
    assertThat(changed.text("url")).isEqualTo("https://hooks.example/x");
    assertThat(changed.text("format")).isEqualTo("openai");
    assertThat(changed.body().path("events").toString()).isEqualTo("[\"task.failed\"]");
    var off = post(ENDPOINTS + "/" + id, "{'enabled':false}");
    assertThat(off.body().path("enabled").asBoolean()).isFalse();
    assertThat(off.text("disabled_reason")).isEqualTo("by_hand");
    assertThat(off.text("format")).isEqualTo("openai");
    assertThat(post(ENDPOINTS + "/" + id + "/test", "").code()).isEqualTo("endpoint_disabled");
  }

  @Test
  void a_rotated_secret_is_new_and_shown_once() {
    var made = post(ENDPOINTS, NEW);

    var rotated = post(ENDPOINTS + "/" + made.text("id") + "/rotate", "");

    assertThat(rotated.status()).isEqualTo(200);
    assertThat(rotated.text("secret")).startsWith("whsec_").isNotEqualTo(made.text("secret"));
  }

  @Test
  void the_secret_of_callback_urls_is_shown_when_it_is_rotated_and_is_no_listed_endpoint() {
    var shown = get("/v1/webhooks/callback");
    assertThat(shown.status()).isEqualTo(200);
    assertThat(shown.body().has("secret")).isFalse();

    var rotated = post("/v1/webhooks/callback/rotate", "");

    assertThat(rotated.text("id")).isEqualTo(shown.text("id"));
    assertThat(rotated.text("secret")).startsWith("whsec_");
    assertThat(get(ENDPOINTS).body().path("data")).isEmpty();
    var path = ENDPOINTS + "/" + shown.text("id");
    assertThat(call("one", "DELETE", path, "").code()).isEqualTo("endpoint_not_found");
    assertThat(post(path, "{'enabled':false}").code()).isEqualTo("endpoint_not_found");
  }

  @Test
  void a_foreign_endpoint_and_one_that_does_not_exist_are_the_same() {
    var id = post(ENDPOINTS, NEW).text("id");
    happen();
    var delivery = get(DELIVERIES).body().path("data").get(0).path("id").asString();
    var missing = new EndpointId(TaskSamples.taskId(99).value()).toString();
    var missingDelivery = "dlv_" + TaskSamples.taskId(99).value();
    var calls =
        List.of(
            "GET " + ENDPOINTS + "/%s",
            "POST " + ENDPOINTS + "/%s",
            "DELETE " + ENDPOINTS + "/%s",
            "POST " + ENDPOINTS + "/%s/rotate",
            "POST " + ENDPOINTS + "/%s/test",
            "POST " + ENDPOINTS + "/%s/replay");
    for (var each : calls) {
      assertAlike(each, id, missing, "endpoint_not_found");
    }
    for (var each : List.of("GET " + DELIVERIES + "/%s", "POST " + DELIVERIES + "/%s/replay")) {
      assertAlike(each, delivery, missingDelivery, "delivery_not_found");
    }
    assertThat(call("two", "GET", DELIVERIES, "").body().path("data")).isEmpty();
    assertThat(get(ENDPOINTS + "/" + id).status()).isEqualTo(200);
  }

  private void assertAlike(String each, String foreign, String missing, String code) {
    var parts = each.split(" ");
    var strange = call("two", parts[0], parts[1].formatted(foreign), "");
    var absent = call("two", parts[0], parts[1].formatted(missing), "");

    assertThat(strange.status()).as(each).isEqualTo(404);
    assertThat(strange.code()).as(each).isEqualTo(code);
    assertThat(absent.status()).as(each).isEqualTo(404);
    assertThat(absent.text("message")).as(each).isEqualTo(strange.text("message"));
  }

  @Test
  void deliveries_are_listed_shown_and_sent_again() {
    post(ENDPOINTS, NEW);
    var task = happen();

    var listed = get(DELIVERIES + "?state=pending&limit=1").body();

    var delivery = listed.path("data").get(0);
    assertThat(delivery.path("task").asString()).isEqualTo(task.prefixed());
    assertThat(delivery.path("event").asString()).isEqualTo("evt_" + task.value());
    assertThat(listed.path("has_more").asBoolean()).isFalse();
    var id = delivery.path("id").asString();
    assertThat(get(DELIVERIES + "/" + id).body().path("attempt_log")).isEmpty();
    assertThat(post(DELIVERIES + "/" + id + "/replay", "").status()).isEqualTo(202);
    assertThat(get(DELIVERIES + "?state=lost").code()).isEqualTo("invalid_field");
    assertThat(get(DELIVERIES + "?limit=0").code()).isEqualTo("invalid_field");
  }

  @Test
  void a_range_is_replayed() {
    var id = post(ENDPOINTS, NEW).text("id");
    post(ENDPOINTS + "/" + id, "{'enabled':false}");
    happen();
    clock.move(Duration.ofHours(1));
    post(ENDPOINTS + "/" + id, "{'enabled':true}");

    var replayed = post(ENDPOINTS + "/" + id + "/replay", "{'from':'2026-11-01T00:00:00Z'}");

    assertThat(replayed.status()).isEqualTo(202);
    assertThat(replayed.body().path("made").asInt()).isEqualTo(1);
    assertThat(post(ENDPOINTS + "/" + id + "/replay", "{}").code()).isEqualTo("invalid_field");
    var backwards = "{'from':'2026-11-20T00:00:00Z','to':'2026-11-19T00:00:00Z'}";
    assertThat(post(ENDPOINTS + "/" + id + "/replay", backwards).code()).isEqualTo("invalid_field");
  }

  @Test
  void a_test_is_a_delivery() {
    var id = post(ENDPOINTS, NEW).text("id");

    var test = post(ENDPOINTS + "/" + id + "/test", "{}");

    assertThat(test.status()).isEqualTo(202);
    assertThat(test.text("type")).isEqualTo("webhook.test");
    var query =
        new Deliveries.Query(OWNER, Optional.empty(), Optional.empty(), Optional.empty(), 9);
    assertThat(store.list(query)).hasSize(1);
  }

  @Test
  void the_twenty_first_endpoint_is_refused() {
    for (var n = 0; n < Endpoint.PER_TENANT_MAX; n++) {
      assertThat(post(ENDPOINTS, NEW).status()).isEqualTo(201);
    }

    var answer = post(ENDPOINTS, NEW);

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.code()).isEqualTo("endpoint_limit");
  }

  @Test
  void the_feed_begins_now_and_goes_on_from_any_event() {
    happen();

    var now = get(FEED).body();
    assertThat(now.path("data")).isEmpty();
    var next = now.path("next").asString();
    assertThat(get(FEED + "?after=" + next).body().path("next").asString()).isEqualTo(next);
    var second = happen();
    var page = get(FEED + "?wait=5&after=" + next).body();

    assertThat(page.path("data")).hasSize(1);
    assertThat(page.path("next").asString()).isEqualTo("evt_" + second.value());
    var event = page.path("data").get(0);
    assertThat(event.path("type").asString()).isEqualTo("task.succeeded");
    assertThat(event.path("data").path("object").asString()).isEqualTo("video");
    assertThat(get(FEED + "?after=start").body().path("data")).hasSize(2);
  }

  @Test
  void a_stranger_to_the_feed_learns_nothing_and_an_empty_one_begins_with_start() {
    var task = happen();

    var foreign = call("two", "GET", FEED + "?after=evt_" + task.value(), "");
    assertThat(foreign.status()).isEqualTo(404);
    assertThat(foreign.code()).isEqualTo("event_not_found");
    assertThat(call("two", "GET", FEED, "").text("next")).isEqualTo("start");
    assertThat(get(FEED + "?after=7").code()).isEqualTo("invalid_field");
    assertThat(get(FEED + "?after=start&wait=long").code()).isEqualTo("invalid_field");
    assertThat(get(FEED + "?after=start&wait=99").status()).isEqualTo(200);
  }

  /** The clock of the relay stands still here, so nothing else ends the wait. */
  @Test
  @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void who_waits_at_the_feed_is_answered_when_the_relay_stops() {
    var waiting = CompletableFuture.supplyAsync(() -> get(FEED + "?after=start&wait=25"));
    while (bell.waiting() == 0) {
      assertThat(waiting).isNotDone();
    }

    bell.close();

    var answer = waiting.join();
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body().path("data")).isEmpty();
    assertThat(answer.text("next")).isEqualTo("start");
    assertThat(get(FEED + "?after=start&wait=25").text("next")).isEqualTo("start");
  }
}
