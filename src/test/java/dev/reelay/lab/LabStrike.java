package dev.reelay.lab;

/** What goes wrong with one call to the lab, whatever it asks for. */
public enum LabStrike {
  /** It is cut before anything is done. */
  LOST_CALL,
  /** It is done, and cut before the first byte of its answer. */
  LOST_ANSWER,
  /** It is done, and its answer is no HTTP. */
  NO_HTTP,
  /** It is done, and a gateway in between answers that it broke. */
  BAD_GATEWAY,
  /** It is done, and its answer is a success with an empty JSON object. */
  EMPTY_OBJECT,
  /** A gateway in between knows no such address; nothing is done. */
  NO_SUCH_PAGE,
  /** It is done, and never answered. */
  HANG
}
