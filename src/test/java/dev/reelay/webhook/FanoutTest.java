package dev.reelay.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.testkit.TaskSamples;
import dev.reelay.testkit.WebhookSamples;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FanoutTest {
  private static final URI CALLBACK = URI.create("https://caller.example:443/x?job=7");
  private final Endpoint all = WebhookSamples.endpoint();
  private final Endpoint perRequest = WebhookSamples.perRequest();
  private final Delivery.Happening event = WebhookSamples.succeeded(TaskSamples.taskId(1));

  @Test
  void an_event_goes_to_whoever_takes_its_type() {
    var wishes = all.wishes();
    var failures =
        all.wishing(new Endpoint.Wishes(wishes.format(), Set.of(EventType.TASK_FAILED), ""));
    var off = all.disabledFor(Endpoint.Reason.BY_HAND, TaskSamples.NOON);

    assertThat(Fanout.of(event, List.of(failures, off, all), Optional.empty()))
        .containsExactly(new Fanout.Leg(all, WebhookSamples.HOOK));
  }

  @Test
  void the_address_of_a_request_is_told_too_and_keeps_its_parameters() {
    assertThat(Fanout.of(event, List.of(perRequest, all), Optional.of(CALLBACK)))
        .containsExactly(
            new Fanout.Leg(perRequest, CALLBACK), new Fanout.Leg(all, WebhookSamples.HOOK));
  }

  @Test
  void each_host_that_requests_name_has_a_lane_of_its_own() {
    var same = URI.create("https://CALLER.example/other");
    var other = URI.create("https://other.example/x");

    assertThat(Lane.of(perRequest, CALLBACK)).isEqualTo(Lane.of(perRequest, same));
    assertThat(Lane.of(perRequest, CALLBACK)).isNotEqualTo(Lane.of(perRequest, other));
    assertThat(Lane.of(all, CALLBACK)).isEqualTo(Lane.of(all, other));
  }
}
