package dev.reelay.worker;

import dev.reelay.routing.HealthBoard;
import dev.reelay.routing.HealthBook;
import java.time.Duration;

/** Shows the operator what this node has out of use, soon after it changed. */
public final class HealthWatch implements Loop.Body {
  static final Duration LOOK = Duration.ofSeconds(1);

  /** Of no book, so that what a former life showed is cleared. */
  private static final long NEVER = -1;

  private final String node;
  private final HealthBook book;
  private final HealthBoard board;
  private long shown = NEVER;

  public HealthWatch(String node, HealthBook book, HealthBoard board) {
    this.node = node;
    this.book = book;
    this.board = board;
  }

  @Override
  public Duration runOnce() {
    var now = book.edition();
    if (now != shown) {
      board.show(node, book.outages());
      shown = now;
    }
    return LOOK;
  }
}
