package dev.reelay.provider.dashscope;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.access.Secret;
import dev.reelay.provider.Context;
import dev.reelay.provider.Reply;
import dev.reelay.provider.Step;
import dev.reelay.task.ErrorCode;
import dev.reelay.task.Failure;
import dev.reelay.task.PollOutcome;
import dev.reelay.task.VideoResult;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is easily got wrong with DashScope. */
class DashScopeTrapsTest {
  private final DashScopeProvider dashscope = new DashScopeProvider();

  @Test
  void a_success_that_carries_a_business_error_is_a_failed_job() {
    var refused =
        "{\"task_status\":\"FAILED\",\"code\":\"DataInspectionFailed\",\"message\":\"no\"}";

    assertThat(poll(refused)).isEqualTo(failure(ErrorCode.CONTENT_REFUSED));
  }

  @Test
  void a_job_that_a_sleeping_relay_asks_for_after_a_day_is_lost_and_not_pending_for_ever() {
    var vanished = "{\"task_status\":\"UNKNOWN\",\"message\":\"no\"}";

    assertThat(poll(vanished)).isEqualTo(failure(ErrorCode.UPSTREAM_EXPIRED));
  }

  @Test
  void no_doubt_is_looked_for_in_the_list_longer_than_records_live() {
    var list = dashscope.abilities(Map.of()).recovery().list().orElseThrow();

    assertThat(list.window()).isEqualTo(DashScopeProvider.RECORD_LIFE);
  }

  @Test
  void a_local_time_without_a_zone_is_eight_hours_ahead() {
    assertThat(DashScopeList.time("2026-11-22 10:00:00.000"))
        .contains(Instant.parse("2026-11-22T02:00:00Z"));
    assertThat(DashScopeList.time("2026-11-22 10:00:00"))
        .contains(Instant.parse("2026-11-22T02:00:00Z"));
    assertThat(DashScopeList.time("1790000000123"))
        .contains(Instant.parse("2026-09-21T14:13:20.123Z"));
    assertThat(DashScopeList.time("yesterday")).isEmpty();
  }

  @Test
  void a_result_is_fetched_without_the_key_since_its_address_is_signed_and_foreign() {
    var result = VideoResult.of(URI.create("https://files.example/v.mp4"));

    assertThat(dashscope.download(at("wan3.0-video"), result).secrets()).isEmpty();
  }

  private static PollOutcome failure(ErrorCode code) {
    return new PollOutcome.Failed(new Failure(code, "no"));
  }

  private PollOutcome poll(String output) {
    var answer = new Reply(200, List.of(), "{\"output\":" + output + ",\"request_id\":\"r\"}");
    var step = dashscope.poll(at("wan3.0-video"), "t-1").next(new Step.NoState(), answer);
    return ((Step.Done<PollOutcome>) step).outcome();
  }

  private static Context at(String model) {
    return new Context(
        URI.create("https://dashscope.example"),
        new Secret("sk-0123456789"),
        model,
        Map.of(),
        Instant.parse("2026-11-22T10:00:00Z"));
  }
}
