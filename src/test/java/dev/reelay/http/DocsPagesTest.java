package dev.reelay.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.testkit.Sources;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The manual under /docs. */
class DocsPagesTest {
  private static final String NO_KEY = "";
  private static final Pattern LOADED = Pattern.compile("(?:src|href)=\"([^\"]*)\"");

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

  private static List<String> links(String html) {
    return LOADED.matcher(html).results().map(found -> found.group(1)).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "/docs,text/html; charset=utf-8",
    "/docs/zh,text/html; charset=utf-8",
    "/docs/unified-query,text/html; charset=utf-8",
    "/docs/docs.css,text/css; charset=utf-8",
    "/docs/reference.js,text/javascript; charset=utf-8",
    "/docs/swagger-ui.css,text/css; charset=utf-8",
    "/docs/swagger-ui-bundle.js,text/javascript; charset=utf-8"
  })
  void a_page_may_load_from_this_relay_only_and_runs_no_script_of_its_own(
      String path, String type) {
    var reply = read(path);

    assertThat(reply.statusCode()).isEqualTo(200);
    assertThat(header(reply, "content-type")).isEqualTo(type);
    assertThat(header(reply, "content-security-policy"))
        .startsWith("default-src 'none'; script-src 'self'; style-src 'self';")
        .doesNotContain("unsafe", "http", "*");
    assertThat(header(reply, "x-content-type-options")).isEqualTo("nosniff");
    assertThat(header(reply, "x-frame-options")).isEqualTo("DENY");
    assertThat(reply.headers().firstValue("access-control-allow-origin")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/docs", "/docs/zh", "/docs/unified-query", "/docs/errors"})
  void everything_that_a_page_names_is_there(String path) {
    var html = read(path).body();

    assertThat(html).doesNotContain("<style", "style=\"", "onclick", "{body}", "{links}");
    assertThat(html.split("<script", -1)).allMatch(part -> !part.contains("</script>\n<script>"));
    assertThat(links(html))
        .hasSizeGreaterThan(8)
        .filteredOn(link -> !link.equals("data:,") && !link.startsWith("#"))
        .allSatisfy(
            link -> {
              assertThat(link).startsWith("/");
              assertThat(read(link.replaceFirst("#.*", "")).statusCode()).as(link).isEqualTo(200);
            });
  }

  @Test
  void the_reference_is_in_the_language_that_the_reader_prefers() {
    assertThat(read("/docs").body()).contains("lang=\"en\"", "API reference");
    assertThat(read("/docs", "Accept-Language", "zh-CN,en;q=0.5").body())
        .contains("lang=\"zh-CN\"", "接口参考");
    assertThat(header(read("/docs"), "vary")).isEqualTo("accept-language");
    assertThat(read("/docs/en", "Accept-Language", "zh").body()).contains("lang=\"en\"");
  }

  @Test
  void examples_name_the_address_of_this_relay() {
    assertThat(read("/docs/unified-query").body())
        .contains(kit.baseUrl() + "/v1/video/query?id=")
        .doesNotContain("127.0.0.1:8080");
  }

  @Test
  void a_link_to_a_page_that_is_not_published_is_only_its_words() {
    var html = read("/docs/query-fields").body();

    assertThat(html).contains("href=\"/docs/following-a-task\">", "body as\nconfigured");
    assertThat(html).doesNotContain(".md\"").doesNotContain("/docs/configuration");
  }

  @Test
  void the_pages_are_those_of_the_repository() {
    var page = Sources.read(Sources.ROOT.resolve("docs/unified-query.md"));

    assertThat(read("/docs/unified-query").body())
        .contains("<h1 id=\"unified-query-统一查询\">" + page.lines().getFirst().substring(2) + "</h1>")
        .contains("<div class=\"table\"><table>");
    assertThat(read("/docs/unified-query.zh").body()).contains("<h1 id=\"统一查询\">统一查询</h1>");
  }

  @Test
  void an_unchanged_page_is_not_sent_again() {
    var tag = header(read("/docs/swagger-ui.css"), "etag");

    assertThat(read("/docs/swagger-ui.css", "If-None-Match", tag).statusCode()).isEqualTo(304);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/docs/nothing", "/docs/cli", "/docs/swagger-ui.js", "/docs/"})
  void anything_else_is_not_there(String path) {
    // A slash at the end is no other address.
    assertThat(read(path).statusCode()).isEqualTo(path.equals("/docs/") ? 200 : 404);
  }
}
