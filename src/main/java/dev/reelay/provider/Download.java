package dev.reelay.provider;

/** What came of fetching a file. */
public sealed interface Download {
  /**
   * The whole file is written.
   *
   * @param bytes its size, 1 or more
   * @param sha256 64 lower-case hex digits
   */
  record Saved(long bytes, String sha256) implements Download {}

  /** Another answer than the file. */
  record Declined(int status) implements Download {}

  record TooLarge(long bytesMax) implements Download {}

  /** The network failed, the time was up, or the file came cut short. */
  record Broken(String why) implements Download {}

  /** The guard does not let it go there. */
  record Refused(String why) implements Download {}

  /** Our own disk did not take it. */
  record NotWritten(String why) implements Download {}
}
