package dev.reelay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.reelay.access.KeyLimits;
import dev.reelay.access.Secret;
import dev.reelay.lab.Lab;
import dev.reelay.lab.LabCall;
import dev.reelay.lab.LabJob;
import dev.reelay.lab.LabPace;
import dev.reelay.lab.LabPart;
import dev.reelay.lab.LabWord;
import dev.reelay.money.Money;
import dev.reelay.money.Price;
import dev.reelay.money.Rates;
import dev.reelay.routing.Channels;
import dev.reelay.routing.Model;
import dev.reelay.routing.ModelName;
import dev.reelay.routing.Models;
import dev.reelay.testkit.Await;
import dev.reelay.testkit.RelayClient;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.json.JsonMapper;

/**
 * Callbacks from the lab to a whole relay, one provider of each way to sign, and two that do not: a
 * lost job is found by what its provider signed, and by nothing that anybody else sent.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LabCallbackTest {
  private static final Money PRICE = Money.parse("0.05");

  /** Its job is made and nobody is told; it never ends, so that the lab does not call by itself. */
  private static final String LOST = LabWord.CUT.text() + LabWord.ENDLESS.text() + " a fox";

  private static final List<String> SIGNED = List.of("fal", "vidu", "replicate", "kling");
  private static final List<String> UNSIGNED = List.of("ark", "minimax");

  /** Nothing else resolves their doubts. */
  private static final List<String> ONLY_BY_CALLBACK = List.of("fal", "vidu");

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int OK = 200;
  private static final int FORBIDDEN = 403;
  private static final int REPLAYS = 20;

  private final Lab lab = Lab.start(LabPace.QUICK);
  private final int port = freePort();
  private final RelayKit kit =
      new RelayKit(
          Map.of(
              "REELAY_PORT",
              String.valueOf(port),
              "REELAY_PUBLIC_URL",
              "http://127.0.0.1:" + port,
              "REELAY_ALLOWED_HOSTS",
              lab.address().getAuthority() + "," + lab.filesAddress().getAuthority()));
  private final RelayClient client = kit.client(kit.tenant("lab", "1000.00"), KeyLimits.NONE);
  private final Map<String, String> ids = new HashMap<>();

  private static int freePort() {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Stream<LabPart> parts() {
    return Lab.parts().stream()
        .filter(part -> SIGNED.contains(part.name()) || UNSIGNED.contains(part.name()));
  }

  @BeforeAll
  void create_everything() {
    try (var desk = kit.desk()) {
      parts().forEach(part -> add(desk.offer().channels(), part));
      parts().forEach(part -> sell(desk.offer().models(), part));
    }
    parts().forEach(part -> assertThat(client.awaitModel(model(part))).isTrue());
    parts().forEach(this::create);
  }

  private static void sell(Models models, LabPart part) {
    var name = new ModelName(model(part));
    models.save(new Model(name, part.channel().capability()));
    models.setPrice(name, new Price.PerVideo(Rates.flat(PRICE)));
  }

  private void add(Channels channels, LabPart part) {
    var channel = part.channel();
    var added =
        new Channels.NewChannel(
            model(part),
            part.name(),
            lab.baseUrl(part),
            Channels.Terms.DEFAULT,
            Map.of(new ModelName(model(part)), channel.model()),
            lab.settings(part));
    var addition = channels.add(added, "main", new Secret(channel.secret()));
    var id = ((Channels.Addition.Added) addition).id();
    part.callbackSecret()
        .ifPresent(
            secret ->
                assertThat(channels.saveCallbackSecret(id, "main", Optional.of(new Secret(secret))))
                    .isTrue());
  }

  private void create(LabPart part) {
    var body = JsonMapper.shared().createObjectNode();
    body.put("model", model(part)).put("prompt", LOST);
    var answer = client.create(body.toString());
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    ids.put(part.name(), answer.at("/id"));
  }

  @AfterAll
  void close() {
    kit.close();
    lab.close();
  }

  private static String model(LabPart part) {
    return "lab-" + part.name();
  }

  @TestFactory
  Stream<DynamicNode> each_way_to_sign() {
    return parts().map(part -> dynamicContainer(part.name(), tests(part)));
  }

  private Stream<DynamicTest> tests(LabPart part) {
    var forged = dynamicTest("forged ones are refused and tell nothing", () -> assertRefused(part));
    var found = dynamicTest("a lost job is found by the provider's word", () -> assertFound(part));
    var again = dynamicTest("one sent again and again only hurries", () -> assertBounded(part));
    return SIGNED.contains(part.name()) ? Stream.of(forged, found, again) : Stream.of(found, again);
  }

  /** The provider's own word, with one thing missing or one letter changed. */
  private void assertRefused(LabPart part) throws Exception {
    var right = call(part);
    var bare = new LabCall(right.to(), Map.of(), right.body());
    var changed = new HashMap<>(right.headers());
    changed.replaceAll(LabCallbackTest::other);

    assertThat(status(bare)).isEqualTo(FORBIDDEN);
    assertThat(status(new LabCall(right.to(), changed, right.body()))).isEqualTo(FORBIDDEN);

    assertThat(hints(part)).isEmpty();
    if (ONLY_BY_CALLBACK.contains(part.name())) {
      assertThat(state(part)).isEqualTo("in_doubt");
    }
  }

  /** A signature that is one letter off; everything else as it is. */
  private static String other(String name, String value) {
    if (!name.toLowerCase(Locale.ROOT).endsWith("signature")) {
      return value;
    }
    var at = value.length() / 2;
    var letter = value.charAt(at) == 'a' ? 'b' : 'a';
    return value.substring(0, at) + letter + value.substring(at + 1);
  }

  private void assertFound(LabPart part) throws Exception {
    Await.until(PATIENCE, "the doubt", () -> !state(part).equals("submitting"));

    assertThat(status(call(part))).isEqualTo(OK);

    Await.until(PATIENCE, "the job is known", () -> state(part).equals("running"));
    assertThat(lab.journal().made(part.name(), LOST)).isEqualTo(1);
  }

  /** Whoever repeats it for five minutes gets a poll a second for it, whatever the budget. */
  private void assertBounded(LabPart part) throws Exception {
    var call = call(part);
    var desk = lab.desk(part.name());
    var before = desk.looks(job(part).id());
    var from = System.nanoTime();

    for (var replay = 0; replay < REPLAYS; replay++) {
      assertThat(status(call)).isEqualTo(OK);
    }

    var seconds = Duration.ofNanos(System.nanoTime() - from).toSeconds();
    assertThat(desk.looks(job(part).id()) - before).isLessThanOrEqualTo((int) seconds + 2);
    assertThat(state(part)).isEqualTo("running");
  }

  /** What the provider would say of the lost job now. */
  private LabCall call(LabPart part) {
    return part.callback(lab.desk(part.name()), job(part)).orElseThrow();
  }

  private LabJob job(LabPart part) {
    Await.until(PATIENCE, "the job", () -> !lab.desk(part.name()).jobs().isEmpty());
    return lab.desk(part.name()).jobs().getFirst();
  }

  private static int status(LabCall call) throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(call.to());
    call.headers().forEach(request::header);
    var posted = request.POST(BodyPublishers.ofString(call.body())).build();
    try (var http = HttpClient.newHttpClient()) {
      return http.send(posted, BodyHandlers.discarding()).statusCode();
    }
  }

  private String state(LabPart part) {
    return kit.database().texts("select state from task where id = '" + id(part) + "'").getFirst();
  }

  private List<String> hints(LabPart part) {
    return kit.database()
        .texts("select upstream_id from callback_hint where task_id = '" + id(part) + "'");
  }

  private String id(LabPart part) {
    return ids.getOrDefault(part.name(), "").replaceAll("^.*task_", "");
  }
}
