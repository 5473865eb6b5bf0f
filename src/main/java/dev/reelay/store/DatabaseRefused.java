package dev.reelay.store;

/** The database cannot be used at all as it is. The message tells an operator what to do. */
public final class DatabaseRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DatabaseRefused(String message) {
    super(message);
  }

  public DatabaseRefused(String message, Throwable cause) {
    super(message, cause);
  }
}
