package dev.reelay.testkit;

import dev.reelay.routing.ChannelId;
import dev.reelay.task.Attempt;
import dev.reelay.task.Callback;
import dev.reelay.task.FindOutcome;
import dev.reelay.task.JobSearch;
import dev.reelay.task.ListOutcome;
import dev.reelay.task.Provenance;
import java.time.Instant;
import java.util.Optional;

/** Providers that tell nothing of their jobs; a callback's whole body is the id that it names. */
public final class NoSearch implements JobSearch {
  @Override
  public FindOutcome find(Attempt attempt) {
    return new FindOutcome.Unanswered("it has no look-up", Optional.empty());
  }

  @Override
  public ListOutcome list(Attempt attempt, Instant since) {
    return new ListOutcome.Unanswered("it has no list", Optional.empty());
  }

  /** A signature is right if it says so; one that says "later" cannot be checked. */
  @Override
  public Provenance provenance(Attempt attempt, Callback callback) {
    return switch (callback.header("webhook-signature").orElse("")) {
      case "" -> new Provenance.NotSigned();
      case "right" -> new Provenance.Genuine();
      case "later" -> new Provenance.Unchecked("there are no keys");
      default -> new Provenance.Forged("it is wrong at " + callback.path());
    };
  }

  /** A body that ends with a question mark is a question. */
  @Override
  public Optional<String> answer(Callback callback) {
    return callback.body().endsWith("?") ? Optional.of("{\"yes\":true}") : Optional.empty();
  }

  @Override
  public Optional<String> named(ChannelId channel, Callback callback) {
    return Optional.of(callback.body()).filter(body -> !body.isBlank());
  }
}
