package dev.reelay.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.asset.AssetKind;
import dev.reelay.money.Money;
import dev.reelay.task.Picture;
import dev.reelay.testkit.RawConnection;
import dev.reelay.testkit.SamplePictures;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures over real sockets: kept with their task, echoed by name, and gone with a refusal. */
@Timeout(60)
class PictureApiTest {
  private static final byte[] CAT = SamplePictures.png(640, 480);
  private static final String WEB = "https://pictures.example/cat.png";
  private static final String[] NO_HEADERS = {};

  private final ApiKit kit = new ApiKit();

  @AfterEach
  void stop() {
    kit.close();
  }

  @Test
  void a_data_url_is_kept_and_echoed_by_its_hash_and_an_address_as_sent() {
    var id = kit.create(json(SamplePictures.dataUrl(16), WEB));

    var stored = picture(id, 0);
    var shown = kit.query(id).path("detail").path("input").path("images");
    assertThat(shown.get(0).asString())
        .isEqualTo("data:image/png;sha256=" + stored.sha256() + ";bytes=32");
    assertThat(shown.get(1).asString()).isEqualTo(WEB);
    assertThat(kit.query(id).toString()).doesNotContain("base64");
  }

  @Test
  void a_file_of_a_form_is_kept_byte_by_byte_with_a_row_that_outlives_its_task()
      throws IOException {
    var id = created(form("b", "images[]", CAT));

    var stored = picture(id, 0);
    var row = kit.store.asset(stored.asset());
    var task = kit.task(ApiKit.taskId(id));
    assertThat(Files.readAllBytes(kit.inputs.open(stored.asset()).orElseThrow())).isEqualTo(CAT);
    assertThat(kit.store.assets(task.id())).containsExactly(stored.asset());
    assertThat(row.kind()).isEqualTo(AssetKind.INPUT);
    assertThat(row.contentType()).isEqualTo("image/png");
    assertThat(row.bytes()).isEqualTo(CAT.length);
    assertThat(row.width()).isEqualTo(640);
    assertThat(row.height()).isEqualTo(480);
    assertThat(row.expiresAt()).isAfter(task.accepted().deadlines().finishBy());
    assertThat(stored.shown()).endsWith(";sha256=" + row.sha256() + ";bytes=32");
  }

  @Test
  void a_create_without_money_leaves_neither_row_nor_file() {
    kit.addKey("poor-key-with-20-characters", Money.parse("0.10"), Optional.empty(), noLimit());

    var reply = kit.postAs("poor-key-with-20-characters", ApiKit.CREATE, json(WEB, data()));

    assertThat(reply.statusCode()).isEqualTo(402);
    assertThat(kit.inputs.kept()).isEmpty();
    assertThat(kit.store.all()).isEmpty();
  }

  @Test
  void a_full_disk_for_pictures_refuses_before_anything_is_held() {
    kit.inputs.willBeFull();

    var reply = kit.post(ApiKit.CREATE, json(WEB, data()));

    assertThat(reply.statusCode()).isEqualTo(507);
    expectNothing();
    assertThat(kit.post(ApiKit.CREATE, json(WEB, WEB)).statusCode()).isEqualTo(200);
  }

  @Test
  void a_repeated_form_is_answered_with_the_same_bytes_and_keeps_nothing_twice() {
    var first = post(form("first", "image", CAT), "Idempotency-Key", "k");
    var again = post(form("second", "image", CAT), "Idempotency-Key", "k");
    var other = post(form("b", "image", SamplePictures.png(1, 1)), "Idempotency-Key", "k");

    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(again.headers().firstValue("idempotent-replayed")).contains("true");
    assertThat(other.statusCode()).isEqualTo(422);
    assertThat(kit.inputs.kept()).hasSize(1);
    assertThat(kit.store.all()).hasSize(1);
  }

