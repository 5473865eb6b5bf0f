package dev.reelay.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NormaliseTest {
  @ParameterizedTest
  @CsvSource({
    "/, /",
    "/v1/video/query, /v1/video/query",
    "//v1/video/query, /v1/video/query",
    "/v1//video///query, /v1/video/query",
    "/v1/v1/video/query, /v1/video/query",
    "/v1/v1/v1/video/query, /v1/video/query",
    "//v1//v1/video/query/, /v1/video/query",
    "/v1/v1, /v1",
    "/v1/v1beta, /v1/v1beta",
    "/api/usage/token/, /api/usage/token",
    "/v1/videos/sora-2:task_1, /v1/videos/sora-2:task_1",
    "/v1/videos/sora-2%3Atask_1, /v1/videos/sora-2:task_1",
    "/v1/video/cre%61te, /v1/video/create",
    "/v1/videos/a%2Fb, /v1/videos/a%2Fb",
    "/v1%2Fvideo%2Fcreate, /v1%2Fvideo%2Fcreate",
    "/v1/videos/100%, /v1/videos/100%",
    "/v1/videos/%zz, /v1/videos/%zz",
    "/v1/videos/%2541, /v1/videos/%2541",
    "/.well-known/x, /.well-known/x",
    "http://relay.example/v1/models, /v1/models",
    "https://relay.example, /",
  })
  void many_spellings_are_one_path(String raw, String normal) {
    assertThat(Normalise.path(raw)).contains(normal);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/..",
        "/v1/../admin",
        "/v1/./models",
        "/v1/%2e%2e/admin",
        "/v1/.%2E/admin",
        "/files/..%2f..%2fetc",
        "/files/a%2F..",
        "/files/..%5c",
        "/files/a\\b",
        "/v1/%00",
        "/v1/a%0d%0ab",
        "/v1/%ff",
        "/v1/a b",
        "*",
        "v1/models",
        "ftp://relay.example/v1",
      })
  void what_no_honest_client_sends_is_refused(String raw) {
    assertThat(Normalise.path(raw)).isEmpty();
  }

  @Test
  void a_path_is_bounded_in_length() {
    var longest = "/" + "a".repeat(Normalise.PATH_CHARS_MAX - 1);

    assertThat(Normalise.path(longest)).contains(longest);
    assertThat(Normalise.path(longest + "a")).isEmpty();
    assertThat(Normalise.path("")).isEmpty();
  }
}
