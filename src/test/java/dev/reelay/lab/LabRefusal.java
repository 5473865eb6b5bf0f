package dev.reelay.lab;

/**
 * Why a part does not do what it was asked; {@link LabPart#refuse} says it in the vendor's words.
 */
public final class LabRefusal extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Kind kind;
  private final String field;

  /** What is wrong. A part whose vendor has no such refusal gives the nearest that it has. */
  public enum Kind {
    /** No credential, or a wrong one. */
    CREDENTIAL,
    /** A body, field or parameter is not as documented. */
    MALFORMED,
    /** There is no such address. */
    NO_ROUTE,
    /** There is no such job, or no longer. */
    NO_JOB,
    /** There is no such model, or not for this account. */
    NO_MODEL,
    /** The prompt or picture is not allowed. */
    CONTENT,
    /** The account has no money or quota left. */
    MONEY,
    /** Too many calls or jobs. */
    BUSY,
    /** Their fault: a 5xx. */
    BROKEN,
    /** An error inside a 200, where the vendor has such; else as {@link #BROKEN}. */
    BUSINESS,
    /** The job is too far to be canceled. */
    TOO_LATE
  }

  private LabRefusal(Kind kind, String field, String message) {
    super(message);
    this.kind = kind;
    this.field = field;
  }

  public static LabRefusal of(Kind kind, String message) {
    return new LabRefusal(kind, "", message);
  }

  /** A field is missing, wrong or unknown. */
  public static LabRefusal malformed(String field, String why) {
    return new LabRefusal(Kind.MALFORMED, field, field + ": " + why);
  }

  public Kind kind() {
    return kind;
  }

  /** The field that is at fault; empty if it is none. */
  public String field() {
    return field;
  }

  public String message() {
    return String.valueOf(getMessage());
  }
}
