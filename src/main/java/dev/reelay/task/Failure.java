package dev.reelay.task;

/** Why a task did not succeed: a code and a sentence for people, at most 500 characters. */
public record Failure(ErrorCode code, String message) {
  public static final int MESSAGE_CHARS_MAX = 500;

  public Failure {
    if (message.isBlank()) {
      message = code.english();
    }
    if (message.length() > MESSAGE_CHARS_MAX) {
      // Never between the two halves of a character.
      var end = MESSAGE_CHARS_MAX - 1;
      end -= Character.isHighSurrogate(message.charAt(end - 1)) ? 1 : 0;
      message = message.substring(0, end) + "…";
    }
  }

  public static Failure of(ErrorCode code) {
    return new Failure(code, code.english());
  }
}
