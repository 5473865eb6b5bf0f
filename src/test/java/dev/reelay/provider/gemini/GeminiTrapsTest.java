package dev.reelay.provider.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.access.Secret;
import dev.reelay.provider.Call;
import dev.reelay.provider.Context;
import dev.reelay.provider.Reply;
import dev.reelay.provider.Step;
import dev.reelay.task.ErrorCode;
import dev.reelay.task.PictureForm;
import dev.reelay.task.PollOutcome;
import dev.reelay.task.VideoResult;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is easily got wrong with the Gemini API. */
class GeminiTrapsTest {
  private static final Step.State NO_STATE = new Step.NoState();
  private static final String OPERATION = "models/veo-3.1-generate-preview/operations/op1";
  private final GeminiProvider gemini = new GeminiProvider();

  @Test
  void success_by_http_without_a_sample_is_a_refusal() {
    var body =
        """
        {"name":"%s","done":true,"response":{"generateVideoResponse":{"raiMediaFilteredCount":1}}}\
        """
            .formatted(OPERATION);

    var step = gemini.poll(at("veo-3.1-generate-preview"), OPERATION).next(NO_STATE, ok(body));

    assertThat(((Step.Done<PollOutcome>) step).outcome())
        .isInstanceOfSatisfying(
            PollOutcome.Failed.class,
            failed -> assertThat(failed.failure().code()).isEqualTo(ErrorCode.CONTENT_REFUSED));
  }

  @Test
  void a_spend_cap_is_no_rate_limit_although_both_say_429() {
    assertThat(GeminiErrors.refusal(refused(429, "The spend cap of the project is reached.")))
        .contains(ErrorCode.UPSTREAM_ACCOUNT);
    assertThat(GeminiErrors.refusal(refused(429, "Too many requests.")))
        .contains(ErrorCode.UPSTREAM_BUSY);
  }

  @Test
  void an_api_that_is_blocked_for_the_key_is_no_verdict_on_the_prompt() {
    assertThat(GeminiErrors.refusal(refused(403, "Requests to this API method are blocked.")))
        .contains(ErrorCode.UPSTREAM_ACCOUNT);
    assertThat(GeminiErrors.refusal(refused(400, "The prompt was blocked.")))
        .contains(ErrorCode.CONTENT_REFUSED);
  }

  @Test
  void the_key_is_a_secret_header_so_it_never_stands_in_an_address() {
    var video = URI.create("https://gemini.example/v1beta/files/x:download?alt=media");

    var call = gemini.download(at("veo-3.1-generate-preview"), VideoResult.of(video));

    assertThat(call.uri()).isEqualTo(video);
    assertThat(call.headers()).isEmpty();
    assertThat(call.secrets())
        .extracting(Call.SecretHeader::name)
        .containsExactly("x-goog-api-key");
  }

  @Test
  void the_address_of_an_omni_file_chooses_no_host_that_is_asked() {
    var body =
        """
        {"status":"completed","steps":[{"content":[{"type":"video",
         "uri":"https://evil.example/v1beta/files/abc"}]}]}\
        """;
    var omni = gemini.poll(at("gemini-omni-1.1-flash"), "int_1");
    var asking = (Step.Send<PollOutcome>) omni.begin();

    var next = (Step.Send<PollOutcome>) omni.next(asking.state(), ok(body));

    assertThat(next.call().uri()).isEqualTo(URI.create("https://gemini.example/v1beta/files/abc"));
  }

  @Test
  void results_live_two_days_and_need_the_key() {
    assertThat(gemini.card().results().life()).isEqualTo(Duration.ofDays(2));
    assertThat(gemini.card().results().needsKey()).isTrue();
  }

  @Test
  void pictures_are_fetched_by_the_engine_since_only_bytes_are_taken() {
    assertThat(gemini.abilities(Map.of()).pictures()).isEqualTo(PictureForm.BYTES);
  }

  private static Reply ok(String body) {
    return new Reply(200, List.of(), body);
  }

  private static Reply refused(int status, String why) {
    return new Reply(status, List.of(), "{\"error\":{\"message\":\"" + why + "\"}}");
  }

  private static Context at(String model) {
    return new Context(
        URI.create("https://gemini.example"),
        new Secret("gemini-0123456789"),
        model,
        Map.of(),
        Instant.parse("2026-11-26T10:00:00Z"));
  }
}
