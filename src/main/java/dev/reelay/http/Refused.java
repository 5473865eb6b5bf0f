package dev.reelay.http;

/**
 * Ends a request with an answer that is known already, from a depth where no reply can be returned:
 * reading a body. Caught by {@link Edge} only. It has no stack trace, for it is no bug.
 */
public final class Refused extends RuntimeException {
  private final transient Problem problem;

  public Refused(Problem problem) {
    super(problem.code(), null, false, false);
    this.problem = problem;
  }

  public Problem problem() {
    return problem;
  }
}
