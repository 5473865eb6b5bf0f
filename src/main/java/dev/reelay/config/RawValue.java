package dev.reelay.config;

/**
 * The text of a value before it is read, and where it stood. Does not print: it may be a secret.
 */
record RawValue(String text, Origin origin) {
  @Override
  public String toString() {
    return "RawValue[" + origin + "]";
  }
}
