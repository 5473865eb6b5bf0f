package dev.reelay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.access.Secret;
import dev.reelay.http.Field;
import dev.reelay.http.Reply;
import dev.reelay.http.Request;
import dev.reelay.http.Route;
import dev.reelay.http.helidon.HttpServer;
import dev.reelay.testkit.EdgeKit;
import dev.reelay.testkit.FakeUpstream;
import dev.reelay.webhook.MessageId;
import dev.reelay.webhook.Signature;
import dev.reelay.webhook.SigningSecret;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events fetched from a relay and posted to a program, both on loopback. */
class ListenCommandTest {
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String FIRST = "evt_01k9008g8ef1esae6388chgcpx";
  private static final String SECOND = "evt_01k9008g8ef1esae6388chgcpy";

  private final Deque<String> pages = new ArrayDeque<>();
  private final List<String> asked = new ArrayList<>();
  private final HttpServer relay = EdgeKit.serve(Route.get("/v1/webhooks/feed", this::feed));
  private final FakeUpstream program = FakeUpstream.start();
  @TempDir Path folder = Path.of("");
  private CliKit cli = CliKit.without(folder);

  @BeforeEach
  void open() {
    cli =
        CliKit.without(folder)
            .set("REELAY_URL", "http://127.0.0.1:" + relay.port())
            .set("REELAY_API_KEY", "a-key")
            .set("REELAY_WEBHOOK_SECRET", SECRET);
  }

  @AfterEach
  void close() {
    relay.close();
    program.close();
  }

  private Reply feed(Request request) {
    asked.add(request.rawQuery());
    return Reply.ready(200, pages.remove().getBytes(StandardCharsets.UTF_8), Field.JSON);
  }

  private static String page(String next, String... ids) {
    var events =
        List.of(ids).stream()
            .map(id -> "{\"id\":\"" + id + "\",\"type\":\"task.failed\",\"data\":{}}")
            .toList();
    return "{\"data\":" + events + ",\"next\":\"" + next + "\"}";
  }

  @Test
  void events_are_forwarded_in_order_signed_and_the_last_one_is_told() {
    pages.add(page(FIRST));
    pages.add(page(FIRST));
    pages.add(page(SECOND, FIRST, SECOND));
    program.will(FakeUpstream.answer(200, ""), FakeUpstream.answer(204, ""));

    var ran = cli.run("listen", "--forward-to", program.baseUrl() + "/hooks", "--max", "2");

    assertThat(ran.exit()).as(ran.all()).isZero();
    assertThat(ran.out()).contains("2 events forwarded").contains(SECOND);
    assertThat(asked).hasSize(3);
    assertThat(asked.get(1)).contains("after=" + FIRST).contains("wait=25");
    var seen = program.requests();
    assertThat(seen).hasSize(2);
    assertThat(seen.get(1).body()).contains("\"sequence\":2");
    var secret = new SigningSecret(new Secret(SECRET));
    assertThat(seen.getFirst().headers())
        .containsEntry("webhook-id", FIRST)
        .containsEntry(
            "webhook-signature",
            Signature.of(
                MessageId.parse(FIRST).orElseThrow(),
                cli.clock.instant(),
                seen.getFirst().body(),
                List.of(secret)));
  }

  @Test
  void a_program_that_does_not_take_it_is_asked_three_times() {
    pages.add(page(FIRST, FIRST));
    for (var n = 0; n < 3; n++) {
      program.will(FakeUpstream.answer(500, ""));
    }

    var ran =
        cli.run("listen", "--forward-to", program.baseUrl(), "--after", "start", "--max", "1");

    assertThat(program.requests()).hasSize(3);
    assertThat(ran.exit()).isZero();
    assertThat(ran.err()).contains("500");
  }

  @Test
  void a_wrong_target_or_secret_is_refused_before_anything_is_asked() {
    assertThat(cli.run("listen", "--forward-to", "ftp://x").exit()).isEqualTo(2);
    cli.set("REELAY_WEBHOOK_SECRET", "mine");
    assertThat(cli.run("listen", "--forward-to", program.baseUrl()).exit()).isEqualTo(2);
    assertThat(asked).isEmpty();
  }
}
