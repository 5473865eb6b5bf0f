package dev.reelay.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.testkit.ApiContract;
import dev.reelay.testkit.Sources;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the relay publishes of itself. */
class PublishedTextsTest {
  private static final String NO_KEY = "";

  private final ApiKit kit = new ApiKit();

  @AfterEach
  void close() {
    kit.close();
  }

  private HttpResponse<String> read(String path, String... headers) {
    return kit.send(kit.request(path, NO_KEY, headers).GET());
  }

  private static String header(HttpResponse<String> reply, String name) {
    return reply.headers().firstValue(name).orElse("");
  }

  @ParameterizedTest
  @CsvSource({"/openapi.yaml,application/yaml", "/llms.txt,text/plain; charset=utf-8"})
  void anybody_may_read_them_and_keep_them_for_an_hour(String path, String type) {
    var reply = read(path);

    assertThat(reply.statusCode()).isEqualTo(200);
    assertThat(header(reply, "content-type")).isEqualTo(type);
    assertThat(header(reply, "cache-control")).isEqualTo("public, max-age=3600");
    assertThat(header(reply, "access-control-allow-origin")).isEqualTo("*");
  }

  @ParameterizedTest
  @CsvSource({"/openapi.yaml", "/llms.txt"})
  void an_unchanged_text_is_not_sent_again(String path) {
    var tag = header(read(path), "etag");
    var again = read(path, "If-None-Match", tag);

    assertThat(tag).matches("\"[0-9a-f]{32}\"");
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(header(again, "etag")).isEqualTo(tag);
    assertThat(read(path, "If-None-Match", "\"other\"").statusCode()).isEqualTo(200);
  }

  @Test
  void the_contract_is_the_one_in_the_repository() {
    var file = Sources.read(Sources.ROOT.resolve("api/openapi.yaml"));
    var body = read("/openapi.yaml").body();

    assertThat(body.lines().toList()).isEqualTo(file.lines());
    assertThat(body.getBytes(StandardCharsets.UTF_8)).hasSizeBetween(50_000, 500_000);
  }

  @Test
  void the_guide_names_the_address_it_was_asked_at_and_only_addresses_that_exist() {
    var guide = read("/llms.txt").body();
    var known =
        ApiContract.read().operations().stream().map(ApiContract.Operation::pattern).toList();
    var named =
        Pattern.compile(Pattern.quote(kit.baseUrl()) + "(/[a-z0-9/.]*[a-z0-9])")
            .matcher(guide)
            .results()
            .map(found -> found.group(1))
            .filter(path -> !path.equals("/v1"))
            .toList();

    assertThat(guide).contains("Base URL: " + kit.baseUrl() + "/v1").doesNotContain("{base}");
    assertThat(named).hasSizeGreaterThan(6);
    assertThat(known).containsAll(named);
  }
}
