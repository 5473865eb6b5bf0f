package dev.reelay.provider.declarative;

/** A description is not as it must be; the sentence names line and field. */
public final class DescriptionException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  DescriptionException(int line, String field, String why) {
    super("line " + line + ": " + (field.isEmpty() ? "" : field + " ") + why);
  }
}
