package dev.reelay.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.access.RequestRates;
import dev.reelay.asset.Uploads;
import dev.reelay.task.Picture;
import dev.reelay.task.PictureRole;
import dev.reelay.testkit.ApiContract;
import dev.reelay.testkit.SamplePictures;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** A picture is sent once and named by creates of any client format afterwards. */
@Timeout(60)
class UploadApiTest {
  private static final String ROUTE = "/api/upload";
  private static final byte[] CAT = SamplePictures.png(640, 480);

  private final ApiKit kit = new ApiKit();

  @AfterEach
  void stop() {
    kit.close();
  }

  @Test
  void a_form_the_body_itself_and_json_are_answered_alike() {
    var form = uploaded(post(form("file", CAT), "multipart/form-data; boundary=b"));
    var other = uploaded(post(form("photo", CAT), "multipart/form-data; boundary=b"));
    var raw = uploaded(post(CAT, "application/octet-stream"));
    var json = uploaded(kit.post(ROUTE, "{'file':'" + SamplePictures.dataUrl(16) + "'}"));

    for (var file : new JsonNode[] {form, other, raw}) {
      assertThat(file.path("id").asString()).matches("file_[0-9a-z]{26}");
      assertThat(file.path("content_type").asString()).isEqualTo("image/png");
      assertThat(file.path("bytes").asInt()).isEqualTo(CAT.length);
      assertThat(file.path("width").asInt()).isEqualTo(640);
      assertThat(file.path("url").asString())
          .matches(kit.baseUrl() + "/files/[0-9a-z]{26}/[A-Za-z0-9_-]{22}\\.png");
      assertThat(file.path("expires_at").asLong() - file.path("created_at").asLong())
          .isEqualTo(Duration.ofHours(24).toSeconds());
    }
    assertThat(json.path("width").asInt()).isEqualTo(16);
    assertThat(kit.inputs.kept()).hasSize(4);
  }

  @Test
  void every_format_takes_it_by_id_and_by_address_and_its_task_has_bytes_of_its_own()
      throws IOException {
    var file = uploaded(post(CAT, "image/png"));
    var id = file.path("id").asString();
    var moved = file.path("url").asString().replaceFirst("http://[^/]+", "https://relay.example");

    var unified =
        kit.create("{'model':'sora-2','prompt':'a','last_frame_image':'%s'}".formatted(id));
    var openAi =
        ApiKit.json(
            kit.post(
                "/v1/videos",
                "{'model':'sora-2','prompt':'a','input_reference':{'file_id':'%s'}}"
                    .formatted(id)));
    var newApi =
        ApiKit.json(
            kit.post(
                "/v1/video/generations",
                "{'model':'sora-2','prompt':'a','image':'%s'}".formatted(moved)));

    var picture = picture(unified);
    assertThat(picture.role()).isEqualTo(PictureRole.LAST_FRAME);
    assertThat(picture.sha256()).isEqualTo(file.path("sha256").asString());
    assertThat(id).doesNotContain(picture.asset().value());
    assertThat(Files.readAllBytes(kit.inputs.open(picture.asset()).orElseThrow())).isEqualTo(CAT);
    assertThat(picture(openAi.path("id").asString()).sha256()).isEqualTo(picture.sha256());
    assertThat(picture(newApi.path("id").asString()).sha256()).isEqualTo(picture.sha256());
    assertThat(kit.query(unified).at("/detail/input/images/0").asString())
        .isEqualTo(picture.shown());
  }

  @Test
  void the_same_picture_named_and_sent_counts_once() {
    var file = uploaded(post(CAT, "image/png"));

    var id =
        kit.create(
            "{'model':'sora-2','prompt':'a','images':['%s','%s']}"
                .formatted(file.path("id").asString(), file.path("url").asString()));

    assertThat(kit.task(ApiKit.taskId(id)).request().images()).hasSize(1);
  }

  @Test
  void another_tenants_upload_and_one_that_has_expired_are_as_unknown_as_any() {
    var file = uploaded(post(CAT, "image/png"));
    var byId = "{'model':'sora-2','prompt':'a','image':'" + file.path("id").asString() + "'}";
    var byUrl = "{'model':'sora-2','prompt':'a','image':'" + file.path("url").asString() + "'}";

    var foreign = kit.postAs(ApiKit.OTHER_KEY, ApiKit.CREATE, byId);
    var foreignUrl = kit.postAs(ApiKit.OTHER_KEY, ApiKit.CREATE, byUrl);
    kit.clock.move(Duration.ofHours(24));
    var expired = kit.post(ApiKit.CREATE, byId);

    for (var reply : new HttpResponse<?>[] {foreign, foreignUrl, expired}) {
      assertThat(reply.statusCode()).isEqualTo(400);
      assertThat(reply.body().toString()).contains("POST /api/upload").contains("\"image\"");
    }
    assertThat(kit.store.all()).isEmpty();
  }