  @Test
  void a_store_that_breaks_keeps_the_file_for_nobody_knows_whether_it_committed() {
    kit.losesAnswers = true;

    var reply = post(form("b", "image", CAT));

    assertThat(reply.statusCode()).isEqualTo(503);
    assertThat(kit.inputs.kept()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--b\r\nContent-Disposition: form-data; name=\"prompt\"\r\n\r\na cat\r\n",
        "--b\r\nX: y\r\n\r\n\r\n--bb--\r\n",
        "--b\r\nContent-Disposition: form-data; name=\"a[b][c][d][e][f][g][h][i]\"\r\n\r\n1\r\n"
            + "--b--"
      })
  void a_broken_form_is_refused_and_holds_nothing(String form) {
    var reply = post(form.getBytes(ISO_8859_1));

    assertThat(reply.statusCode()).isEqualTo(400);
    assertThat(ApiKit.code(reply)).isEqualTo("invalid_form");
    expectNothing();
  }

  @Test
  void thousands_of_tiny_parts_and_endless_names_are_refused_soon() {
    var part = "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n";
    var deep = "--b\r\nContent-Disposition: form-data; name=\"a" + "[b]".repeat(10_000) + "\"\r\n";
    var endless = "--" + "b".repeat(10 << 20);
    var begun = System.nanoTime();

    for (var form : new String[] {part.repeat(100_000), deep, endless}) {
      assertThat(ApiKit.code(post(form.getBytes(ISO_8859_1)))).isEqualTo("invalid_form");
    }

    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
    expectNothing();
  }

  @Test
  void ten_times_the_limit_is_refused_before_it_is_sent() {
    var port = URI.create(kit.baseUrl()).getPort();
    long announced = 10L * ApiKit.CREATE_BODY_BYTES_MAX;
    try (var raw = new RawConnection(port)) {
      raw.send(
          "POST /v1/video/create HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer "
              + ApiKit.KEY
              + "\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: "
              + announced
              + "\r\n\r\n--b\r\n");

      assertThat(raw.read().status()).isEqualTo(413);
    }
    expectNothing();
  }

  @Test
  void a_body_of_the_largest_pictures_is_taken() {
    var large = Arrays.copyOf(CAT, 20 << 20);

    assertThat(picture(created(form("b", "image", large)), 0).bytes()).isEqualTo(20 << 20);
  }

  private static OptionalInt noLimit() {
    return OptionalInt.empty();
  }

  private static String data() {
    return SamplePictures.dataUrl(16);
  }

  private static String json(String first, String second) {
    return "{'model':'veo3.1-fast','prompt':'a cat','duration':8,'images':['%s','%s']}"
        .formatted(first, second);
  }

  private static byte[] form(String boundary, String name, byte[] file) {
    var text =
        """
        --B
        Content-Disposition: form-data; name="model"

        veo3.1-fast
        --B
        Content-Disposition: form-data; name="prompt"

        a cat
        --B
        Content-Disposition: form-data; name="NAME"; filename="cat.png"
        Content-Type: application/octet-stream

        FILE
        --B--
        """
            .replace("--B", "--" + boundary)
            .replace("NAME", name)
            .replace("\n", "\r\n")
            .replace("FILE", new String(file, ISO_8859_1));
    return text.getBytes(ISO_8859_1);
  }

  private HttpResponse<String> post(byte[] form, String... headers) {
    return kit.send(
        kit.request(ApiKit.CREATE, ApiKit.KEY, headers)
            .header("Content-Type", "multipart/form-data; boundary=b")
            .POST(BodyPublishers.ofByteArray(form)));
  }

  private String created(byte[] form) {
    var reply = post(form, NO_HEADERS);
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
    return ApiKit.json(reply).path("id").asString();
  }

  private Picture.Stored picture(String id, int index) {
    return (Picture.Stored) kit.task(ApiKit.taskId(id)).request().images().get(index);
  }

  private void expectNothing() {
    assertThat(kit.inputs.kept()).isEmpty();
    assertThat(kit.store.all()).isEmpty();
    assertThat(kit.store.balance(kit.tenant)).isEqualTo(ApiKit.FRESH);
  }
}
