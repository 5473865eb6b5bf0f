package dev.reelay.provider.xai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.access.Secret;
import dev.reelay.money.Money;
import dev.reelay.provider.Context;
import dev.reelay.provider.Reply;
import dev.reelay.provider.Step;
import dev.reelay.task.ErrorCode;
import dev.reelay.task.PollOutcome;
import dev.reelay.task.Recovery;
import dev.reelay.task.VideoResult;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What is easily got wrong with xAI. */
class XaiTrapsTest {
  private final XaiProvider xai = new XaiProvider();

  @Test
  void an_empty_body_with_202_is_a_job_at_work_and_with_200_is_no_answer() {
    assertThat(poll(202, "")).isEqualTo(new PollOutcome.Pending(OptionalInt.empty()));
    assertThat(poll(200, "")).isInstanceOf(PollOutcome.Unanswered.class);
  }

  @Test
  void a_video_that_moderation_withholds_is_refused_content_although_it_is_done() {
    var outcome =
        poll(
            200,
            """
            {"status":"done","video":{"url":"https://v.example/v.mp4","respect_moderation":false}}\
            """);

    assertThat(outcome)
        .isInstanceOfSatisfying(
            PollOutcome.Failed.class,
            failed -> assertThat(failed.failure().code()).isEqualTo(ErrorCode.CONTENT_REFUSED));
  }

  @Test
  void ticks_are_read_as_money_and_rounded_once() {
    assertThat(cost("8400000000")).isEqualTo(Money.parse("0.84"));
    assertThat(cost("5000")).isEqualTo(Money.ofMicros(1));
    assertThat(cost("4999")).isEqualTo(Money.ZERO);
  }

  private Money cost(String ticks) {
    var body =
        """
        {"status":"done","video":{"url":"https://v.example/v.mp4"},\
        "usage":{"cost_in_usd_ticks":%s}}\
        """
            .formatted(ticks);
    var done = (PollOutcome.Succeeded) poll(200, body);
    return done.result().cost().orElseThrow();
  }

  @Test
  void nothing_resolves_a_lost_answer() {
    assertThat(xai.abilities(Map.of()).recovery()).isEqualTo(Recovery.NONE);
    assertThat(xai.abilities(Map.of()).cancel()).isFalse();
  }

  @Test
  void a_result_is_fetched_without_the_key() {
    var result = VideoResult.of(URI.create("https://vidgen.example/v.mp4"));

    assertThat(xai.download(context(), result).secrets()).isEmpty();
  }

  private PollOutcome poll(int status, String body) {
    var step =
        xai.poll(context(), "xr-1").next(new Step.NoState(), new Reply(status, List.of(), body));
    return ((Step.Done<PollOutcome>) step).outcome();
  }

  private static Context context() {
    return new Context(
        URI.create("https://api.example/v1"),
        new Secret("xai-0123456789"),
        "grok-imagine-video-1.5",
        Map.of(),
        Instant.parse("2026-11-22T10:00:00Z"));
  }
}
