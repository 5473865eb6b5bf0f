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
   * @param mayRepeatAct the call makes or changes something and has no idempotency key: repeated
   *     after a failure whose end nobody knows, it may do so twice
   */
  record Context(String requestId, String path, String acceptLanguage, boolean mayRepeatAct) {
    /** For a request that changes nothing, or of which no more is known. */
    public Context(String requestId, String path, String acceptLanguage) {
      this(requestId, path, acceptLanguage, false);
    }

    static Context of(String requestId, String path, Incoming incoming) {
      var language = incoming.header(FieldName.ACCEPT_LANGUAGE).orElse("");
      boolean mayRepeatAct =
          incoming.method().equals("POST") && incoming.header(FieldName.IDEMPOTENCY_KEY).isEmpty();
      return new Context(requestId, path, language, mayRepeatAct);
    }
  }
}