  @Test
  void an_address_that_only_looks_like_ours_is_one_of_the_web() {
    var url = "https://relay.example/files/01k6x15vhrff09dkkqjrzwhm60/AAAAAAAAAAAAAAAAAAAAAA.png";

    var id = kit.create("{'model':'sora-2','prompt':'a','image':'" + url + "'}");

    assertThat(kit.task(ApiKit.taskId(id)).request().images())
        .containsExactly(new Picture.Web(url));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{'file':'https://a.example/cat.png'}", "{'file':5}"})
  void a_body_without_a_picture_is_told_how_to_send_one(String body) {
    var reply = kit.post(ROUTE, body);

    assertThat(reply.statusCode()).isEqualTo(400);
    assertThat(ApiKit.json(reply).at("/error/param").asString()).isEqualTo("file");
    assertThat(ApiKit.json(reply).at("/error/message").asString()).contains("data URL");
  }

  @Test
  void what_is_no_picture_or_too_large_is_refused_and_nothing_is_kept() {
    var large = Arrays.copyOf(CAT, (20 << 20) + 1);
    var svg = "<svg/>".getBytes(ISO_8859_1);

    assertThat(ApiKit.code(post(svg, "image/svg+xml"))).isEqualTo("unsupported_media");
    assertThat(ApiKit.code(post(form("file", svg), "multipart/form-data; boundary=b")))
        .isEqualTo("unsupported_media");
    assertThat(ApiKit.code(post(large, "image/png"))).isEqualTo("invalid_field");
    assertThat(kit.inputs.kept()).isEmpty();
  }

  @Test
  void an_upload_needs_a_key_and_counts_as_a_create() {
    kit.putDeclared(ApiKit.KEY, new RequestRates(OptionalInt.of(1), OptionalInt.empty()));

    var nobody = kit.postAs("", ROUTE, "{}");
    var first = post(CAT, "image/png");
    var second = post(CAT, "image/png");

    assertThat(nobody.statusCode()).isEqualTo(401);
    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(ApiKit.code(second)).isEqualTo("rate_limited");
  }

  @Test
  void a_tenant_that_keeps_too_many_is_told_when_to_come_back() {
    for (var i = 0; i < Uploads.COUNT_MAX; i++) {
      assertThat(post(CAT, "image/png").statusCode()).isEqualTo(200);
    }

    var reply = post(CAT, "image/png");

    assertThat(ApiKit.code(reply)).isEqualTo("upload_limit");
    assertThat(reply.statusCode()).isEqualTo(429);
    assertThat(reply.headers().firstValue("retry-after")).isPresent();
    assertThat(kit.inputs.kept()).hasSize(Uploads.COUNT_MAX);
  }

  @Test
  void a_full_disk_is_said() {
    kit.inputs.willBeFull();

    assertThat(post(CAT, "image/png").statusCode()).isEqualTo(507);
  }

  private HttpResponse<String> post(byte[] body, String type) {
    return kit.send(
        kit.request(ROUTE, ApiKit.KEY)
            .header("Content-Type", type)
            .POST(BodyPublishers.ofByteArray(body)));
  }

  private static byte[] form(String name, byte[] file) {
    var text =
        "--b\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\nvision\r\n"
            + "--b\r\nContent-Disposition: form-data; name=\""
            + name
            + "\"; filename=\"cat.png\"\r\n\r\n"
            + new String(file, ISO_8859_1)
            + "\r\n--b--\r\n";
    return text.getBytes(ISO_8859_1);
  }

  private static JsonNode uploaded(HttpResponse<String> reply) {
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
    var body = ApiKit.json(reply);
    assertThat(ApiContract.read().faults("POST", ROUTE, 200, body)).isEmpty();
    return body;
  }

  private Picture.Stored picture(String id) {
    return (Picture.Stored) kit.task(ApiKit.taskId(id)).request().images().getFirst();
  }
}
