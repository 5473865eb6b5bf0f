package dev.reelay.store;

/** The database answered with an error that no caller expects: a bug or a broken database. */
public final class StoreBroken extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StoreBroken(String message, Throwable cause) {
    super(message, cause);
  }

  public StoreBroken(String message) {
    super(message);
  }
}
