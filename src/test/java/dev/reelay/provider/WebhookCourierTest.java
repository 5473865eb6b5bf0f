package dev.reelay.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.testkit.FakeUpstream;
import dev.reelay.testkit.TaskSamples;
import dev.reelay.webhook.Courier.Letter;
import dev.reelay.webhook.DeliveryAttempt.Outcome;
import dev.reelay.webhook.MessageId;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The way of a message to a receiver, over loopback. */
class WebhookCourierTest {
  private final FakeUpstream receiver = FakeUpstream.start();
  private final Set<HostPort> listed = Set.of(HostPort.parse(receiver.place()));
  private final Outbound outbound =
      new Outbound(
          () -> listed,
          host -> List.of(InetAddress.getAllByName(host)),
          new Outbound.Limits(
              Duration.ofSeconds(2), Duration.ofMillis(300), Duration.ofSeconds(2), 1_000));
  private final WebhookCourier courier =
      new WebhookCourier(outbound, () -> listed, InstantSource.fixed(TaskSamples.NOON));

  @AfterEach
  void close() {
    outbound.close();
    receiver.close();
  }

  private Letter letter() {
    return new Letter(
        URI.create(receiver.baseUrl() + "/hooks?shop=7"),
        MessageId.of(TaskSamples.taskId(1)),
        TaskSamples.NOON,
        "v1,abc v1,def",
        "{\"text\":\"猫\"}");
  }

  @Test
  void a_message_carries_the_three_headers_and_the_body_as_it_is() {
    receiver.will(FakeUpstream.answer(202, "thanks"));

    var outcome = courier.post(letter());

    assertThat(outcome).isEqualTo(new Outcome.Answered(202, "thanks", Optional.empty()));
    var request = receiver.requests().getFirst();
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.target()).isEqualTo("/hooks?shop=7");
    assertThat(request.body()).isEqualTo("{\"text\":\"猫\"}");
    assertThat(request.headers())
        .containsEntry("webhook-id", "evt_" + TaskSamples.taskId(1).value())
        .containsEntry("webhook-timestamp", String.valueOf(TaskSamples.NOON.getEpochSecond()))
        .containsEntry("webhook-signature", "v1,abc v1,def");
    assertThat(request.headers().get("content-type")).startsWith("application/json");
  }

  @Test
  void of_a_long_answer_only_the_beginning_is_read() {
    receiver.will(new FakeUpstream.Script.Endless("HTTP/1.1 200 OK\r\n\r\n"));

    assertThat(courier.post(letter()))
        .isInstanceOfSatisfying(
            Outcome.Answered.class,
            answer -> assertThat(answer.text().length()).isLessThanOrEqualTo(1_000));
  }

  @Test
  void a_redirect_is_an_answer_and_is_not_followed() {
    receiver.will(FakeUpstream.answer(307, "", "Location: " + receiver.baseUrl() + "/elsewhere"));

    assertThat(courier.post(letter())).isEqualTo(new Outcome.Answered(307, "", Optional.empty()));
    assertThat(receiver.requests()).hasSize(1);
  }

  @Test
  void retry_after_is_told() {
    receiver.will(FakeUpstream.answer(503, "", "Retry-After: 120"));

    assertThat(courier.post(letter()))
        .isEqualTo(new Outcome.Answered(503, "", Optional.of(Duration.ofMinutes(2))));
  }

  @Test
  void a_receiver_that_is_silent_or_gone_is_silence() {
    receiver.will(new FakeUpstream.Script.Hang());
    assertThat(courier.post(letter())).isInstanceOf(Outcome.Silence.class);
    receiver.will(new FakeUpstream.Script.Reset());
    assertThat(courier.post(letter())).isInstanceOf(Outcome.Silence.class);
    receiver.stopListening();
    assertThat(courier.post(letter())).isInstanceOf(Outcome.Silence.class);
  }

  @Test
  void only_https_is_called_unless_the_operator_listed_the_place() {
    assertThat(courier.refusal(URI.create("http://hooks.example/x"))).isPresent();
    assertThat(courier.refusal(URI.create("https://hooks.example/x"))).isEmpty();
    assertThat(courier.refusal(URI.create("https://hooks.example:8443/x"))).isPresent();
    assertThat(courier.refusal(URI.create("https://user@hooks.example/x"))).isPresent();
    assertThat(courier.refusal(URI.create(receiver.baseUrl()))).isEmpty();
    assertThat(courier.refusal(URI.create("/x"))).isPresent();
  }
}
