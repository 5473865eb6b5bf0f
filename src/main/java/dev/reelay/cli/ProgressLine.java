package dev.reelay.cli;

import java.io.PrintWriter;
import java.time.Duration;

/**
 * Shows how far a task is: one line that is drawn again on a terminal, a line for each news
 * elsewhere.
 */
final class ProgressLine {
  private static final int BAR_COLUMNS = 30;
  private static final int PERCENT = 100;
  private static final String CLEAR = "\r\u001b[K";
  private static final String GREEN = "\u001b[32m";
  private static final String RED = "\u001b[31m";
  private static final String PLAIN = "\u001b[0m";

  private final PrintWriter out;
  private final boolean talks;
  private final boolean redraws;
  private final boolean colours;
  private String last = "";

  ProgressLine(PrintWriter out, Surroundings surroundings, boolean talks) {
    this.out = out;
    this.talks = talks;
    var dumb = surroundings.variable("TERM").filter("dumb"::equals).isPresent();
    this.redraws = surroundings.terminal().isThere() && !dumb;
    this.colours = redraws && surroundings.variable("NO_COLOR").isEmpty();
  }

  void show(String status, int percent, Duration elapsed) {
    var news = status + " " + percent + "%";
    if (redraws) {
      draw(bar(percent) + " " + news + " " + elapsed.toSeconds() + " s");
    } else if (!news.equals(last)) {
      tell(news);
    }
    last = news;
  }

  void end(String status, Duration elapsed) {
    close();
    var colour = status.equals("completed") ? GREEN : RED;
    var word = DocText.printable(status);
    tell((colours ? colour + word + PLAIN : word) + " after " + elapsed.toSeconds() + " s");
  }

  /** The person leaves; the task does not. Said even when progress is not. */
  void leave(String id) {
    out.println();
    out.println(id + " goes on; see it with: reelay video query " + id);
    out.flush();
  }

  /** Takes the drawn line away. */
  void close() {
    if (talks && redraws && !last.isEmpty()) {
      out.print(CLEAR);
      out.flush();
    }
  }

  private void draw(String text) {
    if (talks) {
      out.print(CLEAR + DocText.printable(text));
      out.flush();
    }
  }

  private void tell(String text) {
    if (talks) {
      out.println(text);
      out.flush();
    }
  }

  private static String bar(int percent) {
    var full = percent * BAR_COLUMNS / PERCENT;
    return "[" + "#".repeat(full) + ".".repeat(BAR_COLUMNS - full) + "]";
  }
}
