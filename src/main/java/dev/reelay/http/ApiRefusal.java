package dev.reelay.http;

/**
 * Ends a client's request with an error that is known already. Caught by {@link ErrorMapper} only.
 * It has no stack trace, for it is no bug.
 */
public final class ApiRefusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient ApiError error;

  ApiRefusal(ApiError error) {
    super(error.code().wire(), null, false, false);
    this.error = error;
  }

  public ApiError error() {
    return error;
  }
}
