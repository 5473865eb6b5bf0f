package dev.reelay.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoutesTest {
  private static final Handler NOTHING = _ -> Reply.empty(200);
  private final Routes routes =
      new Routes(
          List.of(
              Route.get("/", NOTHING),
              Route.get("/v1/video/query", NOTHING),
              Route.post("/v1/video/create", NOTHING),
              Route.get("/v1/videos", NOTHING),
              Route.post("/v1/videos", NOTHING),
              Route.get("/v1/videos/{id}", NOTHING),
              Route.delete("/v1/videos/{id}", NOTHING),
              Route.get("/v1/videos/latest", NOTHING),
              Route.get("/v1/videos/{id}/content", NOTHING),
              Route.get("/console/{path*}", NOTHING).closed()));

  @Test
  void a_literal_path_is_found() {
    assertThat(pattern("GET", "/v1/video/query")).isEqualTo("/v1/video/query");
    assertThat(pattern("POST", "/v1/videos")).isEqualTo("/v1/videos");
    assertThat(pattern("GET", "/")).isEqualTo("/");
  }

  @Test
  void literal_text_wins_over_a_parameter() {
    assertThat(pattern("GET", "/v1/videos/latest")).isEqualTo("/v1/videos/latest");
    assertThat(pattern("GET", "/v1/videos/latest/content")).isEqualTo("/v1/videos/{id}/content");
  }

  @Test
  void parameters_are_decoded_after_the_path_was_divided() {
    assertThat(routes.find("GET", "/v1/videos/a%2Fb:task_1/content"))
        .isInstanceOfSatisfying(
            Routes.Match.Found.class,
            found -> assertThat(found.parameters()).isEqualTo(Map.of("id", "a/b:task_1")));
  }

  @Test
  void the_rest_of_a_path_can_be_one_parameter() {
    assertThat(routes.find("GET", "/console/js/app.js"))
        .isInstanceOfSatisfying(
            Routes.Match.Found.class,
            found -> assertThat(found.parameters()).isEqualTo(Map.of("path", "js/app.js")));
  }

  @Test
  void head_follows_get() {
    assertThat(pattern("HEAD", "/v1/videos/x")).isEqualTo("/v1/videos/{id}");
  }

  @Test
  void another_method_is_told_which_there_are() {
    assertThat(routes.find("PUT", "/v1/videos/x"))
        .isEqualTo(new Routes.Match.OtherMethod("DELETE, GET, HEAD, OPTIONS", true));
    assertThat(routes.find("GET", "/v1/video/create"))
        .isEqualTo(new Routes.Match.OtherMethod("OPTIONS, POST", true));
  }

  @Test
  void what_is_not_there_is_unknown() {
    var unknown = new Routes.Match.Unknown();

    assertThat(routes.find("GET", "/v1")).isEqualTo(unknown);
    assertThat(routes.find("GET", "/v1/videos/x/other")).isEqualTo(unknown);
    assertThat(routes.find("GET", "/console")).isEqualTo(unknown);
    assertThat(routes.find("GET", "/a".repeat(Routes.SEGMENTS_MAX + 1))).isEqualTo(unknown);
  }

  @Test
  void one_row_twice_is_a_mistake() {
    var twice = List.of(Route.get("/a/{id}", NOTHING), Route.get("/a/{id}", NOTHING));

    assertThatThrownBy(() -> new Routes(twice)).isInstanceOf(IllegalArgumentException.class);
  }

  private String pattern(String method, String path) {
    return routes.find(method, path) instanceof Routes.Match.Found(Route route, var _)
        ? route.pattern()
        : "";
  }
}
