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

  public VideoResult withThumbnail(Optional<URI> address) {
    return new VideoResult(video, address, enhancedPrompt, units, cost);
  }

  public VideoResult withEnhancedPrompt(Optional<String> text) {
    return new VideoResult(video, thumbnail, text, units, cost);
  }

  public VideoResult withUnits(OptionalLong used) {
    return new VideoResult(video, thumbnail, enhancedPrompt, used, cost);
  }

  public VideoResult withCost(Optional<Money> taken) {
    return new VideoResult(video, thumbnail, enhancedPrompt, units, taken);
  }
}
