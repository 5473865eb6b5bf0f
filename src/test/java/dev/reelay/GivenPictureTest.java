package dev.reelay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.access.KeyLimits;
import dev.reelay.testkit.SamplePictures;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A picture as a file, through a whole relay: from the form to the finished video and away. */
@Timeout(90)
class GivenPictureTest {
  @Test
  void a_file_of_a_form_becomes_a_video_is_echoed_by_its_hash_and_goes_with_its_task()
      throws IOException, InterruptedException {
    try (var kit = new RelayKit();
        var client = HttpClient.newHttpClient()) {
      var key = kit.key(kit.tenant("pictured", "5.00"), KeyLimits.NONE);
      var create =
          request(kit, "/v1/videos", key)
              .header("Content-Type", "multipart/form-data; boundary=b")
              .POST(BodyPublishers.ofByteArray(form()));

      var id = json(send(client, create)).path("id").asString();
      var done = send(client, request(kit, "/v1/video/query?wait=60&id=" + id, key).GET());
      var deleted = send(client, request(kit, "/v1/videos/" + id, key).DELETE());
      var gone = send(client, request(kit, "/v1/video/query?id=" + id, key).GET());

      assertThat(json(done).path("status").asString()).as(done.body()).isEqualTo("completed");
      assertThat(json(done).at("/detail/input/images/0").asString())
          .matches("data:image/png;sha256=[0-9a-f]{64};bytes=32");
      assertThat(deleted.statusCode()).isEqualTo(200);
      assertThat(gone.statusCode()).isEqualTo(404);
    }
  }

  @Test
  void an_upload_becomes_the_last_frame_of_a_video_and_can_be_read_meanwhile()
      throws IOException, InterruptedException {
    try (var kit = new RelayKit();
        var client = HttpClient.newHttpClient()) {
      var key = kit.key(kit.tenant("uploading", "5.00"), KeyLimits.NONE);
      var cat = SamplePictures.png(64, 64);
      var upload =
          request(kit, "/api/upload", key)
              .header("Content-Type", "image/png")
              .POST(BodyPublishers.ofByteArray(cat));

      var file = json(send(client, upload));
      var read =
          client.send(
              HttpRequest.newBuilder(URI.create(file.path("url").asString())).build(),
              BodyHandlers.ofByteArray());
      var created =
          send(
              client,
              request(kit, "/v1/video/create", key)
                  .POST(
                      BodyPublishers.ofString(
                          """
                          {"model":"veo3.1-fast","prompt":"[instant] a fox",
                           "last_frame_image":"%s"}\
                          """
                              .formatted(file.path("url").asString()))));
      var id = json(created).path("id").asString();
      var done = json(send(client, request(kit, "/v1/video/query?wait=60&id=" + id, key).GET()));

      assertThat(read.statusCode()).isEqualTo(200);
      assertThat(read.headers().firstValue("content-type")).contains("image/png");
      assertThat(read.body()).isEqualTo(cat);
      assertThat(done.path("status").asString()).as(done.toString()).isEqualTo("completed");
      assertThat(done.at("/detail/input/images/0").asString())
          .isEqualTo("data:image/png;sha256=" + file.path("sha256").asString() + ";bytes=32");
    }
  }

  private static byte[] form() {
    var start = "--b\r\nContent-Disposition: form-data; name=";
    var text =
        start
            + "model\r\n\r\nveo3.1-fast\r\n"
            + start
            + "prompt\r\n\r\n[instant] a fox\r\n"
            + start
            + "\"input_reference\"; filename=\"fox.png\"\r\nContent-Type: image/png\r\n\r\n"
            + new String(SamplePictures.png(64, 64), ISO_8859_1)
            + "\r\n--b--\r\n";
    return text.getBytes(ISO_8859_1);
  }

  private static HttpRequest.Builder request(RelayKit kit, String path, String key) {
    return HttpRequest.newBuilder(URI.create(kit.address() + path))
        .header("Authorization", "Bearer " + key);
  }

  private static HttpResponse<String> send(HttpClient client, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private static JsonNode json(HttpResponse<String> reply) {
    return new JsonMapper().readTree(reply.body());
  }
}
