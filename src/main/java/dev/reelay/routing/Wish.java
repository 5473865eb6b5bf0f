package dev.reelay.routing;

import dev.reelay.money.Resolution;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The form that a caller asked for; what is empty is left to the model.
 *
 * @param portrait orientation; used only where no ratio was given
 */
public record Wish(
    OptionalInt seconds,
    Optional<Resolution> resolution,
    Optional<AspectRatio> ratio,
    Optional<Boolean> portrait,
    Optional<Boolean> audio) {
  public static final Wish NOTHING =
      new Wish(
          OptionalInt.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
}
