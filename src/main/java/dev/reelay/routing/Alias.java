package dev.reelay.routing;

import java.util.List;

/** A public name that stands for others, tried in this order. */
public record Alias(ModelName name, List<ModelName> targets) {
  public Alias {
    targets = List.copyOf(targets);
    if (targets.isEmpty() || targets.contains(name)) {
      throw new IllegalArgumentException("an alias names at least one other model: " + name);
    }
  }
}
