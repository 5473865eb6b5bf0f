package dev.reelay.provider;

/**
 * A small machine that the engine drives: pure, so that the same inputs give the same steps.
 *
 * @param <O> what it ends with
 */
public interface Operation<O> {
  Step<O> begin();

  Step<O> next(Step.State state, Reply reply);
}
