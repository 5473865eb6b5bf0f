package dev.reelay.testkit;

/** Whether expected files are rewritten in this run: {@code make golden}. */
public final class Golden {
  private Golden() {}

  public static boolean isRewriting() {
    return "write".equals(System.getProperty("golden"));
  }
}
