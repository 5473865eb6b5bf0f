package dev.reelay.testkit;

import java.security.SecureRandom;

/** Gives the bytes 0, 1, 2 and so on, so that what is random elsewhere can be pinned in a test. */
public final class CountingRandom extends SecureRandom {
  private static final long serialVersionUID = 1;

  private int next;

  @Override
  public void nextBytes(byte[] bytes) {
    for (var i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) next++;
    }
  }
}
