package dev.reelay.provider;

/**
 * What an operation wants next.
 *
 * @param <O> what the operation ends with
 */
public sealed interface Step<O> {
  /**
   * Make this call, then ask {@link Operation#next} with the state and the reply.
   *
   * @param creates this call may start a paid job: it opens the crash window and is never repeated
   */
  record Send<O>(Call call, State state, boolean creates) implements Step<O> {}

  record Done<O>(O outcome) implements Step<O> {}

  /** What an operation remembers between two calls; adapters have their own records. */
  interface State {}

  /** For operations of one call. */
  record NoState() implements State {}
}
