package dev.reelay.lab;

/** The connection is to break instead of what a part would answer. */
final class LabBreak extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient LabAnswer how;

  LabBreak(LabAnswer how) {
    super("asked to break");
    this.how = how;
  }

  LabAnswer how() {
    return how;
  }
}
