package dev.reelay.money;

/**
 * One version of a model's price. A change is a new version; a task keeps the one it was created
 * under.
 *
 * @param id the rule's row
 * @param model the public model name
 * @param version 1, 2, 3 … for each model
 */
public record PriceRule(long id, String model, int version, Price price) {
  public PriceRule {
    if (version < 1) {
      throw new IllegalArgumentException("versions start at 1: " + version);
    }
  }
}
