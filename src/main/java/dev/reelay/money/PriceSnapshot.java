package dev.reelay.money;

/**
 * The price a task was created under, kept with it: whatever rules and factors become, the task
 * settles on this.
 *
 * @param asked the usage that the hold was computed for
 */
public record PriceSnapshot(PriceRule rule, Factors factors, Usage asked) {
  Ratio factor() {
    return factors.ratio();
  }
}
