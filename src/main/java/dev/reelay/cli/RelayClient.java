package dev.reelay.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.reelay.access.Secret;
import dev.reelay.cli.Surroundings.Pause;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Speaks the unified format with a relay, as any API user's program would. What may be repeated
 * without paying twice is repeated: a create carries an idempotency key, made once for all its
 * tries.
 */
final class RelayClient implements AutoCloseable {
  static final int TRIES_MAX = 6;
  private static final Duration CONNECT_WAIT_MAX = Duration.ofSeconds(5);
  private static final Duration ANSWER_WAIT_MAX = Duration.ofSeconds(60);
  private static final Duration HEALTH_WAIT_MAX = Duration.ofSeconds(3);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration PAUSE_MAX = Duration.ofSeconds(30);
  private static final int BODY_BYTES_MAX = 8 << 20;
  private static final String FEED_WAIT = "25";
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int CONFLICT = 409;
  private static final JsonMapper JSON = JsonMapper.shared();

  private final HttpClient http;
  private final URI base;
  private final Optional<Secret> key;
  private final Pause pause;

  private RelayClient(URI base, Optional<Secret> key, Pause pause) {
    this.base = base;
    this.key = key;
    this.pause = pause;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_WAIT_MAX)
            // A redirect could carry the key to another host.
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /**
   * @param base such as {@code https://relay.example}, with or without a path
   */
  static RelayClient of(URI base, Secret key, Pause pause) {
    return new RelayClient(base, Optional.of(key), pause);
  }

  /** Without a key: good for health and for result files, whose address is their key. */
  static RelayClient anonymous(URI base, Pause pause) {
    return new RelayClient(base, Optional.empty(), pause);
  }

  /**
   * An answer that is not an error.
   *
   * @param comeBack when the relay wants to be asked again, if it says so
   */
  record Told(JsonNode body, Optional<Duration> comeBack) {
    /** The text of a field, or nothing if it is missing, null or no text. */
    Optional<String> text(String field) {
      var node = body.path(field);
      return node.isString() && !node.asString().isEmpty()
          ? Optional.of(node.asString())
          : Optional.empty();
    }
  }

  /** {@code POST /v1/video/create}. */
  Told create(Map<String, Object> fields, String idempotencyKey) {
    var body = BodyPublishers.ofString(JSON.writeValueAsString(fields));
    return send(
        request("/v1/video/create").header("Idempotency-Key", idempotencyKey).POST(body).build());
  }

  /** {@code GET /v1/video/query}. */
  Told query(String id) {
    return send(request("/v1/video/query" + queryString(Map.of("id", id))).build());
  }

  /** {@code GET /v1/video/list}. */
  Told list(Map<String, String> filters) {
    return send(request("/v1/video/list" + queryString(filters)).build());
  }

  /** {@code POST /v1/video/cancel}. */
  Told cancel(String id) {
    var body = BodyPublishers.ofString(JSON.writeValueAsString(Map.of("id", id)));
    return send(request("/v1/video/cancel").POST(body).build());
  }

  /**
   * {@code GET /v1/webhooks/feed}: waits a while for the next events.
   *
   * @param after the event before them; empty asks only where the feed ends now
   */
  Told feed(Optional<String> after) {
    var asked = after.map(last -> Map.of("after", last, "wait", FEED_WAIT)).orElse(Map.of());
    return send(request("/v1/webhooks/feed" + queryString(asked)).build());
  }

  /** Posts a webhook to a program of the caller's; what came of it, in a word. */
  String forward(URI target, String id, Instant at, String signature, String body) {
    var letter =
        HttpRequest.newBuilder(target)
            .timeout(ANSWER_WAIT_MAX)
            .header("Content-Type", "application/json")
            .header("webhook-id", id)
            .header("webhook-timestamp", String.valueOf(at.getEpochSecond()))
            .header("webhook-signature", signature)
            .POST(BodyPublishers.ofString(body))
            .build();
    try {
      return String.valueOf(http.send(letter, BodyHandlers.discarding()).statusCode());
    } catch (IOException e) {
      return "no answer (" + why(e) + ")";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Refusal.unreachable("interrupted");
    }
  }

