package dev.reelay.store.embedded;

/** The bundled PostgreSQL cannot be started or stopped. The text says why and what helps. */
public final class EmbeddedPostgresException extends RuntimeException {
  EmbeddedPostgresException(String message) {
    super(message);
  }

  EmbeddedPostgresException(String message, Throwable cause) {
    super(message, cause);
  }
}
