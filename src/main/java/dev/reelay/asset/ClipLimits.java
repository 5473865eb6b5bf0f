package dev.reelay.asset;

/** How large a reference video or sound of a caller may be that is kept here. */
public final class ClipLimits {
  /** What the providers that say one take at most of a video; a body may have fewer. */
  public static final int BYTES_MAX = 50 << 20;

  private ClipLimits() {}
}