  /** Whether a relay is there and can work; never throws. */
  boolean isReady() {
    var asked = HttpRequest.newBuilder(address("/readyz")).timeout(HEALTH_WAIT_MAX).GET().build();
    try {
      return http.send(asked, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException _) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Fetches a result into a file: whole, or not at all. No key is sent.
   *
   * @param result absolute, or a path of this relay
   * @return its bytes
   */
  long download(String result, Path target) {
    var part = target.resolveSibling(target.getFileName() + ".part");
    var asked = HttpRequest.newBuilder(base.resolve(result)).timeout(ANSWER_WAIT_MAX).build();
    try {
      var answer = http.send(asked, BodyHandlers.ofFile(part));
      if (answer.statusCode() != 200) {
        Files.deleteIfExists(part);
        throw Refusal.failed(
            "the video cannot be fetched: HTTP "
                + answer.statusCode()
                + " for "
                + DocText.printable(result));
      }
      Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
      return Files.size(target);
    } catch (IOException e) {
      throw Refusal.unreachable("the video could not be fetched to " + target + ": " + why(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Refusal.unreachable("interrupted");
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
    http.close();
  }

  private HttpRequest.Builder request(String pathAndQuery) {
    var builder =
        HttpRequest.newBuilder(address(pathAndQuery))
            .timeout(ANSWER_WAIT_MAX)
            .header("Accept", "application/json")
            .header("Content-Type", "application/json");
    key.ifPresent(secret -> builder.header("Authorization", "Bearer " + secret.reveal()));
    return builder;
  }

  /** The base may end with a slash, or with /v1 as in other programs' settings. */
  private URI address(String pathAndQuery) {
    var text = base.toString().replaceFirst("/+$", "").replaceFirst("/v1$", "");
    return URI.create(text + pathAndQuery);
  }

  private Told send(HttpRequest request) {
    var wait = FIRST_PAUSE;
    for (var tries = 1; ; tries++) {
      var asked = ask(request);
      if (asked instanceof Asked.Answered(int status, _, _) && status < 300) {
        return told((Asked.Answered) asked);
      }
      if (tries == TRIES_MAX || !asked.mayAskAgain()) {
        throw refusal(asked);
      }
      pause.await(asked.comeBack().orElse(wait));
      wait = wait.multipliedBy(2);
    }
  }

  /** What came of one try. */
  private sealed interface Asked {
    record Answered(int status, HttpHeaders headers, String body) implements Asked {}

    record Silence(String why) implements Asked {}

    default boolean mayAskAgain() {
      return switch (this) {
        case Silence _ -> true;
        case Answered(int status, _, String body) ->
            status >= 500
                || status == TOO_MANY_REQUESTS
                || (status == CONFLICT && body.contains("idempotency_in_progress"));
      };
    }

    default Optional<Duration> comeBack() {
      return switch (this) {
        case Silence _ -> Optional.empty();
        case Answered(_, HttpHeaders headers, _) ->
            number(headers, "openai-poll-after-ms", 1)
                .or(() -> number(headers, "retry-after", 1_000));
      };
    }

    private static Optional<Duration> number(HttpHeaders headers, String name, long millisEach) {
      return headers
          .firstValue(name)
          .filter(text -> text.matches("[0-9]{1,9}"))
          .map(text -> Duration.ofMillis(Long.parseLong(text) * millisEach))
          .map(length -> length.compareTo(PAUSE_MAX) > 0 ? PAUSE_MAX : length);
    }
  }

  private Asked ask(HttpRequest request) {
    try {
      var answer = http.send(request, BodyHandlers.ofInputStream());
      try (var body = answer.body()) {
        return new Asked.Answered(answer.statusCode(), answer.headers(), text(answer, body));
      }
    } catch (IOException e) {
      return new Asked.Silence(why(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Refusal.unreachable("interrupted");
    }
  }

  private static String text(HttpResponse<?> answer, InputStream body) throws IOException {
    var bytes = body.readNBytes(BODY_BYTES_MAX + 1);
    if (bytes.length > BODY_BYTES_MAX) {
      throw new IOException(
          "an answer of more than " + BODY_BYTES_MAX + " bytes from " + answer.uri().getPath());
    }
    return new String(bytes, UTF_8);
  }

  private Told told(Asked.Answered answered) {
    try {
      return new Told(JSON.readTree(answered.body()), answered.comeBack());
    } catch (JacksonException _) {
      throw Refusal.unreachable("what answers at " + base + " is no Reelay: it sent no JSON");
    }
  }

  private Refusal refusal(Asked asked) {
    return switch (asked) {
      case Asked.Silence(String why) ->
          Refusal.unreachable(
              "the relay at " + base + " does not answer (" + why + "); is --url right?");
      case Asked.Answered(int status, _, String body) ->
          new Refusal(
              status >= 500 ? Exit.UNREACHABLE : Exit.FAILED,
              "the relay refused it: " + message(body) + " (HTTP " + status + ")");
    };
  }

  /** The error's own words, in whichever shape they come. */
  private static String message(String body) {
    try {
      var tree = JSON.readTree(body);
      var nested = tree.path("error").path("message");
      var words = nested.isString() ? nested : tree.path("message");
      return DocText.printable(words.isString() ? words.asString() : "no reason given");
    } catch (JacksonException _) {
      return "no reason given";
    }
  }

  private static String queryString(Map<String, String> parameters) {
    return parameters.isEmpty()
        ? ""
        : parameters.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), UTF_8))
            .collect(Collectors.joining("&", "?", ""));
  }

  private static String why(IOException e) {
    return Optional.ofNullable(e.getMessage()).orElseGet(() -> e.getClass().getSimpleName());
  }
}
