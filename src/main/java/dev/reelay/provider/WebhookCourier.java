package dev.reelay.provider;

import dev.reelay.webhook.Courier;
import dev.reelay.webhook.DeliveryAttempt;
import dev.reelay.webhook.DeliveryAttempt.Outcome;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Posts messages to receivers through {@link Outbound}, https only unless the operator listed the
 * receiver. The list is one of its own: what the operator lets channels reach is not for tenants.
 */
public final class WebhookCourier implements Courier {
  /** A receiver must answer in time, and no more of its answer is read than is kept. */
  public static final Outbound.Limits LIMITS =
      new Outbound.Limits(
          Duration.ofSeconds(5),
          DeliveryAttempt.TIMEOUT,
          DeliveryAttempt.TIMEOUT,
          DeliveryAttempt.ANSWER_BYTES_MAX);

  private final Outbound outbound;
  private final Supplier<Set<HostPort>> listed;
  private final InstantSource clock;

  /**
   * @param outbound with {@link #LIMITS} and the same list
   * @param listed receivers that may be called without TLS or inside
   */
  public WebhookCourier(Outbound outbound, Supplier<Set<HostPort>> listed, InstantSource clock) {
    this.outbound = outbound;
    this.listed = listed;
    this.clock = clock;
  }

  @Override
  public Outcome post(Letter letter) {
    var refusal = refusal(letter.url());
    if (refusal.isPresent()) {
      return new Outcome.Refused(refusal.get());
    }
    return switch (outbound.post(call(letter))) {
      case Exchange.Answered(Reply reply) ->
          new Outcome.Answered(reply.status(), reply.body(), reply.retryAfter(clock.instant()));
      case Exchange.NotSent(String why) -> new Outcome.Silence(why);
      case Exchange.Lost(String why) -> new Outcome.Silence(why);
      case Exchange.Refused(String why) -> new Outcome.Refused(why);
    };
  }

  private static Call call(Letter letter) {
    var body = new Call.Body.Text("application/json", letter.body());
    return new Call("POST", letter.url(), List.of(), List.of(), body)
        .with("webhook-id", letter.id().toString())
        .with("webhook-timestamp", String.valueOf(letter.at().getEpochSecond()))
        .with("webhook-signature", letter.signature());
  }

  @Override
  public Optional<String> refusal(URI url) {
    var origin = Origin.find(url);
    if (origin.isPresent()
        && origin.get().scheme().equals("http")
        && !listed.get().contains(origin.get().place())) {
      return Optional.of(
          "only https addresses are called; an operator can list exactly this host:port");
    }
    return outbound.refusal(url);
  }
}
