package dev.reelay.http;

import java.util.List;
import java.util.Locale;

/** The refusals of the ground floor, which knows no tasks. */
public enum EdgeError {
  MALFORMED_REQUEST(400, "The request is malformed."),
  MALFORMED_PATH(400, "The path of the request is malformed or too long."),
  CALLBACK_REFUSED(403, "This call is not signed as it has to be."),
  NOT_FOUND(404, "There is nothing at this address."),
  METHOD_NOT_ALLOWED(405, "This address does not take this method."),
  REQUEST_TIMEOUT(408, "The request did not arrive in time."),
  BODY_TOO_LARGE(413, "The body of the request is too large."),
  URI_TOO_LONG(414, "The address of the request is too long."),
  HEADERS_TOO_LARGE(431, "The header of the request is too large."),
  INTERNAL_ERROR(500, "Something went wrong on our side. Please quote the request id."),
  NOT_IMPLEMENTED(501, "This transfer encoding is not supported."),
  SERVER_BUSY(503, "The server is busy. Please try again in a moment."),
  HTTP_VERSION_NOT_SUPPORTED(505, "This version of HTTP is not supported.");

  private static final String BUSY_RETRY_SECONDS = "1";

  private final int status;
  private final String message;

  EdgeError(int status, String message) {
    this.status = status;
    this.message = message;
  }

  public Problem problem() {
    var fields =
        this == SERVER_BUSY
            ? List.of(new Field(FieldName.RETRY_AFTER, BUSY_RETRY_SECONDS))
            : List.<Field>of();
    return new Problem(status, name().toLowerCase(Locale.ROOT), message, fields);
  }

  /** The refusal for a status that a server library chose by itself. */
  public static EdgeError ofStatus(int status) {
    for (var error : values()) {
      if (error.status == status && error != MALFORMED_PATH && error != CALLBACK_REFUSED) {
        return error;
      }
    }
    return status >= 500 ? INTERNAL_ERROR : MALFORMED_REQUEST;
  }
}
