package dev.reelay.worker;

/**
 * Tells a loop that something is due. What is told before the loop exists is not lost: a loop's
 * first round comes at once.
 */
public final class Wake implements Runnable {
  private volatile Runnable target = () -> {};

  /** From now on wakes this. */
  public void connect(Loop loop) {
    target = loop::wake;
  }

  @Override
  public void run() {
    target.run();
  }
}
