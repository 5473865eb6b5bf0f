package dev.reelay.http;

/**
 * Gives a problem the form that the clients of an address understand; the form belongs to the
 * dialect. Called for every refusal of the ground floor and for every unexpected exception.
 */
@FunctionalInterface
public interface ErrorShape {
  Reply.Ready shape(Context context, Problem problem);

  /**
   * What is known of the request. Path and language are empty if it could not be read so far.
   *
   * @param acceptLanguage the value of the header field as sent
   */
  record Context(String requestId, String path, String acceptLanguage) {}
}
