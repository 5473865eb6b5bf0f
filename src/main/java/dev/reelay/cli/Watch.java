package dev.reelay.cli;

import dev.reelay.cli.RelayClient.Told;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;

/** Follows a task to its end, asking as often as the relay wants to be asked. */
final class Watch {
  private static final Duration PAUSE_USUAL = Duration.ofSeconds(2);
  private static final Duration PAUSE_MIN = Duration.ofMillis(200);

  private final RelayClient relay;
  private final Surroundings surroundings;
  private final ProgressLine line;

  /**
   * @param talks whether progress may be shown at all
   */
  Watch(RelayClient relay, Surroundings surroundings, PrintWriter out, boolean talks) {
    this.relay = relay;
    this.surroundings = surroundings;
    this.line = new ProgressLine(out, surroundings, talks);
  }

  /** Waits until the task has ended; its last answer. Ctrl-C leaves the task running. */
  Told untilEnd(String id) {
    var time = surroundings.time();
    var start = time.clock().instant();
    try (var _ = time.interrupts().whenInterrupted(() -> line.leave(id))) {
      var told = relay.query(id);
      while (!isFinal(status(told))) {
        line.show(status(told), progress(told), since(start));
        time.pause().await(pauseOf(told));
        told = relay.query(id);
      }
      line.end(status(told), since(start));
      return told;
    } catch (Refusal e) {
      line.close();
      throw e.exit() == Exit.UNREACHABLE
          ? Refusal.unreachable(e.getMessage() + "; the task goes on: reelay video query " + id)
          : e;
    }
  }

  static String status(Told told) {
    return told.text("status").orElse("unknown");
  }

  static boolean isFinal(String status) {
    return status.equals("completed") || status.equals("failed");
  }

  private static int progress(Told told) {
    return Math.clamp(told.body().path("progress").asInt(0), 0, 100);
  }

  private static Duration pauseOf(Told told) {
    var wanted = told.comeBack().orElse(PAUSE_USUAL);
    return wanted.compareTo(PAUSE_MIN) < 0 ? PAUSE_MIN : wanted;
  }

  private Duration since(Instant start) {
    return Duration.between(start, surroundings.time().clock().instant());
  }
}
