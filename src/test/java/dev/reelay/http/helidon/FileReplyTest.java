package dev.reelay.http.helidon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.http.FileReply;
import dev.reelay.http.Route;
import dev.reelay.testkit.EdgeKit;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileReplyTest {
  private static final int SIZE = 300_001;
  private static final long SEED = 20_261_123;
  private static final Instant MODIFIED = Instant.parse("2026-11-02T10:20:30.5Z");
  private static final String DATE = "Mon, 02 Nov 2026 10:20:30 GMT";
  private static final String RANGE = "Range";

  private final byte[] content = new byte[SIZE];
  private final HttpClient client = HttpClient.newHttpClient();
  private HttpServer server = EdgeKit.serve();

  @BeforeEach
  void serve(@TempDir Path folder) throws IOException {
    server.close();
    new SplittableRandom(SEED).nextBytes(content);
    var file = Files.write(folder.resolve("result.bin"), content);
    var empty = Files.write(folder.resolve("empty.bin"), new byte[0]);
    server =
        EdgeKit.serve(
            Route.get("/files/full", request -> FileReply.of(request, stored(file, SIZE))),
            Route.get("/files/empty", request -> FileReply.of(request, stored(empty, 0))));
  }

  @AfterEach
  void stop() {
    server.close();
    client.close();
  }

  private static FileReply.Stored stored(Path file, long bytes) {
    var offer = new FileReply.Offer("视频 1.mp4", 3_600);
    return new FileReply.Stored(file, bytes, "h4sh", MODIFIED, "video/mp4", offer);
  }

  private HttpResponse<byte[]> get(String... fields) throws Exception {
    return ask("GET", "/files/full", fields);
  }

  private HttpResponse<byte[]> ask(String method, String path, String... fields) throws Exception {
    var uri = URI.create("http://127.0.0.1:" + server.port() + path);
    var request = HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.noBody());
    if (fields.length > 0) {
      request.headers(fields);
    }
    return client.send(request.build(), BodyHandlers.ofByteArray());
  }

  private static String field(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  @Test
  void a_whole_file_is_sent_with_fields_that_make_it_harmless() throws Exception {
    var answer = get();

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(content);
    assertThat(field(answer, "accept-ranges")).isEqualTo("bytes");
    assertThat(field(answer, "content-type")).isEqualTo("video/mp4");
    assertThat(field(answer, "etag")).isEqualTo("\"h4sh\"");
    assertThat(field(answer, "last-modified")).isEqualTo(DATE);
    assertThat(field(answer, "cache-control")).isEqualTo("private, max-age=3600");
    assertThat(field(answer, "x-content-type-options")).isEqualTo("nosniff");
    assertThat(field(answer, "content-security-policy")).isEqualTo("sandbox");
    assertThat(field(answer, "referrer-policy")).isEqualTo("no-referrer");
    assertThat(field(answer, "content-disposition"))
        .isEqualTo(
            "inline; filename=\"_______1.mp4\";" + " filename*=UTF-8''%E8%A7%86%E9%A2%91%201.mp4");
  }

  @Test
  void head_tells_the_size_and_sends_nothing() throws Exception {
    var answer = ask("HEAD", "/files/full");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(field(answer, "content-length")).isEqualTo(String.valueOf(SIZE));
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void a_thousand_random_ranges_are_right() throws Exception {
    var random = new SplittableRandom(SEED);
    for (int i = 0; i < 1_000; i++) {
      int first = random.nextInt(SIZE);
      int last = first + random.nextInt(2_000);
      var answer = get(RANGE, "bytes=" + first + "-" + last);

      int end = Math.min(last, SIZE - 1);
      assertThat(answer.statusCode()).isEqualTo(206);
      assertThat(field(answer, "content-range"))
          .isEqualTo("bytes " + first + "-" + end + "/" + SIZE);
      assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(content, first, end + 1));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-0, 0, 0",
    "bytes=300000-, 300000, 300000",
    "bytes=-1, 300000, 300000",
    "bytes=-999999999, 0, 300000",
    "bytes=5-99999999999999999999999, 5, 300000",
    "Bytes=2-3, 2, 3",
  })
  void the_edges_of_ranges_are_right(String range, int first, int last) throws Exception {
    var answer = get(RANGE, range);

    assertThat(answer.statusCode()).isEqualTo(206);
    assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(content, first, last + 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=300001-", "bytes=-0", "bytes=99999999999999999999-"})
  void a_range_outside_the_file_is_416(String range) throws Exception {
    var answer = get(RANGE, range);

    assertThat(answer.statusCode()).isEqualTo(416);
    assertThat(field(answer, "content-range")).isEqualTo("bytes */300001");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"bytes=0-1,5-6", "items=0-1", "bytes=5-2", "bytes=-", "bytes=a-b", "bytes=1"})
  void what_is_no_single_range_gets_the_whole_file(String range) throws Exception {
    var answer = get(RANGE, range);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).hasSize(SIZE);
  }

  @ParameterizedTest
  @CsvSource({
    "If-None-Match, '\"h4sh\"', 304",
    "If-None-Match, 'W/\"h4sh\"', 304",
    "If-None-Match, '\"other\", \"h4sh\"', 304",
    "If-None-Match, *, 304",
    "If-None-Match, '\"other\"', 200",
    "If-Modified-Since, 'Mon, 02 Nov 2026 10:20:30 GMT', 304",
    "If-Modified-Since, 'Mon, 02 Nov 2026 10:20:29 GMT', 200",
    "If-Modified-Since, yesterday, 200",
  })
  void an_unchanged_file_is_not_sent_again(String name, String value, int status) throws Exception {
    var answer = get(name, value);

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(field(answer, "etag")).isEqualTo("\"h4sh\"");
    assertThat(answer.body()).hasSize(status == 304 ? 0 : SIZE);
  }

  @ParameterizedTest
  @CsvSource({
    "'\"h4sh\"', 206",
    "'W/\"h4sh\"', 200",
    "'\"other\"', 200",
    "'Mon, 02 Nov 2026 10:20:30 GMT', 206",
    "'Mon, 02 Nov 2026 10:20:31 GMT', 200",
  })
  void if_range_gives_the_part_only_of_the_same_file(String value, int status) throws Exception {
    assertThat(get(RANGE, "bytes=0-9", "If-Range", value).statusCode()).isEqualTo(status);
  }

  @Test
  void an_empty_file_is_an_empty_answer() throws Exception {
    var whole = ask("GET", "/files/empty");

    assertThat(whole.statusCode()).isEqualTo(200);
    assertThat(whole.body()).isEmpty();
    assertThat(ask("GET", "/files/empty", RANGE, "bytes=0-").statusCode()).isEqualTo(416);
  }
}
