package dev.reelay.testkit;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A caller of a relay over HTTP. Calls that end without an answer give nothing. */
public final class RelayClient {
  private static final Duration ANSWER_MAX = Duration.ofSeconds(30);
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  private final URI base;
  private final String key;

  /** One answer; the names of the fields are lower case. */
  public record Answer(int status, Map<String, String> fields, ByteBuffer content) {
    public byte[] body() {
      var bytes = new byte[content.remaining()];
      content.duplicate().get(bytes);
      return bytes;
    }

    public String text() {
      return new String(body(), StandardCharsets.UTF_8);
    }

    public JsonNode json() {
      return JsonMapper.shared().readTree(body());
    }

    /** A text in the body, by JSON pointer; empty if there is none. */
    public String at(String pointer) {
      return json().at(pointer).asString("");
    }

    public String field(String name) {
      return fields.getOrDefault(name, "");
    }

    @Override
    public String toString() {
      return status + " " + fields + " " + text();
    }
  }

  public RelayClient(URI base, String key) {
    this.base = base;
    this.key = key;
  }

  /** The cheapest video of the sandbox: one second, small. */
  public static String cheap(String prompt) {
    return cheap("sandbox-video", prompt);
  }

  /** One second, small, of this model. */
  public static String cheap(String model, String prompt) {
    return JsonMapper.shared()
        .writeValueAsString(
            JsonMapper.shared()
                .createObjectNode()
                .put("model", model)
                .put("prompt", prompt)
                .put("aspect_ratio", "16:9")
                .put("size", "480P")
                .put("duration", 1));
  }

  public Optional<Answer> tryCreate(String body, String idempotencyKey) {
    return tryPost("/v1/video/create", body, Map.of("Idempotency-Key", idempotencyKey));
  }

  public Answer create(String body, String idempotencyKey) {
    return answered(tryCreate(body, idempotencyKey));
  }

  public Answer create(String body) {
    return answered(tryPost("/v1/video/create", body, Map.of()));
  }

  public Optional<Answer> tryQuery(String id) {
    return tryGet("/v1/video/query?id=" + id);
  }

  public Answer query(String id) {
    return answered(tryQuery(id));
  }

  public Answer cancel(String id) {
    return answered(tryPost("/v1/video/cancel", "{\"id\":\"" + id + "\"}", Map.of()));
  }

  public Answer list() {
    return get("/v1/video/list");
  }

  public Answer balance() {
    return get("/api/usage/token/");
  }

  public Answer get(String path) {
    return answered(tryGet(path));
  }

  public Optional<Answer> tryGet(String path) {
    return send(request(path).GET().build());
  }

  public Optional<Answer> tryPost(String path, String body, Map<String, String> fields) {
    var request = request(path).header("Content-Type", "application/json");
    fields.forEach(request::header);
    return send(request.POST(BodyPublishers.ofString(body)).build());
  }

  /** Asks until the task is final; the last answer. Bounded by the number of questions. */
  public Answer awaitFinal(String id) {
    for (int question = 0; question < 600; question++) {
      var answer = query(id);
      if (answer.at("/status").equals("completed") || answer.at("/status").equals("failed")) {
        return answer;
      }
      Pauses.of(Duration.ofMillis(100));
    }
    throw new AssertionError("not final: " + query(id));
  }

  /** Asks until the relay is ready; false if it is not within that time. */
  public boolean awaitReady(Duration longest) {
    var pause = Duration.ofMillis(100);
    for (long left = longest.dividedBy(pause); left > 0; left--) {
      if (tryGet("/readyz").filter(answer -> answer.status() == 200).isPresent()) {
        return true;
      }
      Pauses.of(pause);
    }
    return false;
  }

  /** Asks until the relay offers this model; false if it does not within a while. */
  public boolean awaitModel(String model) {
    for (int question = 0; question < 600; question++) {
      if (tryGet("/v1/models").filter(a -> a.text().contains('"' + model + '"')).isPresent()) {
        return true;
      }
      Pauses.of(Duration.ofMillis(50));
    }
    return false;
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(base.resolve(path))
        .timeout(ANSWER_MAX)
        .header("Authorization", "Bearer " + key);
  }

  private static Answer answered(Optional<Answer> answer) {
    return answer.orElseThrow(() -> new AssertionError("no answer"));
  }

  private static Optional<Answer> send(HttpRequest request) {
    try {
      var response = HTTP.send(request, BodyHandlers.ofByteArray());
      var fields = new TreeMap<String, String>();
      response.headers().map().forEach((name, values) -> fields.put(name, values.getFirst()));
      return Optional.of(
          new Answer(response.statusCode(), fields, ByteBuffer.wrap(response.body())));
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
