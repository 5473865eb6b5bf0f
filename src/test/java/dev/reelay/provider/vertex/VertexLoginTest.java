package dev.reelay.provider.vertex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.access.Secret;
import dev.reelay.lab.vertex.LabAccount;
import dev.reelay.provider.Call;
import dev.reelay.provider.Context;
import dev.reelay.provider.Login;
import dev.reelay.provider.Reply;
import dev.reelay.provider.Step;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An assertion leaves for nobody but Google, or who plays it; the key leaves for nobody. */
class VertexLoginTest {
  private static final Instant NOW = Instant.parse("2026-11-26T10:00:00Z");
  private static final String GOOGLE = "https://us-central1-aiplatform.googleapis.com";
  private static final String TOKEN_URI = "https://oauth2.googleapis.com/token";

  private static VertexLogin login(String base, String file) {
    var context = new Context(URI.create(base), new Secret(file), "veo", Map.of(), NOW);
    return new VertexLogin(context);
  }

  private static VertexLogin login() {
    return login(GOOGLE, LabAccount.file(Optional.of(TOKEN_URI)));
  }

  private static Call sent(Step<Login> step) {
    assertThat(step).isInstanceOf(Step.Send.class);
    return ((Step.Send<Login>) step).call();
  }

  private static Login answered(Reply reply) {
    var login = login();
    var asking = (Step.Send<Login>) login.begin();
    return ended(login.next(asking.state(), reply));
  }

  private static Login ended(Step<Login> step) {
    assertThat(step).isInstanceOf(Step.Done.class);
    return ((Step.Done<Login>) step).outcome();
  }

  private static Reply reply(int status, String body, Call.Header... headers) {
    return new Reply(status, List.of(headers), body);
  }

  private static String form(Call call) {
    return ((Call.Body.Text) call.body()).text();
  }

  @Test
  void the_assertion_is_signed_and_says_what_google_demands() {
    var call = sent(login().begin());

    assertThat(call.method()).isEqualTo("POST");
    assertThat(call.uri()).isEqualTo(URI.create(TOKEN_URI));
    assertThat(LabAccount.refusal(form(call), call.uri(), NOW)).isEmpty();
    assertThat(((Call.Body.Text) call.body()).contentType())
        .isEqualTo("application/x-www-form-urlencoded");
  }

  @Test
  void nothing_of_the_key_goes_along() {
    var call = sent(login().begin());

    assertThat(call.secrets()).isEmpty();
    assertThat(call.toString()).doesNotContain("PRIVATE", "private");
    assertThat(login().toString()).doesNotContain("PRIVATE", "private_key");
  }

  @Test
  void the_laboratory_turns_away_what_google_would() {
    var call = sent(login().begin());
    var elsewhere = URI.create("https://evil.example/token");

    assertThat(LabAccount.refusal(form(call), elsewhere, NOW)).isPresent();
    assertThat(LabAccount.refusal(form(call), call.uri(), NOW.plusSeconds(120))).isPresent();
    assertThat(LabAccount.refusal(form(call).replace("jwt-bearer", "x"), call.uri(), NOW))
        .isPresent();
    assertThat(LabAccount.refusal(form(call).replaceFirst("=[^.]+", "=e30"), call.uri(), NOW))
        .contains("Invalid JWT Signature.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://oauth2.googleapis.com/token",
        "https://oauth2.googleapis.com:8443/token",
        "https://evil.example/token",
        "https://oauth2.googleapis.com.evil.example/token",
        "https://evilgoogleapis.com/token",
        "https://oauth2.googleapis.com@evil.example/token",
        "http://169.254.169.254/computeMetadata/v1/token",
        "https://127.0.0.1/token",
        "file:///etc/passwd",
        "/token",
        "token"
      })
  void a_file_that_names_another_place_is_refused_and_nothing_is_sent(String place) {
    var login = login(GOOGLE, LabAccount.file(Optional.of(place)));

    assertThat(ended(login.begin()))
        .isInstanceOfSatisfying(
            Login.Refused.class, refused -> assertThat(refused.why()).contains("token_uri"));
  }

  @ParameterizedTest
  @CsvSource({
    "https://us-central1-aiplatform.googleapis.com, https://oauth2.googleapis.com/token",
    "http://127.0.0.1:9000/vertex, http://127.0.0.1:9000/vertex/token"
  })
  void a_file_that_names_no_place_means_google_or_who_plays_it(String base, String place) {
    assertThat(sent(login(base, LabAccount.file()).begin()).uri()).isEqualTo(URI.create(place));
  }

