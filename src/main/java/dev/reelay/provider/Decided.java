package dev.reelay.provider;

/**
 * An operation that needs no call: what it ends with is known beforehand.
 *
 * @param <O> what it ends with
 */
public record Decided<O>(O outcome) implements Operation<O> {
  @Override
  public Step<O> begin() {
    return new Step.Done<>(outcome);
  }

  /** Never asked, since nothing was sent. */
  @Override
  public Step<O> next(Step.State state, Reply reply) {
    return begin();
  }
}
