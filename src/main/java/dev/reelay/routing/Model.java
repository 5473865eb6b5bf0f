package dev.reelay.routing;

/**
 * A model under its public name, and what it can make.
 *
 * @param preference how channels that are equal otherwise are put in order
 */
public record Model(ModelName name, Capability capability, Preference preference) {
  /** One whose channels are drawn by weight. */
  public Model(ModelName name, Capability capability) {
    this(name, capability, Preference.WEIGHT);
  }
}
