package dev.reelay.provider.runway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.access.Secret;
import dev.reelay.provider.Call;
import dev.reelay.provider.Context;
import dev.reelay.provider.Reply;
import dev.reelay.provider.Step;
import dev.reelay.task.CancelOutcome;
import dev.reelay.task.PollOutcome;
import dev.reelay.task.VideoResult;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What is easily got wrong with Runway. */
class RunwayTrapsTest {
  private final RunwayProvider runway = new RunwayProvider();

  @Test
  void a_throttled_task_waits_and_has_not_failed() {
    assertThat(poll("{\"status\":\"THROTTLED\"}"))
        .isEqualTo(new PollOutcome.Pending(OptionalInt.empty()));
  }

  @Test
  void progress_is_a_part_of_one() {
    assertThat(poll("{\"status\":\"RUNNING\",\"progress\":0.4}"))
        .isEqualTo(new PollOutcome.Pending(OptionalInt.of(40)));
  }

  @Test
  void every_call_names_the_version() {
    var asking = (Step.Send<PollOutcome>) runway.poll(context(), "17f2").begin();

    assertThat(asking.call().headers()).contains(new Call.Header("X-Runway-Version", "2024-11-06"));
  }

  @Test
  void a_task_that_has_ended_is_never_deleted_in_place_of_a_cancel() {
    var cancel = runway.cancel(context(), "17f2").orElseThrow();
    var looking = (Step.Send<CancelOutcome>) cancel.begin();

    var next = cancel.next(looking.state(), answer("{\"status\":\"SUCCEEDED\"}"));

    assertThat(looking.call().method()).isEqualTo("GET");
    assertThat(next)
        .isInstanceOfSatisfying(
            Step.Done.class,
            done -> assertThat(done.outcome()).isInstanceOf(CancelOutcome.NotSupported.class));
  }

  @Test
  void a_result_is_fetched_without_the_key_since_its_address_is_signed_and_foreign() {
    var result = VideoResult.of(URI.create("https://files.example/v.mp4"));

    assertThat(runway.download(context(), result).secrets()).isEmpty();
  }

  private PollOutcome poll(String body) {
    var step = runway.poll(context(), "17f2").next(new Step.NoState(), answer(body));
    return ((Step.Done<PollOutcome>) step).outcome();
  }

  private static Reply answer(String body) {
    return new Reply(200, List.of(), body);
  }

  private static Context context() {
    return new Context(
        URI.create("https://api.example"),
        new Secret("key_0123456789"),
        "gen4.5",
        Map.of(),
        Instant.parse("2026-11-22T10:00:00Z"));
  }
}
