package dev.reelay.provider.minimax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.access.Secret;
import dev.reelay.provider.Context;
import dev.reelay.provider.Operation;
import dev.reelay.provider.Reply;
import dev.reelay.provider.Step;
import dev.reelay.task.Callback;
import dev.reelay.task.CancelOutcome;
import dev.reelay.task.ErrorCode;
import dev.reelay.task.PollOutcome;
import dev.reelay.task.VideoResult;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is easily got wrong with MiniMax. */
class MiniMaxTrapsTest {
  private final MiniMaxProvider minimax = new MiniMaxProvider();

  @Test
  void a_challenge_is_echoed_and_nothing_else_of_it() {
    var asked = new Callback("", "{\"challenge\":\"a\\\"b\",\"task_id\":\"1\"}");

    assertThat(minimax.answer(asked)).contains("{\"challenge\":\"a\\\"b\"}");
  }

  @Test
  void only_a_short_text_is_a_challenge() {
    assertThat(minimax.answer(new Callback("", "{\"challenge\":{\"a\":1}}"))).isEmpty();
    assertThat(minimax.answer(new Callback("", "{\"task_id\":\"1\"}"))).isEmpty();
    assertThat(minimax.answer(new Callback("", "challenge=1"))).isEmpty();
    assertThat(minimax.answer(new Callback("", "{\"challenge\":\"" + "x".repeat(1_001) + "\"}")))
        .isEmpty();
  }

  @Test
  void a_callback_is_not_signed_so_nothing_but_the_id_is_taken_from_it() {
    var lies = new Callback("", "{\"task_id\":\"9001\",\"status\":\"Fail\"}");

    assertThat(minimax.named(lies)).contains("9001");
  }

  @Test
  void a_failed_question_and_a_failed_job_have_the_same_code_and_differ_by_status() {
    var question = "{\"base_resp\":{\"status_code\":1002,\"status_msg\":\"rate limit\"}}";
    var job = "{\"status\":\"Fail\",\"base_resp\":{\"status_code\":1002,\"status_msg\":\"busy\"}}";

    assertThat(hailuo(question)).isInstanceOf(PollOutcome.Unanswered.class);
    assertThat(hailuo(job)).isInstanceOf(PollOutcome.Failed.class);
  }

  @Test
  void success_and_fail_are_the_words_of_the_first_version() {
    assertThat(hailuo("{\"status\":\"Success\",\"file_id\":\"\"}"))
        .isInstanceOfSatisfying(
            PollOutcome.Failed.class,
            failed -> assertThat(failed.failure().code()).isEqualTo(ErrorCode.RESULT_MISSING));
    assertThat(hailuo("{\"status\":\"Fail\"}")).isInstanceOf(PollOutcome.Failed.class);
  }

  @Test
  void a_job_that_is_no_longer_kept_after_seven_days_has_expired() {
    var gone = "{\"base_resp\":{\"status_code\":2013,\"status_msg\":\"task not found\"}}";

    assertThat(hailuo(gone))
        .isInstanceOfSatisfying(
            PollOutcome.Failed.class,
            failed -> assertThat(failed.failure().code()).isEqualTo(ErrorCode.UPSTREAM_EXPIRED));
  }

  @Test
  void a_job_that_has_ended_is_never_deleted_in_place_of_a_cancel() {
    var cancel = minimax.cancel(at("MiniMax-H3"), "41001").orElseThrow();
    var looking = (Step.Send<CancelOutcome>) cancel.begin();

    var next = cancel.next(looking.state(), answer("{\"task\":{\"status\":\"succeeded\"}}"));

    assertThat(looking.call().method()).isEqualTo("GET");
    assertThat(((Step.Done<CancelOutcome>) next).outcome())
        .isInstanceOf(CancelOutcome.NotSupported.class);
  }

  @Test
  void a_result_is_fetched_without_the_key_since_it_lies_elsewhere() {
    var result = VideoResult.of(URI.create("https://cdn.example/v.mp4"));

    assertThat(minimax.download(at("MiniMax-H3"), result).secrets()).isEmpty();
  }

  private PollOutcome hailuo(String body) {
    Operation<PollOutcome> poll = minimax.poll(at("MiniMax-Hailuo-2.3"), "9001");
    var sent = (Step.Send<PollOutcome>) poll.begin();
    return ((Step.Done<PollOutcome>) poll.next(sent.state(), answer(body))).outcome();
  }

  private static Reply answer(String body) {
    return new Reply(200, List.of(), body);
  }

  private static Context at(String model) {
    return new Context(
        URI.create("https://minimax.example"),
        new Secret("minimax-0123456789"),
        model,
        Map.of(),
        Instant.parse("2026-11-22T10:00:00Z"));
  }
}
