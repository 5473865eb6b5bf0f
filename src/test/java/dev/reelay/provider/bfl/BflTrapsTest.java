package dev.reelay.provider.bfl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.access.Secret;
import dev.reelay.provider.Context;
import dev.reelay.provider.Step;
import dev.reelay.task.PollOutcome;
import dev.reelay.task.VideoResult;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is easily got wrong with BFL. */
class BflTrapsTest {
  private static final String KEPT = "https://api.eu1.bfl.ai/v1/get_result?id=b-1#credits=25";
  private final BflProvider bfl = new BflProvider();

  @Test
  void a_job_is_asked_for_at_the_regional_host_that_its_create_named() {
    var step = (Step.Send<PollOutcome>) bfl.poll(at(), KEPT).begin();

    assertThat(step.call().uri())
        .isEqualTo(URI.create("https://api.eu1.bfl.ai/v1/get_result?id=b-1"));
  }

  @Test
  void an_id_without_an_address_is_asked_for_at_the_channels_own_host() {
    var step = (Step.Send<PollOutcome>) bfl.poll(at(), "b-1").begin();

    assertThat(step.call().uri()).isEqualTo(URI.create("https://api.bfl.ai/v1/get_result?id=b-1"));
  }

  @Test
  void what_is_kept_reads_back_as_it_was() {
    assertThat(BflJob.parse(KEPT).text()).isEqualTo(KEPT);
    assertThat(BflJob.parse("b-1").text()).isEqualTo("b-1");
  }

  @Test
  void a_result_is_fetched_without_the_key() {
    var result = VideoResult.of(URI.create("https://files.example/v.mp4"));

    assertThat(bfl.download(at(), result).secrets()).isEmpty();
  }

  private static Context at() {
    return new Context(
        URI.create("https://api.bfl.ai"),
        new Secret("bfl-0123456789"),
        "flux-3-video",
        Map.of(),
        Instant.parse("2026-11-22T10:00:00Z"));
  }
}
