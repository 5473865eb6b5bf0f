package dev.reelay.testkit;

import dev.reelay.webhook.Courier;
import dev.reelay.webhook.DeliveryAttempt.Outcome;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Receivers by their host: each answers as told, 200 if nothing was said of it. */
public final class ScriptedCourier implements Courier {
  private final Map<String, Function<Letter, Outcome>> receivers = new HashMap<>();
  private final List<Letter> posted = new ArrayList<>();

  public synchronized void let(String host, Function<Letter, Outcome> answer) {
    receivers.put(host, answer);
  }

  @Override
  public Outcome post(Letter letter) {
    Function<Letter, Outcome> receiver;
    synchronized (this) {
      posted.add(letter);
      receiver = receivers.getOrDefault(letter.url().getHost(), _ -> WebhookSamples.answered(200));
    }
    return receiver.apply(letter);
  }

  @Override
  public Optional<String> refusal(URI url) {
    return "https".equals(url.getScheme()) ? Optional.empty() : Optional.of("not https");
  }

  /** What was sent to a host so far, in order. */
  public synchronized List<Letter> postedTo(String host) {
    return posted.stream().filter(letter -> letter.url().getHost().equals(host)).toList();
  }
}