  @Test
  void a_channel_at_another_place_may_have_its_tokens_from_there_or_from_google() {
    var base = "http://127.0.0.1:9000/vertex";

    for (var place : List.of("http://127.0.0.1:9000/oauth", TOKEN_URI)) {
      assertThat(sent(login(base, LabAccount.file(Optional.of(place))).begin()).uri())
          .isEqualTo(URI.create(place));
    }
    assertThat(ended(login(base, LabAccount.file(Optional.of("http://127.0.0.1:9001/x"))).begin()))
        .isInstanceOf(Login.Refused.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "AIzaSyA-secret-key | is no JSON object",
        "[] | is no JSON object",
        "{\"type\":\"authorized_user\",\"refresh_token\":\"sesame\"} | not of the type",
        "{\"private_key\":\"sesame\"} | has no client_email",
        "{\"client_email\":\"a@b\"} | has no private_key",
        "{\"client_email\":\"a@b\",\"private_key\":\"sesame\"} | private_key",
        "{\"client_email\":\"a@b\",\"private_key\":\"c2VzYW1l\"} | private_key that is no RSA key",
        "{\"client_email\":\"a@b\",\"private_key\":\"c2VzYW1l\",\"token_uri\":\"a b\"} | token_uri"
      })
  void a_credential_that_is_no_key_file_is_told_by_field_and_never_by_content(
      String file, String why) {
    assertThat(ended(login(GOOGLE, file).begin()))
        .isInstanceOfSatisfying(
            Login.Refused.class,
            refused ->
                assertThat(refused.why())
                    .startsWith("the channel's credential")
                    .contains(why)
                    .doesNotContain("sesame", "c2VzYW1l", "AIza"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"3599 | PT59M59S", "\"60\" | PT1M", "null | PT1H", "99999999 | PT12H"})
  void a_token_lives_as_long_as_google_says(String seconds, Duration life) {
    assertThat(answered(reply(200, "{\"access_token\":\"ya29.a\",\"expires_in\":" + seconds + "}")))
        .isEqualTo(new Login.Granted(new Secret("ya29.a"), life));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html>",
        "[]",
        "{}",
        "{\"access_token\":\"\"}",
        "{\"access_token\":{}}",
        "{\"access_token\":\"a\\r\\nX: y\"}",
        "{\"access_token\":\"a b\"}",
        "{\"access_token\":\"ya29.a\",\"expires_in\":0}"
      })
  void an_answer_without_a_usable_token_is_none(String body) {
    assertThat(answered(reply(200, body))).isInstanceOf(Login.Unanswered.class);
  }

  @Test
  void a_refusal_is_told_in_googles_words() {
    var body = "{\"error\":\"invalid_grant\",\"error_description\":\"Invalid JWT Signature.\"}";

    assertThat(answered(reply(400, body)))
        .isEqualTo(
            new Login.Refused(
                "no token is given for the channel's credential: invalid_grant Invalid JWT"
                    + " Signature."));
  }

  @Test
  void trouble_at_google_is_no_refusal() {
    assertThat(answered(reply(503, "{\"error\":\"x\"}", new Call.Header("Retry-After", "7"))))
        .isInstanceOfSatisfying(
            Login.Unanswered.class,
            unanswered -> assertThat(unanswered.retryAfter()).contains(Duration.ofSeconds(7)));
    assertThat(answered(reply(302, "{}"))).isInstanceOf(Login.Unanswered.class);
  }

  @Test
  void an_assertion_refused_for_our_clock_is_made_once_more_by_theirs() {
    var login = login();
    var theirs = NOW.plus(Duration.ofMinutes(20));
    var refusal =
        reply(400, "{\"error\":\"invalid_grant\"}", new Call.Header("Date", date(theirs)));
    var first = (Step.Send<Login>) login.begin();

    var second = (Step.Send<Login>) login.next(first.state(), refusal);

    assertThat(LabAccount.refusal(form(second.call()), second.call().uri(), theirs)).isEmpty();
    var far = reply(400, "{}", new Call.Header("Date", date(NOW.plus(Duration.ofDays(1)))));
    assertThat(ended(login.next(second.state(), far))).isInstanceOf(Login.Refused.class);
  }

  private static String date(Instant at) {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(at.atOffset(ZoneOffset.UTC));
  }
}
