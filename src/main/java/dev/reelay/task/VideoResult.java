package dev.reelay.task;

import dev.reelay.money.Bill;
import dev.reelay.money.Money;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a provider says it made. None of it is believed before the file was fetched.
 *
 * @param enhancedPrompt the prompt as the provider rewrote it
 * @param units tokens or units it says it used
 * @param cost what it says it took
 */
public record VideoResult(
    URI video,
    Optional<URI> thumbnail,
    Optional<String> enhancedPrompt,
    OptionalLong units,
    Optional<Money> cost) {
  /** What it says that the job took. */
  public Bill bill() {
    return new Bill(units, cost);
  }

  public static VideoResult of(URI video) {
    return new VideoResult(
        video, Optional.empty(), Optional.empty(), OptionalLong.empty(), Optional.empty());
  }
}
