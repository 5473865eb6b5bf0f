package dev.reelay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.standardwebhooks.Webhook;
import dev.reelay.testkit.FakeUpstream;
import dev.reelay.testkit.Pauses;
import dev.reelay.testkit.RelayClient;
import dev.reelay.testkit.RelayHome;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** A real server, a real receiver, and kill -9 while messages are on their way. */
@Tag("process")
class WebhookProcessTest {
  private static final int TASKS = 12;
  private static final int ANSWERS = 500;
  private static final Duration LOOK_EVERY = Duration.ofMillis(50);
  private static final int LOOKS_MAX = 1_200;

  @Test
  void a_server_that_is_killed_while_it_sends_tells_every_event() {
    try (var receiver = FakeUpstream.start();
        var home = RelayHome.used()) {
      home.with("REELAY_WEBHOOKS_ALLOWED_HOSTS", receiver.place());
      for (var n = 0; n < TASKS / 2; n++) {
        receiver.will(new FakeUpstream.Script.Hang());
      }
      for (var n = 0; n < ANSWERS; n++) {
        receiver.will(FakeUpstream.answer(204, ""));
      }
      var first = home.start();
      var secret = endpointSecret(first.client(), receiver.baseUrl() + "/hooks");
      var callback = callbackSecret(first.client());
      var ids = create(first.client(), receiver.baseUrl() + "/callback");
      await(() -> receiver.requests().size() >= 2);
      first.kill();

      var second = home.start();
      await(() -> delivered(second.client()) == 2 * TASKS);

      assertThat(verifiedIds(receiver, "/hooks", secret)).containsExactlyInAnyOrderElementsOf(ids);
      assertThat(verifiedIds(receiver, "/callback", callback))
          .containsExactlyInAnyOrderElementsOf(ids);
      assertThat(second.errors()).doesNotContain("ERROR");
    }
  }

  private static String endpointSecret(RelayClient client, String url) {
    var body = JsonMapper.shared().writeValueAsString(Map.of("url", url));
    var made = client.tryPost("/v1/webhooks/endpoints", body, Map.of()).orElseThrow();
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    return made.at("/secret");
  }

  private static String callbackSecret(RelayClient client) {
    return client
        .tryPost("/v1/webhooks/callback/rotate", "{}", Map.of())
        .orElseThrow()
        .at("/secret");
  }

  /** Creates the tasks; the ids that their events must have. */
  private static List<String> create(RelayClient client, String callback) {
    var ids = new HashSet<String>();
    for (var n = 0; n < TASKS; n++) {
      var task = JsonMapper.shared().readValue(RelayClient.cheap("[instant] " + n), Map.class);
      var body = new HashMap<Object, Object>(task);
      body.put("callback_url", callback);
      var created = client.create(JsonMapper.shared().writeValueAsString(body));
      assertThat(created.status()).as(created.text()).isEqualTo(200);
      ids.add("evt_" + created.at("/id").replaceFirst(".*task_", ""));
    }
    return List.copyOf(ids);
  }

  private static int delivered(RelayClient client) {
    return client
        .get("/v1/webhooks/deliveries?state=delivered&limit=100")
        .json()
        .path("data")
        .size();
  }

  /** Every message to that path is signed so that the receivers' library takes it. */
  private static Set<String> verifiedIds(FakeUpstream receiver, String path, String secret) {
    return receiver.requests().stream()
        .filter(request -> request.target().equals(path))
        .map(request -> verified(request, secret))
        .collect(Collectors.toSet());
  }

  private static String verified(FakeUpstream.Request request, String secret) {
    var headers =
        request.headers().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, entry -> List.of(entry.getValue())));
    assertThatCode(() -> new Webhook(secret).verify(request.body(), headers))
        .doesNotThrowAnyException();
    var message = JsonMapper.shared().readTree(request.body());
    assertThat(message.path("type").asString()).isEqualTo("task.succeeded");
    assertThat(message.path("data").path("video_url").asString()).startsWith("http");
    return message.path("id").asString();
  }

  private static void await(BooleanSupplier condition) {
    for (var look = 0; look < LOOKS_MAX; look++) {
      if (condition.getAsBoolean()) {
        return;
      }
      Pauses.of(LOOK_EVERY);
    }
    throw new AssertionError("it did not happen");
  }
}
