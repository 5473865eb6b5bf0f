package dev.reelay;

/** Starts Reelay. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {}
}
