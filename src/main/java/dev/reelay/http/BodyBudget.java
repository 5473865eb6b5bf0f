package dev.reelay.http;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Room for the bytes of all bodies in flight. Never waits: who finds none is told to come back. A
 * body takes room as its bytes arrive and not by what it announces, so that a sender who promises
 * much and sends nothing takes none from others.
 */
public final class BodyBudget {
  private final long limitBytes;
  private final AtomicLong takenBytes = new AtomicLong();

  public BodyBudget(long limitBytes) {
    if (limitBytes <= 0) {
      throw new IllegalArgumentException("no room at all: " + limitBytes);
    }
    this.limitBytes = limitBytes;
  }

  public boolean take(long bytes) {
    if (takenBytes.addAndGet(bytes) > limitBytes) {
      takenBytes.addAndGet(-bytes);
      return false;
    }
    return true;
  }

  public void give(long bytes) {
    takenBytes.addAndGet(-bytes);
  }

  public long takenBytes() {
    return takenBytes.get();
  }
}
