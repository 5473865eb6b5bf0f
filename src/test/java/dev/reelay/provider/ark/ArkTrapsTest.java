package dev.reelay.provider.ark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.access.Secret;
import dev.reelay.provider.Context;
import dev.reelay.provider.Page;
import dev.reelay.provider.Reply;
import dev.reelay.provider.Step;
import dev.reelay.task.Callback;
import dev.reelay.task.CancelOutcome;
import dev.reelay.task.ListedJob;
import dev.reelay.task.PollOutcome;
import dev.reelay.task.VideoResult;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What is easily got wrong with Ark. */
class ArkTrapsTest {
  private static final Step.State NO_STATE = new Step.NoState();
  private final ArkProvider ark = new ArkProvider();

  @Test
  void a_result_is_fetched_without_the_key_since_its_address_is_signed_and_foreign() {
    var result = VideoResult.of(URI.create("https://files.example/v.mp4"));

    assertThat(ark.download(at("dreamina"), result).secrets()).isEmpty();
  }

  @Test
  void a_callback_carries_no_signature_so_nothing_but_the_id_is_taken_from_it() {
    var lies =
        new Callback(
            "",
            """
            {"id":"cgt-1","status":"succeeded","content":{"video_url":"https://evil.example"}}\
            """);

    assertThat(ark.named(lies)).contains("cgt-1");
  }

  @Test
  void times_are_in_seconds() {
    var page = list("dreamina", "{\"id\":\"cgt-1\",\"model\":\"m\",\"created_at\":1790000000}");

    assertThat(page)
        .extracting(ListedJob::createdAt)
        .containsExactly(Instant.parse("2026-09-21T14:13:20Z"));
  }

  @Test
  void an_endpoint_is_listed_under_the_model_behind_it_which_therefore_proves_nothing() {
    var item = "{\"id\":\"cgt-1\",\"model\":\"doubao-seedance-2-0\",\"created_at\":1790000000}";

    assertThat(list("ep-2026-abc", item))
        .extracting(ListedJob::model)
        .containsOnly(Optional.empty());
    assertThat(list("doubao-seedance-2-0", item))
        .extracting(ListedJob::model)
        .containsOnly(Optional.of("doubao-seedance-2-0"));
  }

  @Test
  void a_job_that_has_ended_is_never_deleted_in_place_of_a_cancel() {
    var cancel = ark.cancel(at("dreamina"), "cgt-1").orElseThrow();
    var looking = (Step.Send<CancelOutcome>) cancel.begin();

    var next = cancel.next(looking.state(), answer("{\"status\":\"succeeded\"}"));

    assertThat(looking.call().method()).isEqualTo("GET");
    assertThat(next)
        .isInstanceOfSatisfying(
            Step.Done.class,
            done -> assertThat(done.outcome()).isInstanceOf(CancelOutcome.NotSupported.class));
  }

  @Test
  void tokens_are_the_units_that_are_billed() {
    var body =
        """
        {"status":"succeeded","content":{"video_url":"https://files.example/v.mp4"},
         "usage":{"completion_tokens":108900,"total_tokens":108900}}\
        """;

    var step = ark.poll(at("dreamina"), "cgt-1").next(NO_STATE, answer(body));

    assertThat(((Step.Done<PollOutcome>) step).outcome())
        .isInstanceOfSatisfying(
            PollOutcome.Succeeded.class,
            done -> assertThat(done.result().units()).isEqualTo(OptionalLong.of(108_900)));
  }

  private List<ListedJob> list(String model, String item) {
    var body = "{\"items\":[" + item + "],\"total\":1}";
    var step = ark.list(at(model), Optional.empty()).orElseThrow().next(NO_STATE, answer(body));
    return ((Page.Jobs) ((Step.Done<Page>) step).outcome()).jobs();
  }

  private static Reply answer(String body) {
    return new Reply(200, List.of(), body);
  }

  private static Context at(String model) {
    return new Context(
        URI.create("https://ark.example/api/v3"),
        new Secret("ark-0123456789"),
        model,
        Map.of(),
        Instant.parse("2026-11-22T10:00:00Z"));
  }
}
