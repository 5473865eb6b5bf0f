package dev.reelay.routing;

import dev.reelay.money.Resolution;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The form that a caller asked for; what is empty is left to the model.
 *
 * @param portrait orientation; used only where no ratio was given
 * @param images pictures given with the request
 */
public record Wish(
    OptionalInt seconds,
    Optional<Resolution> resolution,
    Optional<AspectRatio> ratio,
    Optional<Boolean> portrait,
    Optional<Boolean> audio,
    int images) {
  public static final Wish NOTHING =
      new Wish(
          OptionalInt.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          0);
}
