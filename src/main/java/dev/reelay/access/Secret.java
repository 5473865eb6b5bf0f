package dev.reelay.access;

/** A secret text. Nothing prints it by accident; {@link #reveal()} is the only way to it. */
public record Secret(String reveal) {
  public Secret {
    if (reveal.isEmpty()) {
      throw new IllegalArgumentException("a secret may not be empty");
    }
  }

  @Override
  public String toString() {
    return "Secret[hidden]";
  }
}
