package dev.reelay.task;

import dev.reelay.routing.Capability;
import dev.reelay.routing.ModelName;
import java.time.Duration;
import java.util.Optional;

/** The port that says whether so many tasks wait already that another should not be accepted. */
@FunctionalInterface
public interface Admission {
  /** Accepts everything. */
  Admission OPEN = _ -> Optional.empty();

  /** Why no task of this model may be accepted now; empty if one may. Costs nothing to ask. */
  Optional<Full> full(ModelName model);

  /**
   * Whether every channel of the model is out of use now, so that an alias goes on to its next
   * model. A task of the model itself would wait.
   */
  default boolean isOutOfUse(ModelName model) {
    return false;
  }

  /**
   * What a model is said to make, without the pictures and clips that no channel of it can send on.
   * A task with those would wait for nobody.
   */
  default Capability takes(ModelName model, Capability declared) {
    return declared;
  }

  /**
   * Too many wait.
   *
   * @param limit how many may
   * @param ofModel whether only the model's own are too many
   * @param comeBack when there is likely to be room
   */
  record Full(int limit, boolean ofModel, Duration comeBack) {}
}
