package dev.reelay.task;

/** Whose fault an error is. */
public enum Fault {
  CALLER,
  UPSTREAM,
  US
}
